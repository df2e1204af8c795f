"""The work list: which registrations, in which order, one page at a time.

Paging goes by the last row seen (keyset), never by counting rows to skip: the ten-thousandth page costs
what the first one costs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from time import monotonic
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, dumps, loads
from django.db.models import F, Q
from django.db.models.fields.tuple_lookups import Tuple as RowOf
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from baken.accounts.interface import Member, Permission
from baken.casework.models.registration import RegistrationQuerySet
from baken.casework.queries.registrations import visible_to
from baken.casework.states import Answer, Kind, State, Urgency

PAGE = 50
MOST_COUNTED = 1000
REMEMBER_SECONDS = 30
EMPTY = "leeg"  # no form filled in; not a code
MINE, NOBODY = "ik", "niemand"

# Sort → the columns it goes by, newest or most urgent first; each has an index of its own.
SORTS: dict[str, tuple[str, ...]] = {
    "ontvangen": ("received_on", "id"),
    "gewijzigd": ("changed_at", "id"),
    "urgentie": ("urgency", "received_on", "id"),
}
COLUMNS = (
    "id",
    "number",
    "kind",
    "state",
    "urgency",
    "received_on",
    "received_precision",
    "changed_at",
    "primary_form_id",
    "concerns_minor",
    "exploitation_municipality_id",
    "source_group_id",
    "handler_id",
    "external_number",
)


class BadCursor(Exception):
    """Deze plek in de lijst bestaat niet meer. U ziet het begin van de lijst."""


@dataclass(frozen=True, kw_only=True)
class WorkListFilter:
    """What somebody wants to see; None and "" mean everything."""

    kind: Kind | None = None
    state: State | None = None
    is_open: bool = False
    handler: str = ""  # MINE, NOBODY or everybody
    form: str = ""  # a main form, or EMPTY
    from_year: int | None = None
    to_year: int | None = None
    municipality: str = ""
    source_group: str = ""
    minor: bool = False
    urgency: Urgency | None = None
    number: str = ""
    imported_by: UUID | None = None


@dataclass(frozen=True)
class Page:
    """Rows by column name, and the cursors to the rows before and after them ("" when there are none)."""

    rows: list[dict[str, Any]]
    newer: str
    older: str


def matching(wanted: WorkListFilter, *, by: Member) -> RegistrationQuerySet:
    """The registrations of the member's region that fit the filter, in no order."""
    found = visible_to(by)
    for condition in _conditions(wanted, by):
        found = found.filter(condition)
    return found


def page(
    wanted: WorkListFilter, *, by: Member, sort: str, newer: str = "", older: str = ""
) -> Page:
    """One page: the first, or the rows before the cursor `newer` or after the cursor `older`.

    Going back never ends in a short page: what reaches the beginning is the first page. Raises
    `BadCursor` for a cursor that is not ours, belongs to another order, or has no row beyond it any more.
    """
    columns = SORTS[sort]
    backwards = bool(newer)
    found = matching(wanted, by=by)
    if newer or older:
        at = tuple(_position(newer or older, sort))
        beyond = TupleGreaterThan if backwards else TupleLessThan
        found = found.filter(beyond(RowOf(*(F(name) for name in columns)), at))
    order = columns if backwards else tuple(f"-{name}" for name in columns)
    rows = list(found.order_by(*order).values(*COLUMNS)[: PAGE + 1])
    has_more, rows = len(rows) > PAGE, rows[:PAGE]
    if (newer or older) and not rows:
        raise BadCursor(sort)
    if backwards and len(rows) < PAGE:
        return page(wanted, by=by, sort=sort)
    if backwards:
        rows.reverse()
    return Page(
        rows,
        newer=_cursor(rows, 0, sort) if (has_more if backwards else bool(older)) else "",
        older=_cursor(rows, -1, sort) if (bool(newer) if backwards else has_more) else "",
    )


def count(wanted: WorkListFilter, *, by: Member) -> int:
    """How many fit; counting stops at `MOST_COUNTED` + 1, and that it got there is remembered: in half a
    minute they do not become few."""
    by.check(Permission.SEE_REGISTRATIONS)
    many = _many(wanted, by.region.pk, by.author_id, int(monotonic() // REMEMBER_SECONDS))
    if not many:
        counted = matching(wanted, by=by)[: MOST_COUNTED + 1].count()
        if counted <= MOST_COUNTED:
            return counted
        many.append(counted)
    return many[0]


@lru_cache(maxsize=1024)
def _many(_wanted: WorkListFilter, _region: UUID, _author: UUID, _half_minute: int) -> list[int]:
    """The count of a question that had more than `MOST_COUNTED` answers; empty for any other."""
    return []


def _conditions(wanted: WorkListFilter, by: Member) -> list[Q]:
    conditions = [
        Q(kind=wanted.kind) if wanted.kind else None,
        Q(state=wanted.state) if wanted.state else None,
        ~Q(state=State.CLOSED) if wanted.is_open else None,
        _handler(wanted.handler, by),
        _form(wanted.form),
        Q(received_on__gte=date(wanted.from_year, 1, 1)) if wanted.from_year else None,
        Q(received_on__lt=date(wanted.to_year + 1, 1, 1)) if wanted.to_year else None,
        _place(wanted.municipality),
        Q(source_group_id=f"source_group.{wanted.source_group}") if wanted.source_group else None,
        Q(concerns_minor=Answer.YES) if wanted.minor else None,
        Q(urgency=wanted.urgency) if wanted.urgency else None,
        _number(wanted.number),
        Q(imported_by_id=wanted.imported_by) if wanted.imported_by else None,
    ]
    return [condition for condition in conditions if condition is not None]


def _handler(handler: str, by: Member) -> Q | None:
    if handler == MINE:
        return Q(handler_id=by.author_id)
    return Q(handler_id=None) if handler == NOBODY else None


def _form(form: str) -> Q | None:
    if form == EMPTY:
        return Q(primary_form=None)
    return Q(primary_form_id=f"form.{form}") if form else None


def _place(code: str) -> Q | None:
    if not code:
        return None
    return (
        Q(exploitation_municipality_id=code)
        | Q(home_municipality_id=code)
        | Q(reporter_municipality_id=code)
    )


def _number(text: str) -> Q | None:
    """Our number or the one in another system: the whole of it, or its beginning."""
    return Q(number__istartswith=text) | Q(external_number__istartswith=text) if text else None


def _cursor(rows: list[dict[str, Any]], index: int, sort: str) -> str:
    if not rows:
        return ""
    row = rows[index]
    return dumps([sort, *(str(row[name]) for name in SORTS[sort])], salt="worklist")


def _position(cursor: str, sort: str) -> list[Any]:
    try:
        own_sort, *values = loads(cursor, salt="worklist")
    except BadSignature:
        raise BadCursor(cursor[:20]) from None
    if own_sort != sort:
        raise BadCursor(own_sort)
    return [_READ[name](value) for name, value in zip(SORTS[sort], values, strict=True)]


_READ: dict[str, Any] = {
    "received_on": date.fromisoformat,
    "changed_at": datetime.fromisoformat,
    "urgency": int,
    "id": UUID,
}
