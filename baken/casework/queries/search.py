"""Searching: by number, by what was indexed, and by opening what was written, a slice at a time.

A slice opens what it goes through in memory and forgets it; only what fits is kept, for one answer.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, F, Func, Q, QuerySet, TextField
from django.db.models.fields.tuple_lookups import Tuple as RowOf
from django.db.models.fields.tuple_lookups import TupleGreaterThanOrEqual, TupleLessThan
from django.db.models.functions import Cast

from baken.accounts.interface import Member
from baken.casework.models import Note, Registration
from baken.casework.models.registration import RegistrationQuerySet
from baken.casework.queries.registrations import visible_to
from baken.casework.rules.manifests import manifest_of
from baken.casework.rules.searching import has_all, number_in
from baken.casework.states import Kind, State
from baken.keys.interface import Compartment, Container, OpenContainer, Refused, SealedContainer

ORDER = ("received_on", "id")
MOST_NUMBERS = 20
MOST_HITS = 100  # of one slice: whoever finds more can say more


@dataclass(frozen=True, kw_only=True)
class SearchFilter:
    """Coded facts that narrow a search before anything is opened. `until`: what was made later is not part
    of it."""

    kind: Kind | None = None
    state: State | None = None
    from_day: date | None = None
    to_day: date | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Position:
    """The last registration a slice went through."""

    received_on: date
    id: UUID


@dataclass(frozen=True)
class TextHit:
    registration_id: UUID
    text: str = field(repr=False)
    is_note: bool


@dataclass(frozen=True)
class Slice:
    """What a slice found; `after` is where the next begins, None at the end. `closed` counts registrations
    of which something could not be opened."""

    hits: tuple[TextHit, ...]
    done: int
    closed: int
    after: Position | None


class _Sealed(NamedTuple):
    """One sealed text: its place, and the registration it is of."""

    registration_id: UUID
    table: str
    row: UUID
    version: int
    sealed: "bytes | memoryview[int]"


def within(wanted: SearchFilter, *, by: Member) -> RegistrationQuerySet:
    """The registrations of the member's region that the coded facts leave."""
    conditions = {
        "kind": wanted.kind,
        "state": wanted.state,
        "received_on__gte": wanted.from_day,
        "received_on__lte": wanted.to_day,
        "created_at__lte": wanted.until,
    }
    return visible_to(by).filter(**{name: value for name, value in conditions.items() if value})


def manifest(wanted: SearchFilter, *, by: Member) -> tuple[int, str]:
    """How many registrations the search goes through, and the `manifest_of` them, made by PostgreSQL."""
    ids = StringAgg(Cast("pk", TextField()), delimiter="\n", order_by="pk")
    hashed = Func(
        ids,
        template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')",
        output_field=CharField(),
    )
    found = within(wanted, by=by).aggregate(total=Count("pk"), sha256=hashed)
    return found["total"], found["sha256"] or manifest_of([])


def by_number(text: str, wanted: SearchFilter, *, by: Member) -> dict[UUID, str]:
    """Registrations whose number ("number") or number elsewhere ("external") begins so."""
    ours = number_in(text)
    fits = Q(external_number__istartswith=text)
    if ours:
        fits |= Q(number__startswith=ours)
    rows = within(wanted, by=by).filter(fits).order_by("-received_on", "-id")
    return {
        pk: "number" if ours and number.startswith(ours) else "external"
        for pk, number in rows.values_list("pk", "number")[:MOST_NUMBERS]
    }


def search_slice(
    words: Collection[str],
    wanted: SearchFilter,
    *,
    by: Member,
    most: int,
    after: Position | None = None,
) -> Slice:
    """Go through the next registrations, newest first, `most` at a time or until `MOST_HITS` were found.
    Raises `NoSeat`, `NotUnlocked` or `KeystoreAway`. Four queries, and one to the keystore."""
    by.keys.newest(by.region.pk)
    page = within(wanted, by=by)
    if after:
        page = page.filter(TupleLessThan(_order(), (after.received_on, after.id)))
    columns = ("pk", "received_on", "summaries__pk", "summaries__version", "summaries__sealed")
    rows = list(page.order_by("-received_on", "-id").values_list(*columns)[:most])
    if not rows:
        return Slice((), 0, 0, None)
    last = Position(rows[-1][1], rows[-1][0])
    ids = page.filter(TupleGreaterThanOrEqual(_order(), (last.received_on, last.id))).values("pk")
    texts = _texts(rows, ids, by)
    keys = _keys(ids, by)
    return _matched(words, [(pk, Position(day, pk)) for pk, day, *_ in rows], texts, keys, most)


def _order() -> RowOf:
    return RowOf(*(F(name) for name in ORDER))


def _texts(
    rows: Iterable[tuple[Any, ...]],
    ids: QuerySet[Registration, Any],
    by: Member,
) -> dict[UUID, list[_Sealed]]:
    found = {
        pk: [_Sealed(pk, "summary", summary, version, sealed)]
        for pk, _day, summary, version, sealed in rows
        if summary
    }
    notes = Note.objects.filter(region_id=by.region.pk, registration__in=ids).order_by("at", "id")
    for registration, row, sealed in notes.values_list("registration_id", "pk", "sealed"):
        found.setdefault(registration, []).append(_Sealed(registration, "note", row, 1, sealed))
    return found


def _keys(ids: QuerySet[Registration, Any], by: Member) -> dict[UUID, OpenContainer]:
    """The opened containers by registration; without those that were shredded or are of others."""
    region_id = by.region.pk
    rows = Container.objects.filter(
        region_id=region_id, compartment=Compartment.WORK, owner_id__in=ids
    ).values_list("owner_id", "pk", "epoch_id", "sealed")
    owners = {
        owner: SealedContainer(pk, region_id, epoch, Compartment.WORK.value, sealed)
        for owner, pk, epoch, sealed in rows
    }
    opened = by.keys.open_those_left(list(owners.values()))
    return {owner: opened[one.pk] for owner, one in owners.items() if one.pk in opened}


def _matched(
    words: Collection[str],
    rows: list[tuple[UUID, Position]],
    texts: dict[UUID, list[_Sealed]],
    keys: dict[UUID, OpenContainer],
    most: int,
) -> Slice:
    hits: list[TextHit] = []
    closed = 0
    for done, (pk, position) in enumerate(rows, start=1):
        try:
            hits += _first_fit(words, texts.get(pk, ()), keys.get(pk))
        except Refused:
            closed += 1
        if len(hits) == MOST_HITS:
            return Slice(tuple(hits), done, closed, position)
    return Slice(tuple(hits), len(rows), closed, rows[-1][1] if len(rows) == most else None)


def _first_fit(
    words: Collection[str], texts: Iterable[_Sealed], key: OpenContainer | None
) -> Iterator[TextHit]:
    """The first text of a registration that has every word. Raises `Refused` for what does not open."""
    for one in texts:
        if key is None:
            raise Refused
        text = key.open(
            bytes(one.sealed), table=one.table, column="sealed", row=one.row, version=one.version
        )
        if has_all(text, words):
            yield TextHit(one.registration_id, text, is_note=one.table == "note")
            return
