"""Registering, changing and converting."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record
from baken.casework.actions.drafts import lock_draft
from baken.casework.actions.storing import add_parts, columns, replace_parts, write_columns
from baken.casework.actions.words import forget_words, keep_words
from baken.casework.models import Draft, KindChange, Registration
from baken.casework.queries.registrations import (
    PARTS,
    NoSuchRegistration,
    answers_of,
)
from baken.casework.rules.answers import Answers, Words, changed_answers
from baken.casework.rules.kinds import (
    check_conversion,
    dropped_by_kind,
    keeps_people,
    kept_by_kind,
)
from baken.casework.rules.numbers import new_number
from baken.casework.rules.steps import check_open
from baken.casework.states import Kind, State
from baken.lib.round_trips import one_round_trip

NO_WORDS = Words()


class ChangedMeanwhile(Exception):
    """Een collega heeft deze registratie intussen gewijzigd."""


class NumberInUse(Exception):
    """Dit externe nummer hoort al bij een andere registratie."""


@transaction.atomic
def register(
    *,
    draft_id: UUID,
    answers: Answers,
    by: Member,
    now: datetime,
    words: Words = NO_WORDS,
) -> Registration:
    """Make a registration out of a draft, and seal what was typed in words. The same draft submitted again
    yields the same one."""
    by.check(Permission.REGISTER)
    draft = lock_draft(draft_id=draft_id, by=by, now=now)
    if draft.became is not None:
        return draft.became
    kept = kept_by_kind(answers)
    registration = _new(kept, by=by, now=now)
    with _taken_number_told(registration), one_round_trip():
        registration.save(force_insert=True)
        add_parts(registration, kept)
        Draft.objects.filter(pk=draft.pk).update(became=registration, sealed=b"")
        _record("registration.made", registration, by, now, kind=registration.kind)
    keep_words(registration, words, kept.subjects, by=by, now=now)
    return registration


@transaction.atomic
def change_registration(
    *,
    registration_id: UUID,
    answers: Answers,
    version: int,
    by: Member,
    now: datetime,
    words: Words = NO_WORDS,
) -> Registration:
    """Replace the answers of a registration, unless somebody changed it since `version`.

    The kind stays as it is: turning one kind into another is `convert_registration`.
    """
    by.check(Permission.REGISTER)
    registration = _lock_version(registration_id, version, by=by)
    before = answers_of(registration)
    after = kept_by_kind(replace(answers, kind=before.kind))
    changed = changed_answers(before, after)
    _rewrite(registration, after, changed, now)
    changed += keep_words(registration, words, after.subjects, by=by, now=now)
    Draft.objects.filter(registration=registration, author_id=by.author_id).delete()
    _record("registration.changed", registration, by, now, fields=changed)
    return registration


@transaction.atomic
def convert_registration(
    *,
    registration_id: UUID,
    to_kind: Kind,
    reason: str,
    version: int,
    by: Member,
    now: datetime,
    words: Words = NO_WORDS,
) -> Registration:
    """Turn a registration into another kind, with a coded reason; what that kind may not keep goes.

    The people of an advies cannot be brought back: nothing of them remains to bring back, and what was
    typed is shredded. `words` may hold the question and the advice alone.
    """
    by.check(Permission.CONVERT)
    registration = _lock_version(registration_id, version, by=by)
    before = answers_of(registration)
    check_conversion(before.kind, to_kind)
    after = kept_by_kind(replace(before, kind=to_kind))
    _rewrite(registration, after, changed_answers(before, after), now)
    _keep_change(registration, before.kind, reason, by, now)
    if not keeps_people(to_kind):
        # What an unfinished change says about people may not come back through it.
        Draft.objects.filter(registration=registration).delete()
        forget_words(registration)
    keep_words(registration, words, (), by=by, now=now)
    dropped = list(dropped_by_kind(replace(before, kind=to_kind)))
    _record("registration.converted", registration, by, now, to=to_kind, dropped=dropped)
    return registration


def lock_registration(registration_id: UUID, *, by: Member) -> Registration:
    """The registration, locked until the transaction ends; foreign ids answer like unknown ones."""
    own = Registration.objects.of_region(by.region.pk).select_for_update()
    registration = own.filter(pk=registration_id).first()
    if registration is None:
        raise NoSuchRegistration(registration_id)
    return registration


def _lock_version(registration_id: UUID, version: int, *, by: Member) -> Registration:
    """The registration, locked, if it is open and still what the member was looking at."""
    registration = lock_registration(registration_id, by=by)
    check_open(State(registration.state))
    if registration.version != version:
        raise ChangedMeanwhile(registration.number)
    prefetch_related_objects([registration], *PARTS)
    return registration


def _new(answers: Answers, *, by: Member, now: datetime) -> Registration:
    """Not saved yet."""
    return Registration(
        region=by.region,
        number=new_number(),
        created_by_id=by.user_id,
        created_at=now,
        changed_at=now,
        **columns(answers),
    )


def _rewrite(
    registration: Registration, answers: Answers, changed: list[str], now: datetime
) -> None:
    """People go first: an advies with people in it is refused by the database at any moment."""
    replace_parts(registration, answers, changed)
    write_columns(registration, answers)
    registration.version += 1
    registration.changed_at = now
    _write(registration)


def _write(registration: Registration) -> None:
    with _taken_number_told(registration), transaction.atomic():
        registration.save()


@contextmanager
def _taken_number_told(registration: Registration) -> Iterator[None]:
    """A number that is taken becomes a sentence instead of a database error."""
    try:
        yield
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
