"""Opening what was sealed, for who has the keys."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from baken.accounts.interface import Member
from baken.casework.models import Identity, Note, Registration, Summary
from baken.casework.rules.sealed import place_of
from baken.casework.states import IdentityKind
from baken.keys.interface import Compartment, OpenContainer, containers_of, open_or_make


@dataclass(frozen=True)
class OpenNote:
    text: str = field(repr=False)
    author_id: UUID
    at: datetime


@dataclass(frozen=True)
class OpenIdentity:
    """One thing that tells who somebody is, opened."""

    id: UUID
    kind: IdentityKind
    value: str = field(repr=False)
    added_by_id: UUID
    added_at: datetime


@dataclass(frozen=True)
class OpenWords:
    """What was typed about a registration, but for who anybody is."""

    summary: str = field(default="", repr=False)
    notes: tuple[OpenNote, ...] = ()


def words_of(registration: Registration, *, by: Member) -> OpenWords:
    """Raises `NoSeat`, `NotUnlocked`, `KeystoreAway` or `Refused`; nothing of these without any words."""
    summary = Summary.objects.filter(registration=registration).first()
    notes = list(Note.objects.filter(registration=registration).order_by("at", "id"))
    if summary is None and not notes:
        return OpenWords()
    container = container_of(registration, Compartment.WORK, by=by)
    return OpenWords(
        summary=(
            container.open(bytes(summary.sealed), **place_of(summary, summary.version))
            if summary
            else ""
        ),
        notes=tuple(
            OpenNote(container.open(bytes(n.sealed), **place_of(n)), n.author_id, n.at)
            for n in notes
        ),
    )


def has_words(registration: Registration) -> bool:
    """Whether anything is sealed that an advies may not keep."""
    subjects = Identity.objects.filter(registration=registration, subject__isnull=False)
    return (
        Summary.objects.filter(registration=registration).exists()
        or Note.objects.filter(registration=registration).exists()
        or subjects.exists()
    )


def identities_by_subject(
    registration: Registration, *, by: Member
) -> dict[UUID | None, list[Identity]]:
    """The sealed rows by subject; None: of the reporter. That they are there may be seen by everybody who
    may see the registration."""
    found: dict[UUID | None, list[Identity]] = {}
    own = Identity.objects.filter(region_id=by.region.pk, registration=registration)
    for row in own.order_by("added_at", "kind", "id"):
        found.setdefault(row.subject_id, []).append(row)
    return found


def open_values(
    rows: Iterable[Identity], registration: Registration, *, by: Member
) -> list[OpenIdentity]:
    """Open sealed rows of one person. Only for an action that logs it, or that reads what it just wrote."""
    rows = list(rows)
    if not rows:
        return []
    is_reporter = rows[0].subject_id is None
    compartment = Compartment.REPORTER if is_reporter else Compartment.IDENTITY
    container = container_of(registration, compartment, by=by)
    return [_opened(row, container) for row in rows]


def container_of(
    registration: Registration, compartment: Compartment, *, by: Member
) -> OpenContainer:
    """The opened container of a compartment that has something in it."""
    found = containers_of([registration.pk], region_id=by.region.pk, compartment=compartment)
    return by.keys.open(found[registration.pk])


def index_key(*, by: Member, now: datetime) -> bytes:
    """The region's key for blind indexes: whoever has a team key opens it, nobody else."""
    return open_or_make(
        keyring=by.keys,
        region_id=by.region.pk,
        owner_id=by.region.pk,
        compartment=Compartment.INDEX,
        now=now,
    ).key


def _opened(row: Identity, container: OpenContainer) -> OpenIdentity:
    value = container.open(bytes(row.sealed), **place_of(row))
    return OpenIdentity(row.pk, IdentityKind(row.kind), value, row.added_by_id, row.added_at)
