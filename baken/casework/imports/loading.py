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

from baken.casework.imports.problems import NotImported
from baken.casework.imports.rows import Batch, Column
from baken.casework.rules.kinds import PRESUMED_VICTIM
from baken.lib.sentences import sentence_of

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


class NumbersTakenMeanwhile(NotImported):
    """Intussen heeft een collega een van deze nummers gebruikt. Er is niets ingelezen. Begin opnieuw."""

    @property
    def sentences(self) -> list[str]:
        return [sentence_of(self)]


def taken_numbers(region_id: UUID, numbers: list[str]) -> set[str]:
    """Which of these public numbers the region has already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM casework_registration WHERE region_id = %s AND number = ANY(%s)",
            [region_id, numbers],
        )
        return {number for (number,) in cursor.fetchall()}


def load(batches: Iterable[Batch], origin: Origin, *, tell: Callable[[int], None]) -> int:
    """Insert all batches; returns the number of registrations. Raises `NumbersTakenMeanwhile`.

    In pipeline mode the next batch is made while the database works on the last one; never more than one,
    so that memory stays flat and what is told has been done.
    """
    done = 0
    assert connection.in_atomic_block
    pg: psycopg.Connection[object] = connection.connection
    with psycopg.Cursor(pg) as cursor:
        # Otherwise all checks wait for the commit, and nothing can be told of them.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        try:
            with pg.pipeline():
                before: Callable[[], object] = tuple
                for batch in batches:
                    _insert_batch(cursor, batch, origin)
                    done_then, end = done, pg.execute("SELECT")
                    before()
                    tell(done_then)
                    before, done = end.fetchone, done + batch.size
        except psycopg.errors.UniqueViolation as error:
            raise NumbersTakenMeanwhile from error
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
    """Insert the columns row by row, each row with the same further values.

    A column with one value throughout goes as that one value, the others as arrays.
    """
    if not all(columns.values()):
        return
    first = next(iter(columns))
    varying = {n: v for n, v in columns.items() if n == first or len(set(v)) > 1}
    fixed: list[sql.Composable] = [
        _literal(name, columns[name][0]) for name in columns.keys() - varying.keys()
    ]
    fixed += [v if isinstance(v, sql.SQL) else sql.Literal(v) for v in same.values()]
    names = [*varying, *(columns.keys() - varying.keys())]
    arrays = [sql.SQL("%s::{}[]").format(_type(name)) for name in varying]
    statement = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {given}.*, {fixed} FROM unnest({arrays}) AS {given}"
    ).format(
        table=sql.Identifier(table),
        given=sql.Identifier("given"),
        names=sql.SQL(", ").join([*(_column(name) for name in names), *map(sql.Identifier, same)]),
        fixed=sql.SQL(", ").join(fixed),
        arrays=sql.SQL(", ").join(arrays),
    )
    cursor.execute(statement, [_array(values) for values in varying.values()])


def _column(name: str) -> sql.Identifier:
    return sql.Identifier(f"{name}_id" if name in _KEYS else name)


def _type(name: str) -> sql.SQL:
    return sql.SQL(_TYPES.get(name, "text"))


def _literal(name: str, value: str | None) -> sql.Composed:
    return sql.SQL("{}::{}").format(sql.Literal(value), _type(name))


def _array(values: Column) -> str:
    """A column as PostgreSQL writes an array. Codes, ids, dates and numbers have no sign that would need
    escaping; `imports.values` lets nothing else through."""
    return "{" + ",".join(["NULL" if v is None else f'"{v}"' for v in values]) + "}"
