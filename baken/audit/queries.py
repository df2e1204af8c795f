"""Reading the log: what happened to one subject, in a region, by a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from baken.audit.models import Entry, Link
from baken.audit.states import Stream

# The event of opening one subject to read it.
LOOK = "registration.opened"


@dataclass(frozen=True)
class PastEvent:
    """One line of history: `detail` holds codes and counts."""

    event: str
    subject: str
    at: datetime
    detail: dict[str, object]
    user_id: UUID | None  # None: the system
    id: int = 0
    stream: str = ""


@dataclass(frozen=True)
class LoggedLook:
    """Somebody opened a subject; `id` is that of the entry."""

    id: int
    user_id: UUID
    region_id: UUID
    subject: str
    at: datetime
    detail: dict[str, object]


@dataclass(frozen=True)
class Onlooker:
    """Somebody who looked at a subject on one day: how often, and when last."""

    user_id: UUID | None
    day: date
    looks: int
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """Which entries of a region somebody wants to see; None and "" mean all."""

    user_id: UUID | None = None
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None  # not included
    event: str = ""
    before: int | None = None  # entries older than this one


def history(subject: str, *, most: int = 200, without: tuple[str, ...] = ()) -> list[PastEvent]:
    """What happened to a subject, newest first; events named in `without` are left out."""
    own = Entry.objects.filter(subject=subject).exclude(event__in=without)
    return [_past(entry) for entry in own.order_by("-id")[:most]]


def latest(region: UUID, *, most: int = 200) -> list[PastEvent]:
    """What happened in a region, newest first."""
    return found(LogFilter(), region=region, most=most)


def found(wanted: LogFilter, *, region: UUID, most: int) -> list[PastEvent]:
    """The entries of a region that fit, newest first."""
    return [_past(entry) for entry in matching(wanted, region=region)[:most]]


def found_all(wanted: LogFilter, *, region: UUID) -> Iterator[PastEvent]:
    """As `found`, without an end; memory stays flat."""
    return map(_past, matching(wanted, region=region).iterator(chunk_size=2000))


def matching(wanted: LogFilter, *, region: UUID) -> QuerySet[Entry]:
    """The entries of a region that fit, as a query, newest first."""
    conditions = {
        "actor_id": str(wanted.user_id) if wanted.user_id else None,
        "subject": wanted.subject or None,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
        "event": wanted.event or None,
        "id__lt": wanted.before,
    }
    asked = {name: value for name, value in conditions.items() if value is not None}
    return Entry.objects.filter(region_id=region, **asked).order_by("-id")


def onlookers(subject: str, *, events: tuple[str, ...], most: int = 1000) -> list[Onlooker]:
    """Who looked at a subject, folded per person per day, newest first; of the newest `most` looks."""
    looks = Entry.objects.filter(subject=subject, event__in=events).order_by("-id")
    folded: dict[tuple[UUID | None, date], Onlooker] = {}
    for entry in looks[:most]:
        past = _past(entry)
        key = past.user_id, timezone.localdate(past.at)
        known = folded.get(key)
        times, last = (known.looks + 1, known.last_at) if known else (1, past.at)
        folded[key] = Onlooker(*key, times, last)
    return list(folded.values())


def looks_after(number: int, *, most: int) -> tuple[int, list[LoggedLook]]:
    """The looks of people among the links after this number, and the number of the last link read."""
    links = Link.objects.filter(stream=Stream.ACCESS, number__gt=number).order_by("number")
    read = list(links.select_related("entry")[:most])
    reached = read[-1].number if read else number
    return reached, [_look(link.entry) for link in read if _is_look(link.entry)]


def looks_of(user_id: UUID, *, region: UUID, since: datetime) -> list[LoggedLook]:
    """The looks of one person since a moment, oldest first."""
    own = Entry.objects.filter(actor_id=str(user_id), region_id=region, event=LOOK, at__gte=since)
    return [_look(entry) for entry in own.order_by("id") if _is_look(entry)]


def _is_look(entry: Entry) -> bool:
    return entry.event == LOOK and entry.actor_kind == "user" and entry.region_id is not None


def _look(entry: Entry) -> LoggedLook:
    assert entry.region_id
    return LoggedLook(
        entry.pk, UUID(entry.actor_id), entry.region_id, entry.subject, entry.at, entry.detail
    )


def _past(entry: Entry) -> PastEvent:
    user_id = UUID(entry.actor_id) if entry.actor_kind == "user" else None
    return PastEvent(
        entry.event, entry.subject, entry.at, entry.detail, user_id, entry.pk, entry.stream
    )
