"""Reading the log: what happened to one subject, in a region, by a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baken.audit.models import Entry


@dataclass(frozen=True)
class PastEvent:
    """One line of history: `detail` holds codes and counts."""

    event: str
    subject: str
    at: datetime
    detail: dict[str, object]
    user_id: UUID | None  # None: the system


def history(subject: str, *, most: int = 200) -> list[PastEvent]:
    """What happened to a subject, newest first."""
    return [_past(entry) for entry in Entry.objects.filter(subject=subject).order_by("-id")[:most]]


def latest(region: UUID, *, most: int = 200) -> list[PastEvent]:
    """What happened in a region, newest first."""
    return [_past(entry) for entry in Entry.objects.filter(region_id=region).order_by("-id")[:most]]


def _past(entry: Entry) -> PastEvent:
    user_id = UUID(entry.actor_id) if entry.actor_kind == "user" else None
    return PastEvent(entry.event, entry.subject, entry.at, entry.detail, user_id)
