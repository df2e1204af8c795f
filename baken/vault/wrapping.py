"""A key under another key.

Format 1: "BW" | version | algorithm | nonce 24 | commitment 32 | ciphertext, tag.
"""

from baken.vault.committed import CommittedKey
from baken.vault.derivation import packed
from baken.vault.formats import WRAPPED


class WrappingKey:
    """A key that wraps keys: keep it to unwrap many."""

    __slots__ = ("_key",)

    def __init__(self, under: bytes) -> None:
        self._key = CommittedKey(under, b"baken/wrap/v1")

    def wrap(self, secret: bytes, *, context: bytes) -> bytes:
        return self._key.seal(secret, head=WRAPPED.start, about=packed(b"baken/wrap/v1", context))

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        """The secret; raises a `Refused`."""
        head = wrapped[:4]
        if head != WRAPPED.start:
            WRAPPED.read(wrapped)
        return self._key.open(wrapped, head=head, about=packed(b"baken/wrap/v1", context))


def wrap_key(secret: bytes, *, under: bytes, context: bytes) -> bytes:
    """`secret` sealed under the 32 bytes `under`; opens with the same `context` only."""
    return WrappingKey(under).wrap(secret, context=context)


def unwrap_key(wrapped: bytes, *, under: bytes, context: bytes) -> bytes:
    """The secret; raises a `Refused`."""
    return WrappingKey(under).unwrap(wrapped, context=context)
