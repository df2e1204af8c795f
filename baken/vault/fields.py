"""One value of one row, sealed under the key of its container and bound to its place.

Format 1: "BK" | version | algorithm | key id 16 | epoch u32 | nonce 24 | commitment 32 | ciphertext, tag.
"""

from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from uuid import UUID

from baken.vault.committed import CommittedKey
from baken.vault.derivation import packed
from baken.vault.formats import FIELD, Format
from baken.vault.padding import pad, unpad
from baken.vault.refusals import Altered, WrongKey

HEAD = Struct(">4s16sI")
_PURPOSE = b"baken/field/v1"
_version = Struct(">Q").pack
_SIZE_OF_IDS, _SIZE_OF_VERSION = (packed(bytes(size))[:-size] for size in (48, 8))


@dataclass(frozen=True, slots=True)
class About:
    """Where a value belongs. It opens there only, and not as an older version of itself."""

    table: str
    column: str
    row: UUID
    region: UUID
    container: UUID
    compartment: str
    version: int

    def packed(self, prefix: bytes) -> bytes:
        ids = self.row.bytes + self.region.bytes + self.container.bytes
        return b"".join(
            (
                _packed_texts(prefix, self.table, self.column),
                _SIZE_OF_IDS,
                ids,
                _packed_texts(b"", self.compartment),
                _SIZE_OF_VERSION,
                _version(self.version),
            )
        )


@lru_cache(maxsize=256)
def _packed_texts(prefix: bytes, *texts: str) -> bytes:
    """Names of tables and columns: few, and the same for every row."""
    parts = [text.encode() for text in texts]
    return packed(prefix, *parts) if prefix else packed(*parts)


@dataclass(frozen=True, slots=True)
class Header:
    """What can be read without a key."""

    version: int
    algorithm: int
    key_id: UUID
    epoch: int


class FieldKey:
    """The key of one column in one container: keep it to open many rows."""

    __slots__ = ("_head", "_key")

    def __init__(self, key: bytes, *, key_id: UUID, epoch: int, table: str, column: str) -> None:
        self._head = HEAD.pack(FIELD.start, key_id.bytes, epoch)
        self._key = CommittedKey(key, _packed_texts(_PURPOSE, table, column))

    def seal(self, plaintext: bytes, about: About) -> bytes:
        return self._key.seal(pad(plaintext), head=self._head, about=about.packed(_PURPOSE))

    def open(self, sealed: bytes, about: About) -> bytes:
        """The plaintext; raises a `Refused`."""
        if not sealed.startswith(self._head):
            header_of(sealed)
            raise WrongKey
        return unpad(self._key.open(sealed, head=self._head, about=about.packed(_PURPOSE)))


def seal_field(plaintext: bytes, *, key: bytes, key_id: UUID, epoch: int, about: About) -> bytes:
    return _key(key, key_id, epoch, about).seal(plaintext, about)


def open_field(sealed: bytes, *, key: bytes, key_id: UUID, epoch: int, about: About) -> bytes:
    """The plaintext; raises a `Refused`."""
    return _key(key, key_id, epoch, about).open(sealed, about)


def _key(key: bytes, key_id: UUID, epoch: int, about: About) -> FieldKey:
    return FieldKey(key, key_id=key_id, epoch=epoch, table=about.table, column=about.column)


def header_of(sealed: bytes, form: Format = FIELD) -> Header:
    """The header of a sealed field (or file); raises `UnknownFormat`, or `Altered` if cut short."""
    version, algorithm = form.read(sealed)
    if len(sealed) < HEAD.size:
        raise Altered
    _, key_id, epoch = HEAD.unpack_from(sealed)
    return Header(version, algorithm, UUID(bytes=key_id), epoch)
