"""Sealing what somebody typed: the summary, notes, and who the people are."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record
from baken.casework.models import Identity, MatchKey, Note, Registration, Subject, Summary
from baken.casework.queries.registrations import find_registration
from baken.casework.queries.words import identities_by_subject, index_key, open_values
from baken.casework.rules.answers import IdentityAnswer, SubjectAnswer, Words
from baken.casework.rules.kinds import keeps_people
from baken.casework.rules.marks import index_of, keys_of
from baken.casework.rules.sealed import place_of
from baken.casework.rules.words import check_words
from baken.casework.states import INDEXED, Anonymity, Kind
from baken.keys.interface import Compartment, OpenContainer, destroy, open_or_make


class EmptyNote(Exception):
    """Schrijf eerst iets op."""


def keep_words(
    registration: Registration,
    words: Words,
    people: Iterable[SubjectAnswer],
    *,
    by: Member,
    now: datetime,
) -> list[str]:
    """Seal what was typed with the answers of a registration; return what was added, for the log. An advies
    keeps no identity of anybody it is about, whatever was typed."""
    kind = Kind(registration.kind)
    check_words(kind, words.summary)
    added = []
    if words.summary is not None:
        added += _write_summary(registration, words.summary, by, now)
    if words.reporter and registration.anonymity != Anonymity.UNKNOWN:
        _add_identities(registration, None, words.reporter, by, now)
        added.append("reporter")
    if keeps_people(kind):
        added += _add_people(registration, people, by, now)
    return added


@transaction.atomic
def add_note(*, registration_id: UUID, text: str, by: Member, now: datetime) -> Note:
    """Raises `EmptyNote`, or `NamesSomebody` in an advies."""
    by.check(Permission.REGISTER)
    registration = find_registration(registration_id, by=by)
    if not text.strip():
        raise EmptyNote
    check_words(Kind(registration.kind), text)
    note = Note(
        region_id=registration.region_id, registration=registration, author_id=by.author_id, at=now
    )
    container = _container(registration, Compartment.WORK, by, now)
    note.sealed = container.seal(text, **place_of(note))
    note.save(force_insert=True)
    _record("note.added", registration, by, now)
    return note


def forget_words(registration: Registration) -> None:
    """Shred everything in words but who the reporter is: what a melding told, an advies may not keep."""
    for model in (Summary, Note, MatchKey):
        model._default_manager.filter(registration=registration).delete()
    Identity.objects.filter(registration=registration, subject__isnull=False).delete()
    destroy(
        region_id=registration.region_id,
        owner_id=registration.pk,
        compartments=[Compartment.WORK, Compartment.IDENTITY],
    )


def _write_summary(registration: Registration, text: str, by: Member, now: datetime) -> list[str]:
    """Nothing was there and nothing is said: then nothing is made."""
    summary = Summary.objects.filter(registration=registration).first()
    if summary is None and not text.strip():
        return []
    container = _container(registration, Compartment.WORK, by, now)
    if summary is None:
        summary = Summary(region_id=registration.region_id, registration=registration, version=0)
    elif container.open(bytes(summary.sealed), **place_of(summary, summary.version)) == text:
        return []
    summary.version += 1
    summary.changed_by_id, summary.changed_at = by.author_id, now
    summary.sealed = container.seal(text, **place_of(summary, summary.version))
    summary.save()
    return ["summary"]


def _add_people(
    registration: Registration, people: Iterable[SubjectAnswer], by: Member, now: datetime
) -> list[str]:
    told = list(people)
    if not any(person.identities for person in told):
        return []
    rows = Subject.objects.filter(registration=registration).order_by("position")
    for row, person in zip(rows, told, strict=True):
        if person.identities:
            _add_identities(registration, row, person.identities, by, now)
    return ["identities"]


def _add_identities(
    registration: Registration,
    subject: Subject | None,
    told: Iterable[IdentityAnswer],
    by: Member,
    now: datetime,
) -> None:
    compartment = Compartment.IDENTITY if subject else Compartment.REPORTER
    container = _container(registration, compartment, by, now)
    rows = []
    for each in told:
        row = Identity(
            region_id=registration.region_id,
            registration=registration,
            subject=subject,
            kind=each.kind,
            added_by_id=by.author_id,
            added_at=now,
        )
        row.sealed = container.seal(each.value, **place_of(row))
        row.index = _index(each, by, now) if subject else None
        rows.append(row)
    Identity.objects.bulk_create(rows)
    if subject:
        write_match_keys(registration, subject, by, now)


def _index(told: IdentityAnswer, by: Member, now: datetime) -> bytes | None:
    if told.kind not in INDEXED:
        return None
    return index_of(told.kind, told.value, key=index_key(by=by, now=now))


def write_match_keys(
    registration: Registration, subject: Subject, by: Member, now: datetime
) -> None:
    """Anew, from everything known of this person together, old and new."""
    own = identities_by_subject(registration, by=by).get(subject.pk, [])
    told = [
        IdentityAnswer(kind=each.kind, value=each.value)
        for each in open_values(own, registration, by=by)
    ]
    found = keys_of(told, key=index_key(by=by, now=now))
    MatchKey.objects.filter(subject=subject).delete()
    MatchKey.objects.bulk_create(
        MatchKey(
            region_id=registration.region_id,
            registration=registration,
            subject=subject,
            kind=kind,
            index=index,
        )
        for index, kind in sorted(found.items())
    )


def _container(
    registration: Registration, compartment: Compartment, by: Member, now: datetime
) -> OpenContainer:
    return open_or_make(
        keyring=by.keys,
        region_id=registration.region_id,
        owner_id=registration.pk,
        compartment=compartment,
        now=now,
    )


def _record(event: str, registration: Registration, by: Member, now: datetime) -> None:
    record(
        event,
        actor=by.actor,
        subject=registration.subject,
        region=registration.region_id,
        at=now,
    )
