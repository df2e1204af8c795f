"""A hash that says which registrations were seen, without naming them."""

import hashlib
from collections.abc import Iterable
from uuid import UUID


def manifest_of(registrations: Iterable[UUID]) -> str:
    """SHA-256 of their ids in order, one a line: whoever has the ids can tell whether it were these."""
    ids = sorted(str(each) for each in registrations)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()
