"""Fewer waits for the database: what does not depend on an answer is sent together."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def one_round_trip() -> Iterator[None]:
    """Send the writes of the block one after another and wait for all of them at its end.

    An error of any of them comes out there, at the latest, as Django's own exception; reading inside
    the block waits for what was sent before. How many rows a write touched is not known inside it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Writes are sent together inside a transaction only.")
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
