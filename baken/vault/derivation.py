"""Keys from keys: HKDF-SHA256 (RFC 5869)."""

import hmac
import re
import secrets
from hashlib import sha256
from struct import Struct

KEY_BYTES = 32
_PURPOSE = re.compile(r"baken/[a-z]+(-[a-z]+)*/v[0-9]+")
_BLOCK = 64  # of SHA-256
_INNER, _OUTER = (bytes(each ^ pad for each in range(256)) for pad in (0x36, 0x5C))
_length = Struct(">H").pack


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def packed(*parts: bytes) -> bytes:
    """The parts, each behind its length: no two lists of parts give the same bytes."""
    return b"".join([piece for part in parts for piece in (_length(len(part)), part)])


def derive(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """A key of its own for `purpose`, written as "baken/<purpose>/v<n>"."""
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError(f"not a purpose: {purpose}")
    return expand(extract(b"", key), purpose.encode(), length)


def extract(salt: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), material, "sha256")


def expand(key: bytes, info: bytes, length: int) -> bytes:
    """`key` has at most 64 bytes. HMAC (RFC 2104) is written out here: of so short a text the library's
    costs three times as much, and a search derives a hundred thousand keys."""
    padded = key.ljust(_BLOCK, b"\0")
    inner, outer = padded.translate(_INNER), padded.translate(_OUTER)
    block = found = b""
    for number in range(1, -(-length // 32) + 1):
        within = sha256(inner + block + info + bytes((number,))).digest()
        block = sha256(outer + within).digest()
        found += block
    return found[:length]
