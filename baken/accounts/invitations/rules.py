"""How long an invitation lasts, what its code looks like, and who may give which role."""

import hashlib
import re
import secrets
from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from baken.accounts.permissions import Permission, Role, permissions_of

VALID_FOR = timedelta(days=7)
# A colleague who is locked out is waiting for it.
RESET_VALID_FOR = timedelta(days=1)
TRIES = 5
# Crockford's base 32: no I, L, O, U. Eight are 40 bits, and there are five tries.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = re.compile(f"[{_ALPHABET}]{{8}}")
_MEANT = str.maketrans("OIL", "011")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class NotACode(Exception):
    """Een code heeft acht letters en cijfers, bijvoorbeeld 4H7K-9M2P."""


def roles_given_by(roles: frozenset[Role]) -> frozenset[Role]:
    """Which roles somebody with these roles may give to others: every role, or none. Nobody can give them
    to themselves: they are a colleague already."""
    may_give = Permission.MANAGE_COLLEAGUES in permissions_of(roles)
    return frozenset(Role) if may_give else frozenset()


def new_token() -> str:
    """256 random bits, as they stand in a link."""
    return secrets.token_urlsafe(32)


def is_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


def in_groups(code: str) -> str:
    """As it is shown and read out."""
    return f"{code[:4]}-{code[4:]}"


def clean_code(text: str) -> str:
    """The code somebody meant: small letters, spaces, hyphens and O for 0 are no mistakes. Raises
    `NotACode` for what cannot be a code; that costs no try."""
    code = re.sub(r"[\s‐-―-]", "", text).upper().translate(_MEANT)
    if not _CODE.fullmatch(code):
        raise NotACode
    return code


def code_hash(code: str, hash_of_token: str) -> str:
    """Keyed with the secret of the installation and bound to its link."""
    return salted_hmac(
        "baken.invitation", f"{hash_of_token}:{code}", algorithm="sha256"
    ).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Takes as long for a first letter that is wrong as for the last."""
    return constant_time_compare(one, other)
