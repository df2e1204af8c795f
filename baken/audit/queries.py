"""Reading the log: the history of one subject, and whether the chain still holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baken.audit.actions import as_hashed
from baken.audit.models import Entry, Link, Pending
from baken.audit.rules import START, head, leaf
from baken.audit.states import Stream


@dataclass(frozen=True)
class PastEvent:
    """One line of history: `detail` holds codes and counts."""

    event: str
    subject: str
    at: datetime
    detail: dict[str, object]
    user_id: UUID | None  # None: the system


@dataclass(frozen=True)
class Verdict:
    """Outcome of checking one stream: how many links hold, and the number of the first that does not."""

    stream: str
    links: int
    waiting: int
    head: str
    broken_at: int | None = None

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def history(subject: str, *, most: int = 200) -> list[PastEvent]:
    """What happened to a subject, newest first."""
    return [_past(entry) for entry in Entry.objects.filter(subject=subject).order_by("-id")[:most]]


def latest(region: UUID, *, most: int = 200) -> list[PastEvent]:
    """What happened in a region, newest first."""
    return [_past(entry) for entry in Entry.objects.filter(region_id=region).order_by("-id")[:most]]


def _past(entry: Entry) -> PastEvent:
    user_id = UUID(entry.actor_id) if entry.actor_kind == "user" else None
    return PastEvent(entry.event, entry.subject, entry.at, entry.detail, user_id)


def verify() -> list[Verdict]:
    """Recompute every chain from its first entry; one verdict per stream."""
    return [_verify_stream(stream) for stream in Stream.values]


def _verify_stream(stream: str) -> Verdict:
    number, current = 0, START
    for link in _links(stream):
        number += 1
        current = head(current, leaf(as_hashed(link.entry)))
        if link.number != number or bytes(link.head) != current or link.entry.stream != stream:
            return Verdict(stream, number - 1, 0, "", broken_at=number)
    waiting = Pending.objects.filter(entry__stream=stream).count()
    broken_at = number + 1 if _has_loose_end(stream, number) else None
    return Verdict(stream, number, waiting, current.hex(), broken_at)


def _has_loose_end(stream: str, links: int) -> bool:
    """An entry that is neither chained nor waiting, or a link whose entry is gone."""
    entries = Entry.objects.filter(stream=stream, link=None, pending=None)
    return entries.exists() or Link.objects.filter(stream=stream).count() != links


def _links(stream: str) -> Iterator[Link]:
    links = Link.objects.filter(stream=stream).select_related("entry").order_by("number")
    return links.iterator(chunk_size=2000)
