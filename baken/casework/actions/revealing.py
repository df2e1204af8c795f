"""Seeing who somebody is. Of a subject: one colleague, logged. Of a reporter: two, within a quarter of an
hour."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record, record_look
from baken.casework.actions.registrations import lock_registration
from baken.casework.actions.words import write_match_keys
from baken.casework.models import Identity, Registration, Reveal, Subject
from baken.casework.queries.registrations import NoSuchRegistration, find_registration
from baken.casework.queries.words import OpenIdentity, identities_by_subject, open_values
from baken.casework.states import RevealReason

# How long an allowed request may be used, and how long one may wait to be allowed.
USABLE, WAITS = timedelta(minutes=15), timedelta(hours=24)


class NobodyNamed(Exception):
    """Hierover is niets vastgelegd waaraan u ziet wie het is."""


class TakesTwo(Exception):
    """Een tweede collega moet dit toestaan: niet uzelf."""


class NoLongerAsked(Exception):
    """Dit verzoek is verlopen, al gebruikt of niet toegestaan. Doe een nieuw verzoek."""


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
def ask_reveal(*, registration_id: UUID, reason: RevealReason, by: Member, now: datetime) -> Reveal:
    """Ask to see who reported. A request of one's own that still waits is that request."""
    by.check(Permission.REGISTER)
    registration = lock_registration(registration_id, by=by)
    if None not in identities_by_subject(registration, by=by):
        raise NobodyNamed
    waiting = open_reveals(registration, now).filter(asked_by_id=by.author_id).first()
    if waiting is not None:
        return waiting
    _record("reveal.asked", registration, by, now, reason=reason)
    return Reveal.objects.create(
        region_id=registration.region_id,
        registration=registration,
        reason=reason,
        asked_by_id=by.author_id,
        asked_at=now,
    )


@transaction.atomic
def allow_reveal(*, registration_id: UUID, reveal_id: UUID, by: Member, now: datetime) -> Reveal:
    """A second colleague allows it. Raises `TakesTwo` for who asked, `NoLongerAsked` for an old request."""
    by.check(Permission.REGISTER)
    reveal = _locked(registration_id, reveal_id, by)
    if reveal.asked_by_id == by.author_id:
        raise TakesTwo
    if reveal.allowed_at is not None or now - reveal.asked_at > WAITS:
        raise NoLongerAsked
    reveal.allowed_by_id, reveal.allowed_at = by.author_id, now
    reveal.save(update_fields=["allowed_by_id", "allowed_at"])
    _record("reveal.allowed", reveal.registration, by, now, reveal=str(reveal.pk))
    return reveal


@transaction.atomic
def use_reveal(
    *, registration_id: UUID, reveal_id: UUID, by: Member, now: datetime
) -> list[OpenIdentity]:
    """Who reported, once, for who asked, within a quarter of an hour after it was allowed."""
    by.check(Permission.REGISTER)
    reveal = _locked(registration_id, reveal_id, by)
    is_allowed = reveal.allowed_at is not None and now - reveal.allowed_at <= USABLE
    if reveal.asked_by_id != by.author_id or not is_allowed or reveal.used_at is not None:
        raise NoLongerAsked
    reveal.used_at = now
    reveal.save(update_fields=["used_at"])
    registration = find_registration(reveal.registration_id, by=by)
    rows = identities_by_subject(registration, by=by).get(None, [])
    _look("reporter.shown", registration, by, now, reveal=str(reveal.pk), reason=reveal.reason)
    return open_values(rows, registration, by=by)


def open_reveals(registration: Registration, now: datetime) -> QuerySet[Reveal]:
    """Requests that can still be allowed or used, oldest first."""
    asked = Reveal.objects.filter(
        region_id=registration.region_id, registration=registration, used_at=None
    )
    waits = Q(allowed_at=None, asked_at__gt=now - WAITS)
    return asked.filter(waits | Q(allowed_at__gt=now - USABLE)).order_by("asked_at", "id")


def _locked(registration_id: UUID, reveal_id: UUID, by: Member) -> Reveal:
    own = Reveal.objects.select_for_update(of=["self"]).filter(region_id=by.region.pk)
    reveal = (
        own.select_related("registration")
        .filter(pk=reveal_id, registration=registration_id)
        .first()
    )
    if reveal is None:
        raise NoSuchRegistration(reveal_id)
    return reveal


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
