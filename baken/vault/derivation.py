"""Keys from keys: HKDF-SHA256 (RFC 5869)."""

import hmac
import re
import secrets
from struct import Struct

from baken.vault.refusals import WrongKey

KEY_BYTES = 32
_PURPOSE = re.compile(r"baken/[a-z]+(-[a-z]+)*/v[0-9]+")
_length = Struct(">H").pack


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def packed(*parts: bytes) -> bytes:
    """The parts, each behind its length: no two lists of parts give the same bytes."""
    return b"".join([_length(len(part)) + part for part in parts])


def derive(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """A key of its own for `purpose`, written as "baken/<purpose>/v<n>"."""
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError(f"not a purpose: {purpose}")
    return expand(extract(b"", key), purpose.encode(), length)


def extract(salt: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), material, "sha256")


def two_keys(key: bytes, info: bytes) -> tuple[bytes, bytes]:
    """A key for one use, and the commitment to it: `expand` to 64 bytes, in halves. Raises `WrongKey` if
    `key` is not 32 bytes."""
    if len(key) != KEY_BYTES:
        raise WrongKey
    both = expand(key, info, 64)
    return both[:KEY_BYTES], both[KEY_BYTES:]


def expand(key: bytes, info: bytes, length: int) -> bytes:
    block = found = hmac.digest(key, info + b"\x01", "sha256")
    for number in range(2, -(-length // 32) + 1):
        block = hmac.digest(key, block + info + bytes((number,)), "sha256")
        found += block
    return found[:length]
