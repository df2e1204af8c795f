"""Requests that take two people, for who may ask or allow them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from baken.accounts.interface import Member, Permission
from baken.casework.models import Registration, TwoPersonRequest
from baken.casework.rules.two_people import USABLE, WAITS
from baken.casework.states import RequestKind

# Who may ask, allow and use each kind.
RIGHTS = {
    RequestKind.REPORTER: Permission.REGISTER,
    RequestKind.EXPORT: Permission.EXPORT_LIST,
}
# How many of one's own requests of the last day are shown.
MOST_OWN = 20


def open_requests(by: Member, now: datetime) -> QuerySet[TwoPersonRequest]:
    """What can still be allowed or used in the region, of the kinds this member has a right to; oldest
    first."""
    found = TwoPersonRequest.objects.filter(
        region_id=by.region.pk,
        used_at=None,
        ended_at=None,
        kind__in=[kind for kind, right in RIGHTS.items() if by.can(right)],
    )
    waits = Q(allowed_at=None, asked_at__gte=now - WAITS)
    return found.filter(waits | Q(allowed_at__gte=now - USABLE)).order_by("asked_at", "id")


def waiting_for(by: Member, now: datetime) -> QuerySet[TwoPersonRequest]:
    """What others ask and this member may allow."""
    return (
        open_requests(by, now)
        .filter(allowed_at=None)
        .exclude(asked_by_id=by.author_id)
        .select_related("registration")
    )


def own_requests(by: Member, now: datetime) -> QuerySet[TwoPersonRequest]:
    """What this member asked in the last day, newest first."""
    own = TwoPersonRequest.objects.filter(
        region_id=by.region.pk, asked_by_id=by.author_id, asked_at__gte=now - WAITS - USABLE
    )
    return own.select_related("registration").order_by("-asked_at", "id")[:MOST_OWN]


def requests_of(
    registration: Registration, *, by: Member, now: datetime
) -> QuerySet[TwoPersonRequest]:
    """What is asked about the reporter of one registration."""
    return open_requests(by, now).filter(registration=registration)


def exports_with(registration: Registration) -> list[TwoPersonRequest]:
    """The files with identities that this registration was asked for in and that were downloaded."""
    own = TwoPersonRequest.objects.filter(
        region_id=registration.region_id, used_at__isnull=False, kind=RequestKind.EXPORT
    )
    return list(own.filter(registration_ids__contains=[registration.pk]).order_by("used_at", "id"))


def count_requests(by: Member, now: datetime) -> int:
    """How many requests wait for this member: to be allowed, or to be used."""
    ready = Q(asked_by_id=by.author_id, allowed_at__isnull=False)
    asked_by_others = ~Q(asked_by_id=by.author_id) & Q(allowed_at=None)
    return open_requests(by, now).filter(ready | asked_by_others).count()


def own_open_request(by: Member, now: datetime, **same: object) -> TwoPersonRequest | None:
    """An own request of the same that can still be allowed or used."""
    return open_requests(by, now).filter(asked_by_id=by.author_id, **same).first()
