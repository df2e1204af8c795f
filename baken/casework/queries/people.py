"""The people of many registrations, opened: for one action that logs it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from baken.accounts.interface import Member
from baken.casework.models import Identity, Registration, Subject
from baken.casework.queries.registrations import visible_to
from baken.casework.rules.sealed import place_of
from baken.keys.interface import Compartment, OpenContainer, Refused, containers_of

# Containers opened with one question to the keystore.
BATCH = 500

Values = dict[str, list[str]]  # identity kind → what is known


@dataclass(frozen=True)
class NamedSubject:
    """A subject with everything that tells who it is."""

    role_id: str | None
    values: Values = field(repr=False)


@dataclass(frozen=True)
class NamedRegistration:
    """A registration with its subjects in order. `subjects` is None when not all of it opens."""

    registration: Registration
    subjects: list[NamedSubject] | None = field(repr=False)


def named_registrations(ids: Sequence[UUID], *, by: Member) -> Iterator[NamedRegistration]:
    """Those of these registrations that are there, in the order asked. Never a reporter: their rows are not
    even read. Raises `KeystoreAway` or `NotUnlocked`."""
    for start in range(0, len(ids), BATCH):
        yield from _batch(ids[start : start + BATCH], by)


def _batch(ids: Sequence[UUID], by: Member) -> Iterator[NamedRegistration]:
    found = visible_to(by).prefetch_related("subjects").in_bulk(list(ids))
    identities: dict[UUID, list[Identity]] = {}
    rows = Identity.objects.filter(
        region_id=by.region.pk, registration__in=found, subject__isnull=False
    )
    for row in rows.order_by("added_at", "kind", "id"):
        identities.setdefault(row.registration_id, []).append(row)
    opened = _opened(identities, by)
    for registration in (found[pk] for pk in ids if pk in found):
        own = identities.get(registration.pk, [])
        yield NamedRegistration(registration, _named(registration, own, opened))


def _opened(owners: Collection[UUID], by: Member) -> dict[UUID, OpenContainer]:
    """Containers by registration; without those that are closed to this member, shredded or altered."""
    containers = containers_of(owners, region_id=by.region.pk, compartment=Compartment.IDENTITY)
    opened = by.keys.open_those_left(list(containers.values()))
    return {
        owner: opened[container.pk]
        for owner, container in containers.items()
        if container.pk in opened
    }


def _named(
    registration: Registration, rows: list[Identity], opened: dict[UUID, OpenContainer]
) -> list[NamedSubject] | None:
    if rows and registration.pk not in opened:
        return None
    by_subject: dict[UUID | None, Values] = {}
    try:
        for row in rows:
            value = opened[registration.pk].open(bytes(row.sealed), **place_of(row))
            by_subject.setdefault(row.subject_id, {}).setdefault(row.kind, []).append(value)
    except Refused:
        return None
    return [
        NamedSubject(subject.role_id, by_subject.get(subject.pk, {}))
        for subject in sorted(registration.subjects.all(), key=_position)
    ]


def _position(subject: Subject) -> int:
    return subject.position
