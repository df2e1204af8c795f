"""Writes checked rows into the database, inside the caller's transaction.

Whole columns go as arrays: one statement per table and batch. `COPY` is refused on tables with row-level
security, and a temporary table asks for a right that the office role does not have and does not need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import sql

from baken.casework.imports.rows import Batch, Column
from baken.casework.rules.kinds import PRESUMED_VICTIM

# Everything else is text.
_TYPES = {"id": "uuid", "registration": "uuid", "received_on": "date", "urgency": "smallint"}
# Columns of the tables that are named after what they point at.
_KEYS = {
    *("legal_frame", "channel", "source_group", "primary_form", "route", "sector", "relation"),
    *("home_municipality", "exploitation_municipality", "reporter_municipality"),
    *("registration", "form", "certainty", "entry", "age_band", "sex", "nationality_group"),
}


@dataclass(frozen=True)
class Origin:
    """What every row of one import has in common."""

    import_id: UUID
    region_id: UUID
    user_id: UUID | None
    now: datetime


class NumbersTakenMeanwhile(Exception):
    """Terwijl we bezig waren, heeft een collega een van deze nummers gebruikt. Begin opnieuw."""


def taken_numbers(region_id: UUID, numbers: list[str]) -> set[str]:
    """Which of these public numbers the region has already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM casework_registration WHERE region_id = %s AND number = ANY(%s)",
            [region_id, numbers],
        )
        return {number for (number,) in cursor.fetchall()}


def load(batches: Iterable[Batch], origin: Origin, *, tell: Callable[[int], None]) -> int:
    """Insert all batches; returns the number of registrations. Raises `NumbersTakenMeanwhile`."""
    done = 0
    assert connection.in_atomic_block
    with psycopg.Cursor(connection.connection) as cursor:
        # Otherwise all checks wait for the commit, and nothing can be told of them.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for batch in batches:
            try:
                _insert_batch(cursor, batch, origin)
            except psycopg.errors.UniqueViolation as error:
                raise NumbersTakenMeanwhile from error
            done += batch.size
            tell(done)
    return done


def _insert_batch(cursor: psycopg.Cursor[object], batch: Batch, origin: Origin) -> None:
    same = {"region_id": origin.region_id}
    registration = {
        **same,
        "row_key": sql.SQL("gen_random_uuid()"),
        "imported_by_id": origin.import_id,
        "created_by_id": origin.user_id,
        "created_at": origin.now,
        "changed_at": origin.now,
        "version": 1,
    }
    part = {**same, "id": sql.SQL("gen_random_uuid()")}
    victim = {
        **part,
        "position": 0,
        "role_id": f"subject_role.{PRESUMED_VICTIM}",
        "minor_at_start": "",
        "minor_at_report": "",
    }
    _insert(cursor, "casework_registration", batch.registrations, registration)
    _insert(cursor, "casework_classification", batch.classifications, part)
    _insert(cursor, "casework_codedfact", batch.facts, part)
    _insert(cursor, "casework_subject", batch.subjects, victim)


def _insert(
    cursor: psycopg.Cursor[object],
    table: str,
    columns: Mapping[str, Column],
    same: Mapping[str, object],
) -> None:
    """Insert the columns row by row, each row with the same further values."""
    varying = {n: v for n, v in columns.items() if any(value is not None for value in v)}
    if not varying:
        return
    names = [sql.Identifier(f"{n}_id" if n in _KEYS else n) for n in varying]
    arrays = [sql.SQL("%s::{}[]").format(sql.SQL(_TYPES.get(n, "text"))) for n in varying]
    fixed = [v if isinstance(v, sql.SQL) else sql.Literal(v) for v in same.values()]
    statement = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {given}.*, {fixed} FROM unnest({arrays}) AS {given}"
    ).format(
        table=sql.Identifier(table),
        given=sql.Identifier("given"),
        names=sql.SQL(", ").join([*names, *map(sql.Identifier, same)]),
        fixed=sql.SQL(", ").join(fixed),
        arrays=sql.SQL(", ").join(arrays),
    )
    cursor.execute(statement, list(varying.values()))
