"""Handing a message over: to the mail server, or in a demo to a folder."""

import os
import re
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from baken.lib.mail_server import MailServer
from baken.mail.composing import sender
from baken.mail.states import Problem

_SECONDS = 30
# RFC 3463: 5.7.x is about who we are, not about the address.
_ABOUT_US = re.compile(r"5\.7\.\d")


def hand_over(message: EmailMessage) -> Problem:
    """Deliver once; NONE when it was accepted."""
    server: MailServer | None = settings.SMTP_SERVER
    if server is not None:
        return send(message, server)
    if settings.DEMO:
        return write(message, outbox())
    return Problem.NO_SERVER


def outbox() -> Path:
    """Where the mail of a demo without a server ends up, one file each."""
    path: Path = settings.HOME / "outbox"
    return path


def write(message: EmailMessage, folder: Path) -> Problem:
    """A file that any mail program opens. Written again it is the same file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = re.sub(r"[^0-9a-f-]", "", message["Message-ID"].partition("@")[0])
    draft = folder / f".{name}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(message.as_bytes())
    draft.replace(folder / f"{name}.eml")
    return Problem.NONE


def send(message: EmailMessage, server: MailServer) -> Problem:
    """One conversation with the server."""
    try:
        smtp = _connected(server)
    except smtplib.SMTPException as error:
        return _problem(error)
    except ssl.SSLError:
        return Problem.NOT_SECURE
    except OSError:
        return Problem.UNREACHABLE
    try:
        smtp.send_message(message, sender().addr_spec)
        return Problem.NONE
    except smtplib.SMTPException as error:
        return _problem(error)
    except OSError:
        return Problem.UNREACHABLE
    finally:
        # Accepted is accepted, however the goodbye goes.
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    """Connected, secured and logged in."""
    name = sender().domain
    smtp: smtplib.SMTP
    if server.tls == "tls":
        smtp = smtplib.SMTP_SSL(
            server.host, server.port, name, timeout=_SECONDS, context=_trust(server)
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, name, timeout=_SECONDS)
    try:
        if server.tls == "starttls":
            smtp.starttls(context=_trust(server))
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _trust(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.authorities:
        context.load_verify_locations(server.authorities)
    return context


def _problem(error: smtplib.SMTPException) -> Problem:
    """What a refusal means: for now or for ever, and because of whom."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Problem.NOT_SECURE  # no STARTTLS, or no way to log in: we send nothing in the clear
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return _refused(code, words, Problem.REFUSED)
    if isinstance(error, smtplib.SMTPDataError):
        return _refused(error.smtp_code, error.smtp_error, Problem.NOT_ACCEPTED)
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused(error.smtp_code, error.smtp_error, Problem.NOT_WELCOME)
    return Problem.UNREACHABLE


def _refused(code: int, words: bytes | str, for_ever: Problem) -> Problem:
    said = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    if code < 500:
        return Problem.DEFERRED
    return Problem.NOT_WELCOME if _ABOUT_US.match(said) else for_ever
