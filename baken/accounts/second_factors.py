"""Seeds of second factors, sealed under the pepper: a stolen database makes no codes."""

import base64
from uuid import UUID

from django.conf import settings

from baken.vault.interface import About, derive, open_field, seal_field

_NOWHERE = UUID(int=0)
_ABOUT = About("mfa_authenticator", "data", _NOWHERE, _NOWHERE, _NOWHERE, "second factor", 1)
_SEALED = "sealed:"


def seal_seed(seed: str) -> str:
    sealed = seal_field(seed.encode(), key=_key(), key_id=_NOWHERE, epoch=0, about=_ABOUT)
    return _SEALED + base64.b64encode(sealed).decode()


def open_seed(kept: str) -> str:
    """Raises a `Refused` under another pepper. What was kept before there was a seal is as it was."""
    if not kept.startswith(_SEALED):
        return kept
    sealed = base64.b64decode(kept.removeprefix(_SEALED))
    return open_field(sealed, key=_key(), key_id=_NOWHERE, epoch=0, about=_ABOUT).decode()


def _key() -> bytes:
    return derive(settings.PEPPER, "baken/second-factor/v1")
