"""Allowing, refusing and withdrawing what takes two people. What is asked, and what using it does, stands in
`revealing` and `exporting`."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import Member
from baken.audit.interface import record
from baken.casework.models import TwoPersonRequest
from baken.casework.queries.registrations import NoSuchRegistration
from baken.casework.queries.two_people import RIGHTS
from baken.casework.rules.two_people import (
    OPEN,
    NoLongerAsked,
    check_second,
    check_usable,
    check_waiting,
    state_of,
)
from baken.casework.states import RequestKind

# What the log calls each step: a melder is revealed, identities are exported.
_EVENTS = {
    RequestKind.REPORTER: {
        "asked": "reveal.asked",
        "allowed": "reveal.allowed",
        "refused": "reveal.refused",
        "withdrawn": "reveal.withdrawn",
    },
    RequestKind.EXPORT: {
        "asked": "export.asked",
        "allowed": "export.allowed",
        "refused": "export.refused",
        "withdrawn": "export.withdrawn",
    },
}


class NoSuchRequest(NoSuchRegistration):
    """Dit verzoek bestaat niet, of niet in uw regio."""


@transaction.atomic
def allow_request(*, request_id: UUID, by: Member, now: datetime) -> TwoPersonRequest:
    """A second colleague, who has the right to ask it too, allows it. Raises `TakesTwo` for who asked,
    `NoLongerAsked` for a request that does not wait any more."""
    request = lock_request(request_id, by=by)
    check_right(request, by)
    check_second(request, by.user_id)
    check_waiting(request, now)
    request.allowed_by_id, request.allowed_at = by.author_id, now
    request.save(update_fields=["allowed_by_id", "allowed_at"])
    note_step(request, "allowed", by=by, now=now)
    return request


@transaction.atomic
def refuse_request(*, request_id: UUID, by: Member, now: datetime) -> TwoPersonRequest:
    """A second colleague refuses it; nobody can allow it any more."""
    request = lock_request(request_id, by=by)
    check_right(request, by)
    check_second(request, by.user_id)
    check_waiting(request, now)
    return _end(request, "refused", by, now)


@transaction.atomic
def withdraw_request(*, request_id: UUID, by: Member, now: datetime) -> TwoPersonRequest:
    """Who asked needs it no more, allowed or not. Raises `NoLongerAsked`, also for somebody else."""
    request = lock_request(request_id, by=by)
    check_right(request, by)
    if request.asked_by_id != by.user_id or state_of(request, now) not in OPEN:
        raise NoLongerAsked
    return _end(request, "withdrawn", by, now)


def lock_request(request_id: UUID, *, by: Member) -> TwoPersonRequest:
    """The request of the region, until the transaction ends; a foreign id answers like an unknown one."""
    own = TwoPersonRequest.objects.select_for_update(of=["self"]).filter(region_id=by.region.pk)
    request = own.select_related("registration").filter(pk=request_id).first()
    if request is None:
        raise NoSuchRequest(request_id)
    return request


def check_right(request: TwoPersonRequest, by: Member) -> None:
    """Raises `NotAllowed` unless the member may do what is asked."""
    by.check(RIGHTS[RequestKind(request.kind)])


def use_up(request: TwoPersonRequest, *, by: Member, now: datetime) -> None:
    """Mark a locked request as used, by who asked it. Raises `NoLongerAsked`."""
    check_right(request, by)
    check_usable(request, by.user_id, now)
    request.used_at = now
    request.save(update_fields=["used_at"])


def note_step(request: TwoPersonRequest, step: str, *, by: Member, now: datetime) -> None:
    """What happened to a request, in the log: of a melder at the registration, of an export at itself."""
    detail: dict[str, object] = {"request": str(request.pk), "reason": request.reason}
    if request.kind == RequestKind.EXPORT:
        detail["rows"] = len(request.registration_ids)
    record(
        _EVENTS[RequestKind(request.kind)][step],
        actor=by.actor,
        subject=subject_of(request),
        region=request.region_id,
        at=now,
        detail=detail,
    )


def subject_of(request: TwoPersonRequest) -> str:
    """What the log calls it."""
    return request.registration.subject if request.registration else f"request:{request.pk}"


def _end(request: TwoPersonRequest, step: str, by: Member, now: datetime) -> TwoPersonRequest:
    request.ended_by_id, request.ended_at = by.author_id, now
    request.save(update_fields=["ended_by_id", "ended_at"])
    note_step(request, step, by=by, now=now)
    return request
