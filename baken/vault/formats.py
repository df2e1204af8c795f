"""The register of what starts which sealed bytes. Entries are added, never changed or taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from baken.vault.refusals import UnknownFormat

# Algorithms of keys; the first byte of every serialised key and signature.
X25519 = 1
MLKEM768_X25519 = 2
ED25519 = 3


@dataclass(frozen=True)
class Format:
    """Two bytes of magic, a version, an algorithm: the first four bytes of something sealed."""

    magic: bytes
    known: Mapping[int, frozenset[int]]  # version → its algorithms
    newest: tuple[int, int]

    @cached_property
    def start(self) -> bytes:
        return self.magic + bytes(self.newest)

    def read(self, data: bytes) -> tuple[int, int]:
        """The version and algorithm of these bytes; raises `UnknownFormat`."""
        if len(data) < 4 or data[:2] != self.magic or data[3] not in self.known.get(data[2], ()):
            raise UnknownFormat
        return data[2], data[3]


# Algorithm 1: XChaCha20-Poly1305 under a committed key.
FIELD = Format(b"BK", {1: frozenset({1})}, (1, 1))
WRAPPED = Format(b"BW", {1: frozenset({1})}, (1, 1))
# Algorithm 1: secretstream of XChaCha20-Poly1305 under a committed key.
FILE = Format(b"BF", {1: frozenset({1})}, (1, 1))
# Algorithms: HPKE with that key encapsulation, HKDF-SHA256, ChaCha20-Poly1305.
SEALED = Format(b"BS", {1: frozenset({X25519, MLKEM768_X25519})}, (1, MLKEM768_X25519))
# Algorithm 1: Argon2id 1.3, one lane.
PASSPHRASE = Format(b"BP", {1: frozenset({1})}, (1, 1))
