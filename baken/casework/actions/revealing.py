"""Seeing who somebody is. Of a subject: one colleague, logged. Of a reporter: two (`two_people`)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record, record_look
from baken.casework.actions.registrations import lock_registration
from baken.casework.actions.two_people import NoSuchRequest, lock_request, note_step, use_up
from baken.casework.actions.words import write_match_keys
from baken.casework.models import Identity, Registration, Subject, TwoPersonRequest
from baken.casework.queries.registrations import NoSuchRegistration, find_registration
from baken.casework.queries.two_people import own_open_request
from baken.casework.queries.words import OpenIdentity, identities_by_subject, open_values
from baken.casework.states import RequestKind, RevealReason


class NobodyNamed(Exception):
    """Hierover is niets vastgelegd waaraan u ziet wie het is."""


@transaction.atomic
def show_identity(
    *,
    registration_id: UUID,
    subject_id: UUID,
    reason: RevealReason,
    by: Member,
    now: datetime,
) -> list[OpenIdentity]:
    """Who a subject is. That it was shown stands in the log before anything of it leaves."""
    by.check(Permission.REGISTER)
    registration = find_registration(registration_id, by=by)
    if not Subject.objects.filter(registration=registration, pk=subject_id).exists():
        raise NoSuchRegistration(subject_id)
    rows = identities_by_subject(registration, by=by).get(subject_id, [])
    if not rows:
        raise NobodyNamed
    _look("identity.shown", registration, by, now, subject=str(subject_id), reason=reason)
    return open_values(rows, registration, by=by)


@transaction.atomic
def remove_identity(*, registration_id: UUID, identity_id: UUID, by: Member, now: datetime) -> None:
    """Take away one thing that was wrong."""
    by.check(Permission.REGISTER)
    registration = lock_registration(registration_id, by=by)
    own = Identity.objects.filter(registration=registration, pk=identity_id)
    row = own.select_related("subject").first()
    if row is None or row.subject is None:
        raise NoSuchRegistration(identity_id)
    row.delete()
    write_match_keys(registration, row.subject, by, now)
    _record("identity.removed", registration, by, now, kind=row.kind)


@transaction.atomic
def ask_reveal(
    *, registration_id: UUID, reason: RevealReason, by: Member, now: datetime
) -> TwoPersonRequest:
    """Ask to see who reported. A request of one's own that is still open is that request."""
    by.check(Permission.REGISTER)
    registration = lock_registration(registration_id, by=by)
    if None not in identities_by_subject(registration, by=by):
        raise NobodyNamed
    own = own_open_request(by, now, registration=registration)
    if own is not None:
        return own
    request = TwoPersonRequest.objects.create(
        region_id=registration.region_id,
        kind=RequestKind.REPORTER,
        registration=registration,
        reason=reason,
        asked_by_id=by.author_id,
        asked_at=now,
    )
    note_step(request, "asked", by=by, now=now)
    return request


@transaction.atomic
def use_reveal(
    *, registration_id: UUID, request_id: UUID, by: Member, now: datetime
) -> list[OpenIdentity]:
    """Who reported, once, for who asked, within a quarter of an hour after it was allowed. Raises
    `NoLongerAsked`."""
    by.check(Permission.REGISTER)
    request = lock_request(request_id, by=by)
    if request.registration_id != registration_id:
        raise NoSuchRequest(request_id)
    use_up(request, by=by, now=now)
    registration = find_registration(registration_id, by=by)
    rows = identities_by_subject(registration, by=by).get(None, [])
    detail = {"request": str(request.pk), "reason": request.reason}
    _look("reporter.shown", registration, by, now, **detail)
    return open_values(rows, registration, by=by)


def _look(
    event: str, registration: Registration, by: Member, now: datetime, **detail: object
) -> None:
    record_look(
        event,
        actor=by.actor,
        subject=registration.subject,
        region=registration.region_id,
        at=now,
        detail=detail,
    )


def _record(
    event: str, registration: Registration, by: Member, now: datetime, **detail: object
) -> None:
    record(
        event,
        actor=by.actor,
        subject=registration.subject,
        region=registration.region_id,
        at=now,
        detail=detail,
    )
