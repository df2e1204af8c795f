"""What the queue holds is sealed to the worker: whoever asks for a mail cannot read the queue back.

Both keys come from one secret only the worker is given (`BAKEN_KEY_MAIL`); the office is given the public
half (`BAKEN_MAIL_PUBLIC_KEY`).
"""

import json
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings

from baken.mail.addresses import compared
from baken.mail.texts import Text
from baken.vault.interface import (
    Refused,
    blind_index,
    derive,
    derived_key_pair,
    open_with,
    seal_to,
)


class NoMailKey(Exception):
    """Baken kan hier niet mailen: dit proces kent de sleutel van de mail niet."""


class Unreadable(Exception):
    """Deze mail is met een andere sleutel verzegeld."""


@dataclass(frozen=True)
class Content:
    """What must not be read by anyone between asking and delivering."""

    to: str
    text: Text


def seal_content(content: Content, mail_id: UUID) -> bytes:
    """Sealed to the worker, and opened again only as this very mail. Raises `NoMailKey`."""
    if not settings.MAIL_PUBLIC_KEY:
        raise NoMailKey
    parts = [content.to, content.text.subject, content.text.body]
    return seal_to(settings.MAIL_PUBLIC_KEY, json.dumps(parts).encode(), info=_info(mail_id))


def open_content(sealed: bytes, mail_id: UUID) -> Content:
    """Raises `NoMailKey` outside the worker, `Unreadable` after the key was lost."""
    try:
        opened = open_with(_private(_secret()), sealed, info=_info(mail_id))
    except Refused:
        raise Unreadable from None
    to, subject, body = json.loads(opened)
    return Content(to, Text(subject, body))


def suppression_index(address: str) -> bytes:
    """What stands for an address in the list of suppressions. Raises `NoMailKey`, `BadAddress`."""
    return blind_index(compared(address), key=_index_key(_secret()), field="mail")


def _info(mail_id: UUID) -> bytes:
    return b"baken/mail/v1:" + mail_id.bytes


def _secret() -> bytes:
    secret: bytes = settings.MAIL_KEY
    if not secret:
        raise NoMailKey
    return secret


@cache
def _private(secret: bytes) -> bytes:
    return derived_key_pair(secret).private


@cache
def _index_key(secret: bytes) -> bytes:
    return derive(secret, "baken/suppression/v1")
