"""Reviewing alerts, and breaking the glass."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from baken.accounts.interface import Member, NotInRegion, Permission
from baken.audit.interface import Stream, record
from baken.oversight.models import Alert
from baken.oversight.states import AlertKind, AlertState, BreakGlassReason, Outcome

REVIEW_WITHIN = timedelta(hours=24)


class NoSuchAlert(NotInRegion):
    """Deze waarschuwing bestaat niet, of niet in uw regio."""


class AlreadyReviewed(Exception):
    """Deze waarschuwing is al beoordeeld."""


class OwnAlert(Exception):
    """Een waarschuwing over uzelf beoordeelt een ander."""


@transaction.atomic
def review_alert(*, alert_id: UUID, outcome: Outcome, by: Member, now: datetime) -> Alert:
    """Close an alert with what was found. Never by the person it is about."""
    by.check(Permission.REVIEW_ALERTS)
    own = Alert.objects.filter(region_id=by.region.pk).select_for_update()
    alert = own.filter(pk=alert_id).first()
    if alert is None:
        raise NoSuchAlert(alert_id)
    if alert.state == AlertState.REVIEWED:
        raise AlreadyReviewed(alert_id)
    if alert.user_id == by.author_id:
        raise OwnAlert(alert_id)
    alert.state, alert.outcome = AlertState.REVIEWED, outcome
    alert.reviewed_by_id, alert.reviewed_at = by.author_id, now
    alert.save()
    record(
        "alert.reviewed",
        actor=by.actor,
        subject=f"alert:{alert.pk}",
        region=by.region.pk,
        stream=Stream.SECURITY,
        at=now,
        detail={"kind": alert.kind, "outcome": outcome},
    )
    return alert


@transaction.atomic
def open_break_glass(*, subject: str, reason: BreakGlassReason, by: Member, now: datetime) -> Alert:
    """Open what is closed to the member, for an hour, with a reason. It is reviewed within a day.

    What may be opened with it is for the caller to decide; `subject` names it as the log does.
    """
    by.check(Permission.SEE_REGISTRATIONS)
    alert = Alert.objects.create(
        region=by.region,
        kind=AlertKind.BREAK_GLASS,
        user_id=by.author_id,
        day=timezone.localdate(now),
        first_at=now,
        last_at=now,
        subject=subject,
        reason=BreakGlassReason(reason),
        due_at=now + REVIEW_WITHIN,
    )
    record(
        "glass.broken",
        actor=by.actor,
        subject=subject,
        region=by.region.pk,
        at=now,
        detail={"reason": reason},
    )
    return alert


@transaction.atomic
def note_log_seen(*, by: Member, now: datetime, **detail: object) -> None:
    """That somebody read the log, and with which filter. Who watches is watched."""
    by.check(Permission.SEE_AUDIT)
    _record_reading("log.seen", by, now, detail)


@transaction.atomic
def note_log_taken(*, by: Member, now: datetime, **detail: object) -> None:
    """That somebody took a part of the log along as a file."""
    by.check(Permission.SEE_AUDIT)
    _record_reading("log.taken", by, now, detail)


def _record_reading(event: str, by: Member, now: datetime, detail: dict[str, object]) -> None:
    record(
        event,
        actor=by.actor,
        region=by.region.pk,
        stream=Stream.SECURITY,
        at=now,
        detail={name: value for name, value in detail.items() if value not in ("", None)},
    )
