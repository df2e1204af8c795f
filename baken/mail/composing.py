"""From text and address to a message as it goes over the wire."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import UUID

from django.conf import settings

from baken.mail.texts import Text


def compose(mail_id: UUID, to: str, text: Text, *, created_at: datetime) -> EmailMessage:
    """A plain-text message: nothing to click but our own link, nothing that tells us it was read.

    The Message-ID follows from the mail: a second attempt is recognised as the same mail. Raises
    ValueError for anything with a line break in it.
    """
    if not (to + text.subject).isprintable():
        raise ValueError("a line break in a header")
    message = EmailMessage(policy=SMTP)
    message["From"] = sender()
    if settings.MAIL_REPLY_TO:
        message["Reply-To"] = _address(settings.MAIL_REPLY_TO)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = text.subject
    message["Date"] = format_datetime(created_at)
    message["Message-ID"] = f"<{mail_id}@{sender().domain}>"
    # RFC 3834: answering machines stay silent.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text.body, cte="quoted-printable")
    return message


def sender() -> Address:
    """Who our mail is from; its domain is that of our message ids."""
    return _address(settings.MAIL_FROM)


def _address(text: str) -> Address:
    name, spec = parseaddr(text)
    return Address(display_name=name, addr_spec=spec)
