"""What a session remembers, sealed under its cookie. A stolen table tells nothing of what somebody searched,
was about to send again, or had half typed at log-in: allauth keeps whole requests in a session."""

import base64
import binascii
import hashlib
import hmac
from typing import Any
from uuid import UUID

from django.contrib.sessions.serializers import JSONSerializer

from baken.vault.interface import About, Refused, open_field, seal_field

_LABEL = b"baken session data 1"
_NOWHERE = UUID(int=0)


def seal_data(data: dict[str, Any], *, cookie: str) -> str:
    plain = JSONSerializer().dumps(data)
    return base64.b64encode(seal_field(plain, **_place(cookie))).decode()


def open_data(sealed: str, *, cookie: str) -> dict[str, Any]:
    """Empty when it is of another session, or was altered."""
    try:
        plain = open_field(base64.b64decode(sealed, validate=True), **_place(cookie))
        data: dict[str, Any] = JSONSerializer().loads(plain)
    except (Refused, binascii.Error, ValueError):
        return {}
    return data


def _place(cookie: str) -> dict[str, Any]:
    row = UUID(bytes=hashlib.sha256(cookie.encode()).digest()[:16])
    about = About("accounts_session", "data", row, _NOWHERE, _NOWHERE, "session", 1)
    key = hmac.digest(cookie.encode(), _LABEL, "sha256")
    return {"key": key, "key_id": _NOWHERE, "epoch": 0, "about": about}
