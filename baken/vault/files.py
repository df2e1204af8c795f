"""Files of any size, sealed as a stream of equal chunks.

Format 1: "BF" | version | algorithm | key id 16 | epoch u32 | commitment 32 | stream header 24 | chunks.
A chunk holds the length of its content, the content, and zeros up to 64 KiB. Empty chunks at the end blur
the size.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from struct import Struct
from uuid import UUID

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from baken.vault.committed import COMMITMENT, check_commitment
from baken.vault.derivation import two_keys
from baken.vault.fields import HEAD, About, header_of
from baken.vault.formats import FILE
from baken.vault.padding import padme
from baken.vault.refusals import Altered, WrongKey

CHUNK = 64 * 1024
_length = Struct(">I")
_CONTENT = CHUNK - _length.size
_SEALED_CHUNK = CHUNK + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_PRELUDE = HEAD.size + COMMITMENT + sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE


def seal_file(
    chunks: Iterable[bytes], *, key: bytes, key_id: UUID, epoch: int, about: About
) -> Iterator[bytes]:
    """The sealed file in pieces: first its header, then chunks of one size."""
    stream_key, commitment = two_keys(key, b"baken/file/v1")
    head = HEAD.pack(FILE.start, key_id.bytes, epoch)
    bound = head + about.packed(b"baken/file/v1")
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    start = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, stream_key)
    yield head + commitment + start
    for chunk, following in pairwise(chain(_framed(chunks), (None,))):
        tag = _FINAL if following is None else _MORE
        yield sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk or b"", bound, tag)


def open_file(
    chunks: Iterable[bytes], *, key: bytes, key_id: UUID, epoch: int, about: About
) -> Iterator[bytes]:
    """The content in pieces; raises a `Refused`.

    Pieces come before the end is seen: whoever gets a `Refused` throws away what came before it.
    """
    stream_key, commitment = two_keys(key, b"baken/file/v1")
    blocks = _blocks(chunks, _PRELUDE, _SEALED_CHUNK)
    prelude = next(blocks, b"")
    header = header_of(prelude, FILE)
    if (header.key_id, header.epoch) != (key_id, epoch):
        raise WrongKey
    if len(prelude) < _PRELUDE:
        raise Altered
    check_commitment(prelude[HEAD.size : HEAD.size + COMMITMENT], commitment)
    bound = prelude[: HEAD.size] + about.packed(b"baken/file/v1")
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(
        state, prelude[HEAD.size + COMMITMENT :], stream_key
    )
    for block, following in pairwise(chain((next(blocks, b""),), blocks, (None,))):
        yield _pull(state, block or b"", bound, is_last=following is None)


def _pull(
    state: sodium.crypto_secretstream_xchacha20poly1305_state,
    block: bytes,
    bound: bytes,
    *,
    is_last: bool,
) -> bytes:
    """A stream cut short ends without the final tag; one made longer goes on after it."""
    if len(block) != _SEALED_CHUNK:
        raise Altered
    try:
        chunk, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, block, bound)
    except CryptoError:
        raise Altered from None
    if (tag == _FINAL) != is_last:
        raise Altered
    (length,) = _length.unpack_from(chunk)
    return chunk[_length.size : _length.size + length]


def _framed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    count = 0
    for content in _blocks(chunks, _CONTENT, _CONTENT):
        count += 1
        yield (_length.pack(len(content)) + content).ljust(CHUNK, b"\0")
    for _ in range(padme(count or 1) - count):
        yield bytes(CHUNK)


def _blocks(chunks: Iterable[bytes], first: int, size: int) -> Iterator[bytes]:
    """The same bytes, cut again: the first block of `first` bytes, the others of `size`."""
    rest, wanted = bytearray(), first
    for chunk in chunks:
        rest += chunk
        while len(rest) >= wanted:
            yield bytes(rest[:wanted])
            del rest[:wanted]
            wanted = size
    if rest:
        yield bytes(rest)
