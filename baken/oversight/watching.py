"""The log read for alerts, by the worker, every minute. What was chained is read once, in order."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from baken.audit.interface import LoggedLook, Stream, looks_after, looks_of
from baken.lib.tenancy import set_region
from baken.oversight.models import Alert, Watch
from baken.oversight.rules import MANY, WITHIN, Look, alerts_of
from baken.oversight.states import AlertKind, AlertState


@transaction.atomic
def watch(*, most: int = 2000) -> int:
    """Make alerts out of what was chained since the last time; returns how many looks were judged."""
    place, _is_new = Watch.objects.select_for_update().get_or_create(stream=Stream.ACCESS)
    reached, logged = looks_after(place.number, most=most)
    for region_id in {look.region_id for look in logged}:
        set_region(region_id)
        _judge(region_id, [look for look in logged if look.region_id == region_id])
    place.number = reached
    place.save()
    return len(logged)


def _judge(region_id: UUID, logged: list[LoggedLook]) -> None:
    for user_id in {look.user_id for look in logged}:
        own = [_look(each) for each in logged if each.user_id == user_id]
        since = min(look.at for look in own) - WITHIN
        known = [_look(each) for each in looks_of(user_id, region=region_id, since=since)]
        for look in own:
            before = [each for each in known if each.id < look.id]
            _raise(region_id, look, alerts_of(look, before))


def _look(logged: LoggedLook) -> Look:
    relation = str(logged.detail.get("relation", ""))
    return Look(logged.id, logged.user_id, logged.subject, logged.at, relation)


def _raise(region_id: UUID, look: Look, kinds: Iterable[AlertKind]) -> None:
    """One more look in the open alert of that person and day, or a new alert."""
    for kind in kinds:
        day = timezone.localdate(look.at)
        same = Alert.objects.filter(
            region_id=region_id, kind=kind, user_id=look.user_id, day=day, state=AlertState.OPEN
        )
        if not same.update(looks=F("looks") + 1, last_at=look.at):
            looks = MANY + 1 if kind == AlertKind.MANY else 1
            Alert.objects.create(
                region_id=region_id,
                kind=kind,
                user_id=look.user_id,
                day=day,
                looks=looks,
                first_at=look.at,
                last_at=look.at,
            )


def watch_until_read(*, started: datetime) -> int:
    """Everything that is waiting to be read, within a minute."""
    judged = 0
    while (timezone.now() - started).total_seconds() < 50 and (some := watch()):
        judged += some
    return judged
