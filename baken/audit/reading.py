"""The chained log as it stands, link by link: what `verify` recomputes and `export` writes.

Read past the ORM: an entry of the model costs four times as much as checking it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection, transaction

# The entry is NULL when somebody took it away. Columns as they are hashed: `actions.as_hashed`.
_CHAINED = """
SELECT l.number, l.head, e.id, e.stream, e.event, e.actor_kind || ':' || e.actor_id, e.subject,
    coalesce(e.region_id::text, ''),
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.detail::text
FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
WHERE l.stream = %s AND l.number > %s ORDER BY l.number"""
_BEFORE_ALL = -(2**63)  # a link with a number below 1 is not overlooked
_FIELDS = ("id", "stream", "event", "actor", "subject", "region", "at")
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Chained:
    """A link with its entry as it is hashed; None when the entry is gone."""

    number: int
    head: bytes
    entry: Mapping[str, object] | None


def chained(stream: str, *, after: int | None = None) -> Iterator[Chained]:
    """The links of a stream in order, all or those after this number; memory stays flat."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_CHAINED, [stream, _BEFORE_ALL if after is None else after])
        while rows := cursor.fetchmany(_AT_ONCE):
            for number, head, *entry, detail in rows:
                yield Chained(number, bytes(head), _entry(entry, detail))


def _entry(values: list[object], detail: str | None) -> Mapping[str, object] | None:
    if detail is None:
        return None
    return {**dict(zip(_FIELDS, values, strict=True)), "detail": json.loads(detail)}
