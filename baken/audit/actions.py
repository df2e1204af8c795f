"""Writing entries and chaining them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from baken.audit.lag import check_sealer
from baken.audit.models import Entry, Link, Pending
from baken.audit.rules import START, head, leaf, moment
from baken.audit.states import Stream

# One sealer at a time, whatever number of workers runs ("audit" in ASCII).
_SEALER_LOCK = 0x6175646974


@dataclass(frozen=True)
class Actor:
    """Who did it: `kind` user or system, and a random id. The label is for screens, never stored."""

    kind: str
    id: str
    label: str = ""


SYSTEM = Actor("system", "baken", "Baken")


def record(
    event: str,
    *,
    actor: Actor,
    at: datetime,
    subject: str = "",
    region: UUID | None = None,
    stream: Stream = Stream.ACCESS,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add an entry in the caller's own transaction: no write without its entry, no entry without
    its write. `detail` holds codes and counts only."""
    Entry.objects.create(
        stream=stream,
        event=event,
        actor_kind=actor.kind,
        actor_id=actor.id,
        subject=subject,
        region_id=region,
        at=at,
        detail=dict(detail or {}),
    )


def record_look(
    event: str,
    *,
    actor: Actor,
    at: datetime,
    region: UUID,
    subject: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add an entry for somebody who reads. Comes before what is read leaves; raises `LogBehind` when
    what was read before is not chained yet."""
    check_sealer()
    record(event, actor=actor, at=at, region=region, subject=subject, detail=detail)


@transaction.atomic
def seal(*, most: int = 1000) -> int:
    """Chain entries that are not chained yet, oldest first; return how many."""
    if not _only_sealer():
        return 0
    waiting = list(Entry.objects.filter(pending__isnull=False).order_by("id")[:most])
    for stream in Stream.values:
        _extend_chain(stream, [entry for entry in waiting if entry.stream == stream])
    Pending.objects.filter(pk__in=[entry.pk for entry in waiting]).delete()
    return len(waiting)


def _only_sealer() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALER_LOCK])
        return bool(cursor.fetchone()[0])


def _extend_chain(stream: str, entries: list[Entry]) -> None:
    last = Link.objects.filter(stream=stream).order_by("-number").first()
    number, current = (last.number, bytes(last.head)) if last else (0, START)
    links = []
    for entry in entries:
        number, current = number + 1, head(current, leaf(as_hashed(entry)))
        links.append(Link(entry=entry, stream=stream, number=number, head=current))
    Link.objects.bulk_create(links)


def as_hashed(entry: Entry) -> dict[str, object]:
    """The fields of an entry exactly as they enter the chain."""
    return {
        "id": entry.pk,
        "stream": entry.stream,
        "event": entry.event,
        "actor": f"{entry.actor_kind}:{entry.actor_id}",
        "subject": entry.subject,
        "region": str(entry.region_id or ""),
        "at": moment(entry.at),
        "detail": entry.detail,
    }
