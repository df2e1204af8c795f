"""Taking, releasing, closing and reopening a registration."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record
from baken.casework.actions.registrations import lock_registration
from baken.casework.models import Registration
from baken.casework.rules.steps import check_closing, next_state
from baken.casework.states import Kind, State, Step


@transaction.atomic
def take_registration(*, registration_id: UUID, by: Member, now: datetime) -> Registration:
    """The member works on it from now on, also when a colleague did."""
    by.check(Permission.REGISTER)
    registration = _step(registration_id, Step.TAKE, by)
    registration.handler_id = by.user_id
    return _finish(registration, "registration.taken", by, now)


@transaction.atomic
def release_registration(*, registration_id: UUID, by: Member, now: datetime) -> Registration:
    """Nobody works on it any more; it waits for somebody to take it."""
    by.check(Permission.REGISTER)
    registration = _step(registration_id, Step.RELEASE, by)
    registration.handler_id = None
    return _finish(registration, "registration.released", by, now)


@transaction.atomic
def close_registration(
    *, registration_id: UUID, outcome: str, reason: str, by: Member, now: datetime
) -> Registration:
    """Close with an outcome and a reason, both codes. A melding or signal needs its form first."""
    by.check(Permission.CLOSE)
    registration = _step(registration_id, Step.CLOSE, by)
    check_closing(
        Kind(registration.kind),
        has_form=registration.primary_form_id is not None,
        is_imported=registration.imported_by_id is not None,
    )
    registration.outcome_id = f"outcome.{outcome}"
    registration.closing_reason_id = f"closing_reason.{reason}"
    return _finish(registration, "registration.closed", by, now, outcome=outcome, reason=reason)


@transaction.atomic
def reopen_registration(*, registration_id: UUID, by: Member, now: datetime) -> Registration:
    """Open again; outcome and reason are no longer true and go, the log remembers them."""
    by.check(Permission.CLOSE)
    registration = _step(registration_id, Step.REOPEN, by)
    registration.outcome_id = registration.closing_reason_id = None
    registration.handler_id = by.user_id
    return _finish(registration, "registration.reopened", by, now)


def _step(registration_id: UUID, step: Step, by: Member) -> Registration:
    registration = lock_registration(registration_id, by=by)
    registration.state = next_state(State(registration.state), step)
    return registration


def _finish(
    registration: Registration, event: str, by: Member, now: datetime, **detail: object
) -> Registration:
    registration.version += 1
    registration.changed_at = now
    registration.save()
    record(
        event,
        actor=by.actor,
        subject=registration.subject,
        region=registration.region_id,
        at=now,
        detail=detail,
    )
    return registration
