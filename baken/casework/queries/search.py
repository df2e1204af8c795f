"""Searching: by number, by what was indexed, and by opening what was written, a slice at a time.

A slice opens what it goes through in memory and forgets it; only what fits is kept, for one answer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
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
from baken.keys.interface import Compartment, Container, Refused, SealedContainer
from baken.vault.interface import Column

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


_Key = tuple[UUID, bytes]  # of a container


class _Sealed(NamedTuple):
    """One sealed text and its place."""

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
    part = _matched(
        [word.encode() for word in words], rows, _notes(ids, by), _keys(ids, by), _columns(by)
    )
    is_end = part.done == len(rows) < most
    return replace(part, after=None) if is_end else part


def _order() -> RowOf:
    return RowOf(*(F(name) for name in ORDER))


def _notes(ids: QuerySet[Registration, Any], by: Member) -> dict[UUID, list[_Sealed]]:
    """By registration, in order."""
    found: dict[UUID, list[_Sealed]] = {}
    notes = Note.objects.filter(region_id=by.region.pk, registration__in=ids).order_by("at", "id")
    for registration, row, sealed in notes.values_list("registration_id", "pk", "sealed"):
        found.setdefault(registration, []).append(_Sealed("note", row, 1, sealed))
    return found


def _keys(ids: QuerySet[Registration, Any], by: Member) -> dict[UUID, _Key | None]:
    """The containers by registration, opened; None for what was shredded or is of others."""
    region_id, compartment = by.region.pk, Compartment.WORK.value
    rows = Container.objects.filter(
        region_id=region_id, compartment=compartment, owner_id__in=ids
    ).values_list("owner_id", "pk", "epoch_id", "sealed")
    found = list(rows)
    keys = by.keys.keys_in_order(
        [
            SealedContainer(pk, region_id, epoch, compartment, sealed)
            for _, pk, epoch, sealed in found
        ]
    )
    return {
        owner: (pk, key) if key else None for (owner, pk, *_), key in zip(found, keys, strict=True)
    }


def _columns(by: Member) -> dict[str, Column]:
    region, compartment = by.region.pk, Compartment.WORK.value
    return {
        table: Column(table=table, column="sealed", region=region, compartment=compartment)
        for table in ("summary", "note")
    }


def _matched(
    words: Collection[bytes],
    rows: Iterable[tuple[Any, ...]],
    notes: Mapping[UUID, list[_Sealed]],
    keys: Mapping[UUID, _Key | None],
    columns: Mapping[str, Column],
) -> Slice:
    """Go through rows as `search_slice` asks for them; stops after `MOST_HITS`."""
    hits: list[TextHit] = []
    done, closed, after = 0, 0, None
    for pk, day, summary, version, sealed in rows:
        done, after = done + 1, (day, pk)
        texts = [_Sealed("summary", summary, version, sealed)] if summary else []
        if notes:
            texts += notes.get(pk, ())
        if not texts:
            continue
        try:
            hit = _first_fit(pk, texts, keys.get(pk), columns, words)
        except Refused:
            closed += 1
            continue
        if hit:
            hits.append(hit)
            if len(hits) == MOST_HITS:
                break
    return Slice(tuple(hits), done, closed, Position(*after) if after else None)


def _first_fit(
    pk: UUID,
    texts: Iterable[_Sealed],
    key: _Key | None,
    columns: Mapping[str, Column],
    words: Collection[bytes],
) -> TextHit | None:
    """The first text of a registration that has every word. Raises `Refused` for what does not open."""
    if key is None:
        raise Refused
    container, bare = key
    for table, row, version, sealed in texts:
        text = columns[table].open(
            bytes(sealed), key=bare, container=container, row=row, version=version
        )
        if has_all(text, words):
            return TextHit(pk, text.decode(), is_note=table == "note")
    return None
