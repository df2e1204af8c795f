"""Reads of alerts."""

from datetime import datetime, timedelta

from baken.accounts.interface import Member, Permission
from baken.oversight.models import Alert
from baken.oversight.states import AlertKind, AlertState

GLASS_LASTS = timedelta(hours=1)


def open_alerts(by: Member) -> list[Alert]:
    """What still waits for a review: a broken glass first, the oldest of them at the top."""
    by.check(Permission.SEE_AUDIT)
    own = Alert.objects.filter(region_id=by.region.pk, state=AlertState.OPEN)
    return list(own.order_by("due_at", "-last_at", "id")[:200])


def reviewed_alerts(by: Member) -> list[Alert]:
    by.check(Permission.SEE_AUDIT)
    own = Alert.objects.filter(region_id=by.region.pk, state=AlertState.REVIEWED)
    return list(own.order_by("-reviewed_at", "id")[:50])


def count_open(by: Member) -> int:
    by.check(Permission.SEE_AUDIT)
    return Alert.objects.filter(region_id=by.region.pk, state=AlertState.OPEN).count()


def has_broken_glass(*, subject: str, by: Member, now: datetime) -> bool:
    """Whether the member broke the glass of this subject within the hour."""
    own = Alert.objects.filter(region_id=by.region.pk, user_id=by.author_id, subject=subject)
    recent = own.filter(kind=AlertKind.BREAK_GLASS, first_at__gt=now - GLASS_LASTS)
    return recent.filter(first_at__lte=now).exists()
