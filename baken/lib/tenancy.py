"""Tenancy in the database: rows of one region are visible only inside that region's transaction.

The setting is transaction-local, so a pooled connection never carries a region to the next request.
The application filters by region as well (`docs/adr/0003`): with either layer off the other holds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from django.db.migrations.operations import RunSQL

CURRENT_REGION = "nullif(current_setting('baken.region', true), '')::uuid"


@contextmanager
def region_scope(region_id: UUID, *, one_state: bool = False) -> Iterator[None]:
    """One transaction in which the rows of `region_id`, and of no other, exist.

    With `one_state` every query in it sees the same moment (REPEATABLE READ); such a scope is the
    outermost transaction.
    """
    with transaction.atomic(durable=one_state):
        if one_state:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        set_region(region_id)
        yield


def set_region(region_id: UUID) -> None:
    """Choose the region for the rest of the open transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("A region is chosen inside a transaction only.")
    # In a pipeline it travels with the BEGIN before it: one round trip instead of two.
    with connection.cursor() as cursor, connection.connection.pipeline():
        cursor.execute("SELECT set_config('baken.region', %s, true)", [str(region_id)])


def protect_table(table: str) -> RunSQL:
    """Migration step: row-level security by `region_id`, also for the table's owner.

    `baken_owner` has an explicit policy of its own: it migrates data and is used by nothing else.
    """
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY own_region ON {table}
            USING (region_id = {CURRENT_REGION}) WITH CHECK (region_id = {CURRENT_REGION});
        CREATE POLICY migrations ON {table} TO baken_owner USING (true) WITH CHECK (true);
        """,
        f"""
        DROP POLICY migrations ON {table};
        DROP POLICY own_region ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )
