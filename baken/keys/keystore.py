"""The keystore: a second, small database with one shred key per container and nothing else.

Deleting a shred key makes every copy of what is in the container noise, those in backups of the main database
too. A key is committed here before anything is sealed with it, so a crash leaves a key without a container,
never a container without its key; `sweep` removes such keys.

Not through the ORM: this must never take part in a transaction of the main database, nor in its backups.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from psycopg_pool import ConnectionPool, PoolTimeout

# A container may be stored a moment after its key; what is still alone after this belongs to nothing.
ORPHANED_AFTER = timedelta(hours=1)
PATIENCE_SECONDS = 5.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS shred_key (
    container uuid PRIMARY KEY,
    key bytea NOT NULL CHECK (octet_length(key) = 32),
    made_at timestamptz NOT NULL DEFAULT now()
);
REVOKE ALL ON shred_key FROM PUBLIC, baken_office, baken_worker;
GRANT SELECT, INSERT, DELETE ON shred_key TO baken_office;
GRANT SELECT (container, made_at), DELETE ON shred_key TO baken_worker;
"""


class KeystoreAway(Exception):
    """De sleutelkluis is niet bereikbaar. Er is niets half bewaard; probeer het zo opnieuw."""


def prepare_keystore() -> None:
    """Make the table and set its rights again. As the owner, before anything else uses it."""
    with psycopg.connect(settings.KEYSTORE_URL, autocommit=True) as connection:
        connection.execute(_SCHEMA)


def keep(keys: dict[UUID, bytes]) -> None:
    """Commit the shred keys of new containers. Raises `KeystoreAway`."""
    with _connection() as connection, connection.cursor() as cursor:
        cursor.executemany("INSERT INTO shred_key (container, key) VALUES (%s, %s)", keys.items())


def fetch(containers: Collection[UUID]) -> dict[UUID, bytes]:
    """The shred keys of these containers; a container that was shredded is not among them."""
    with _connection() as connection:
        statement = "SELECT container, key FROM shred_key WHERE container = ANY(%b)"
        rows = connection.execute(statement, [list(containers)], binary=True)
        return {container: bytes(key) for container, key in rows}


def destroy(containers: Collection[UUID]) -> int:
    """Delete shred keys for ever; return how many there were."""
    with _connection() as connection:
        statement = "DELETE FROM shred_key WHERE container = ANY(%s)"
        return connection.execute(statement, [list(containers)]).rowcount


def old_containers() -> list[UUID]:
    """Containers whose key is old enough for them to have been stored, for the sweep."""
    with _connection() as connection:
        statement = "SELECT container FROM shred_key WHERE made_at < now() - %s"
        return [row[0] for row in connection.execute(statement, [ORPHANED_AFTER])]


def count() -> int:
    """How many shred keys there are."""
    with _connection() as connection:
        row = connection.execute("SELECT count(*) FROM shred_key").fetchone()
        return int(row[0]) if row else 0


@contextmanager
def _connection() -> Iterator[psycopg.Connection[Any]]:
    try:
        with _pool(settings.KEYSTORE_URL).connection() as connection:
            yield connection
    except (psycopg.OperationalError, PoolTimeout) as problem:
        raise KeystoreAway from problem


@lru_cache(maxsize=4)
def _pool(url: str) -> ConnectionPool[psycopg.Connection[Any]]:
    """One small pool a process. Statements carry keys: none is prepared, logged or shown."""
    return ConnectionPool(
        url,
        min_size=0,
        max_size=4,
        timeout=PATIENCE_SECONDS,
        max_idle=60,
        open=True,
        check=ConnectionPool.check_connection,
        kwargs={"connect_timeout": 3},
    )
