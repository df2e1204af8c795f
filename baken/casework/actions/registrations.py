"""Registering, changing and converting."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record
from baken.casework.actions.drafts import lock_draft
from baken.casework.actions.storing import columns, write_columns, write_parts
from baken.casework.models import Draft, KindChange, Registration
from baken.casework.queries.registrations import (
    NoSuchRegistration,
    answers_of,
    find_registration,
)
from baken.casework.rules.answers import Answers
from baken.casework.rules.kinds import check_conversion, dropped_by_kind, kept_by_kind
from baken.casework.rules.numbers import new_number
from baken.casework.states import Kind


class ChangedMeanwhile(Exception):
    """Een collega heeft deze registratie intussen gewijzigd."""


class NumberInUse(Exception):
    """Dit externe nummer hoort al bij een andere registratie."""


@transaction.atomic
def register(*, draft_id: UUID, answers: Answers, by: Member, now: datetime) -> Registration:
    """Make a registration out of a draft. The same draft submitted again yields the same one."""
    by.check(Permission.REGISTER)
    draft = lock_draft(draft_id=draft_id, by=by, now=now)
    if draft.became is not None:
        return draft.became
    registration = _create(kept_by_kind(answers), by=by, now=now)
    draft.became, draft.answers = registration, {}
    draft.save(update_fields=["became", "answers"])
    _record("registration.made", registration, by, now, kind=registration.kind)
    return registration


@transaction.atomic
def change_registration(
    *, registration_id: UUID, answers: Answers, version: int, by: Member, now: datetime
) -> Registration:
    """Replace the answers of a registration, unless somebody changed it since `version`.

    The kind stays as it is: turning one kind into another is `convert_registration`.
    """
    by.check(Permission.REGISTER)
    registration = lock_registration(registration_id, by=by)
    if registration.version != version:
        raise ChangedMeanwhile(registration.number)
    changed = write_columns(registration, kept_by_kind(answers))
    _save(registration, now)
    write_parts(registration, kept_by_kind(answers))
    Draft.objects.filter(registration=registration, author_id=by.author_id).delete()
    _record("registration.changed", registration, by, now, fields=list(changed))
    return registration


@transaction.atomic
def convert_registration(
    *, registration_id: UUID, to_kind: Kind, reason: str, version: int, by: Member, now: datetime
) -> Registration:
    """Turn a registration into another kind, with a coded reason; what that kind may not keep goes.

    The people of an advies cannot be brought back: nothing of them remains to bring back.
    """
    by.check(Permission.CONVERT)
    registration = lock_registration(registration_id, by=by)
    if registration.version != version:
        raise ChangedMeanwhile(registration.number)
    from_kind = Kind(registration.kind)
    check_conversion(from_kind, to_kind)
    before = answers_of(registration)
    after = kept_by_kind(replace(before, kind=to_kind))
    registration.subjects.all().delete()
    write_columns(registration, after)
    _save(registration, now)
    write_parts(registration, after)
    _keep_change(registration, from_kind, reason, by, now)
    dropped = list(dropped_by_kind(replace(before, kind=to_kind)))
    _record("registration.converted", registration, by, now, to=to_kind, dropped=dropped)
    return registration


@transaction.atomic
def open_registration(*, registration_id: UUID, by: Member, now: datetime) -> Registration:
    """The registration to read; that it was read stands in the log before the page leaves."""
    registration = find_registration(registration_id, by=by)
    _record("registration.opened", registration, by, now)
    return registration


def lock_registration(registration_id: UUID, *, by: Member) -> Registration:
    """The registration, locked until the transaction ends; foreign ids answer like unknown ones."""
    own = Registration.objects.of_region(by.region.pk).select_for_update()
    registration = own.filter(pk=registration_id).first()
    if registration is None:
        raise NoSuchRegistration(registration_id)
    return registration


def _create(answers: Answers, *, by: Member, now: datetime) -> Registration:
    registration = Registration(
        region=by.region,
        number=new_number(),
        created_by_id=by.user_id,
        created_at=now,
        changed_at=now,
        **columns(answers),
    )
    _write(registration)
    write_parts(registration, answers)
    return registration


def _save(registration: Registration, now: datetime) -> None:
    registration.version += 1
    registration.changed_at = now
    _write(registration)


def _write(registration: Registration) -> None:
    """Save the row; a number that is taken becomes a sentence instead of a database error."""
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError as error:
        if "casework_external_number" in str(error):
            raise NumberInUse(registration.external_number) from error
        raise


def _keep_change(
    registration: Registration, from_kind: Kind, reason: str, by: Member, now: datetime
) -> None:
    KindChange.objects.create(
        region_id=registration.region_id,
        registration=registration,
        from_kind=from_kind,
        to_kind=registration.kind,
        reason_id=f"conversion_reason.{reason}",
        by_id=by.user_id,
        at=now,
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
