"""Finding a sealed value without opening the others."""

import hmac
from unicodedata import normalize

from baken.vault.derivation import packed

# 64 bits: among a million values a stranger matches once in ten million searches. What is found is
# opened and compared, so a chance match shows nothing; eight bytes tell a thief less than thirty-two.
INDEX_BYTES = 8


def blind_index(value: str, *, key: bytes, field: str) -> bytes:
    """Eight bytes, equal for values equal but for case, width and surrounding space."""
    text = normalize("NFKC", normalize("NFKC", value).casefold()).strip()
    message = packed(b"baken/index/v1", field.encode()) + text.encode()
    return hmac.digest(key, message, "sha256")[:INDEX_BYTES]
