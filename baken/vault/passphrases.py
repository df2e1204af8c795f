"""A key from a passphrase and the pepper of the server: neither alone gives it."""

import os
import secrets
from dataclasses import dataclass
from struct import Struct
from threading import BoundedSemaphore
from unicodedata import normalize

from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13
from nacl.exceptions import CryptoError

from baken.vault.derivation import KEY_BYTES, expand, extract
from baken.vault.formats import PASSPHRASE
from baken.vault.refusals import UnknownFormat

SALT = 16
_COST = Struct(">4sII")
# A stored cost beyond these was not written by us, and would take the machine down.
_MOST_MEMORY_KIB, _MOST_PASSES = 1 << 20, 16
# Fifty people who log in at once take turns: each derivation holds its memory for its whole duration.
_turns = BoundedSemaphore(os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class PassphraseCost:
    """What guessing costs; stored beside what the key opens."""

    memory_kib: int
    passes: int

    def to_bytes(self) -> bytes:
        return _COST.pack(PASSPHRASE.start, self.memory_kib, self.passes)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "PassphraseCost":
        """Raises `UnknownFormat`."""
        PASSPHRASE.read(stored)
        if len(stored) != _COST.size:
            raise UnknownFormat
        _, memory_kib, passes = _COST.unpack(stored)
        return cls(memory_kib, passes)


STANDARD = PassphraseCost(memory_kib=64 * 1024, passes=3)


def new_salt() -> bytes:
    return secrets.token_bytes(SALT)


def passphrase_key(
    passphrase: str, *, salt: bytes, pepper: bytes, cost: PassphraseCost = STANDARD
) -> bytes:
    """32 bytes; a wrong passphrase gives other bytes. `UnknownFormat` for an impossible salt or cost."""
    if cost.memory_kib > _MOST_MEMORY_KIB or cost.passes > _MOST_PASSES:
        raise UnknownFormat
    text = normalize("NFKC", passphrase).encode()
    try:
        with _turns:
            stretched = crypto_pwhash_alg(
                KEY_BYTES,
                text,
                salt,
                cost.passes,
                cost.memory_kib * 1024,
                crypto_pwhash_ALG_ARGON2ID13,
            )
    except CryptoError:
        raise UnknownFormat from None
    return expand(extract(pepper, stretched), b"baken/passphrase/v1", KEY_BYTES)
