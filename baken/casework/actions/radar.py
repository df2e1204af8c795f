"""Seeing which earlier registrations share something with a melding. Logged before it leaves, with why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record_look
from baken.casework.models import Registration
from baken.casework.queries.radar import Hit, look_up, newest_first
from baken.casework.rules.manifests import manifest_of
from baken.casework.rules.marks import Marks
from baken.casework.states import Kind, RadarReason


class OnlyForReports(Exception):
    """De radar werkt alleen bij een melding."""


def check_kind(kind: str | None) -> None:
    """Raises `OnlyForReports`: of everything else nobody is looked up."""
    if kind != Kind.REPORT:
        raise OnlyForReports(kind)


@transaction.atomic
def view_radar(
    *,
    marks: Marks,
    kind: str | None,
    besides: Registration | None,
    reason: RadarReason,
    by: Member,
    now: datetime,
) -> list[tuple[Registration, Hit]]:
    """Earlier registrations, newest first, each with why it is among them. `besides` is the melding itself
    when it is registered. One entry in the log: why, how many, and a hash of which."""
    by.check(Permission.REGISTER)
    check_kind(kind)
    hits = look_up(marks, by=by, besides=_id_of(besides))
    record_look(
        "radar.viewed",
        actor=by.actor,
        subject=besides.subject if besides else "",
        region=by.region.pk,
        at=now,
        detail={"why": reason, "rows": len(hits), "sha256": manifest_of(hits)},
    )
    return [(found, hits[found.pk]) for found in newest_first(hits, by=by)]


def _id_of(registration: Registration | None) -> UUID | None:
    return registration.pk if registration else None
