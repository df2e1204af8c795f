"""The chained log as it stands, link by link: what `verify` recomputes and `export` writes.

Read past the ORM, and written as text at once: an entry of the model costs more than checking it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring as quoted

from django.db import connection, transaction

from baken.audit.rules import canonical

# The entry is NULL when somebody took it away. Columns in the order of canonical JSON: `actions.as_hashed`.
_CHAINED = """
SELECT l.number, l.head, e.stream, e.actor_kind || ':' || e.actor_id,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.detail::text, e.event, e.id,
    coalesce(e.region_id::text, ''), e.subject
FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
WHERE l.stream = %s AND l.number > %s ORDER BY l.number"""
_BEFORE_ALL = -(2**63)  # a link with a number below 1 is not overlooked
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Chained:
    """A link, with the stream and the canonical JSON of its entry; None when the entry is gone."""

    number: int
    head: bytes
    stream: str | None
    entry: str | None


def chained(stream: str, *, after: int | None = None) -> Iterator[Chained]:
    """The links of a stream in order, all or those after this number; memory stays flat."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_CHAINED, [stream, _BEFORE_ALL if after is None else after])
        while rows := cursor.fetchmany(_AT_ONCE):
            for number, head, own_stream, *rest in rows:
                text = None if own_stream is None else _as_text(own_stream, rest)
                yield Chained(number, bytes(head), own_stream, text)


def _as_text(stream: str, values: Sequence[str]) -> str:
    """`canonical` of the entry; a test holds the two together."""
    actor, at, detail, event, entry_id, region, subject = values
    return (
        f'{{"actor":{quoted(actor)},"at":"{at}","detail":{_detail(detail)},"event":{quoted(event)},'
        f'"id":{entry_id},"region":"{region}","stream":{quoted(stream)},"subject":{quoted(subject)}}}'
    )


@lru_cache(maxsize=4096)
def _detail(text: str) -> str:
    """PostgreSQL's text of a detail as canonical JSON; the same few come back all the time."""
    return canonical(json.loads(text))
