"""Keys from keys: HKDF-SHA256 (RFC 5869)."""

import hmac
import re
import secrets
from hashlib import sha256
from struct import Struct

from baken.vault.refusals import WrongKey

KEY_BYTES = 32
_PURPOSE = re.compile(r"baken/[a-z]+(-[a-z]+)*/v[0-9]+")
_FILLING = bytes(32)  # to the 64 of a block of SHA-256
_INNER, _OUTER = (bytes(each ^ pad for each in range(256)) for pad in (0x36, 0x5C))
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
    """`expand` to 64 bytes, in halves; raises `WrongKey` if `key` is not 32 bytes.

    HMAC (RFC 2104) is written out here: of so short a text the library's costs three times as much, and a
    search derives a hundred thousand keys.
    """
    if len(key) != KEY_BYTES:
        raise WrongKey
    padded = key + _FILLING
    inner, outer = padded.translate(_INNER), padded.translate(_OUTER)
    one = sha256(outer + sha256(inner + info + b"\x01").digest()).digest()
    return one, sha256(outer + sha256(inner + one + info + b"\x02").digest()).digest()


def expand(key: bytes, info: bytes, length: int) -> bytes:
    block = found = hmac.digest(key, info + b"\x01", "sha256")
    for number in range(2, -(-length // 32) + 1):
        block = hmac.digest(key, block + info + bytes((number,)), "sha256")
        found += block
    return found[:length]
