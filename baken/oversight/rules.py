"""Which looks ask for attention. Values in, answer out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from baken.oversight.states import AlertKind, Relation

MANY = 30
WITHIN = timedelta(hours=1)
NIGHT_FROM, NIGHT_TO = 23, 6  # hours, where the office stands


@dataclass(frozen=True)
class Look:
    """Somebody opened a subject. `id` is that of the entry in the log."""

    id: int
    user_id: UUID
    subject: str
    at: datetime
    relation: str


def relation_of(
    reader: UUID | None,
    *,
    handler: UUID | None,
    registered_by: UUID | None,
    shares_team: bool = False,
) -> Relation:
    """What the reader has to do with a registration; the strongest reason counts."""
    if reader is None:
        return Relation.SYSTEM
    if reader == handler:
        return Relation.HANDLER
    if reader == registered_by:
        return Relation.REGISTERED
    return Relation.TEAM if shares_team else Relation.NONE


def has_relation(
    reader: UUID | None,
    *,
    handler: UUID | None,
    registered_by: UUID | None,
    shares_team: bool = False,
) -> bool:
    """Whether the reader works on it, registered it, or is in the team it belongs to."""
    relation = relation_of(
        reader, handler=handler, registered_by=registered_by, shares_team=shares_team
    )
    return relation is not Relation.NONE


def is_night(at: datetime) -> bool:
    """Between 23:00 and 06:00 where the office stands, summer and winter."""
    hour = timezone.localtime(at).hour
    return hour >= NIGHT_FROM or hour < NIGHT_TO


def alerts_of(look: Look, before: Iterable[Look]) -> list[AlertKind]:
    """What this look asks attention for, given the earlier looks of the same person."""
    kinds = []
    if look.relation == Relation.NONE:
        kinds.append(AlertKind.NO_RELATION)
    if is_many(look, before):
        kinds.append(AlertKind.MANY)
    if is_night(look.at):
        kinds.append(AlertKind.NIGHT)
    return kinds


def is_many(look: Look, before: Iterable[Look]) -> bool:
    """More than thirty different subjects within the hour that ends with this look, and this is the one
    that makes it more, or a further one."""
    recent = {each.subject for each in before if timedelta() <= look.at - each.at < WITHIN}
    return len(recent | {look.subject}) > MANY
