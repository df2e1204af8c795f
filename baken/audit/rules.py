"""How entries are hashed. Domain separation as in RFC 9162 §2.1: leaf 0x00, node 0x01."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

START = bytes(32)

# Sorted keys, no spaces, UTF-8. Made once: making an encoder costs more than encoding an entry.
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def leaf(entry: Mapping[str, object]) -> bytes:
    """SHA-256 over the entry as canonical JSON."""
    return leaf_of_text(canonical(entry))


def leaf_of_text(text: str) -> bytes:
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def head(previous: bytes, leaf_hash: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + previous + leaf_hash).digest()


def moment(at: datetime) -> str:
    """A moment as it is hashed: UTC, microseconds, always the same text."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
