"""From checked rows to columns of the tables: pure, in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import uuid4

from baken.casework.imports.checking import Plan
from baken.casework.imports.columns import FACT_FIELDS, FIELDS, SUBJECT_FIELDS
from baken.casework.imports.values import Value
from baken.casework.rules.answers import SubjectAnswer
from baken.casework.rules.kinds import (
    PRESUMED_VICTIM,
    WITHOUT_PEOPLE,
    concerns_several,
)
from baken.casework.states import Anonymity, Kind, State, Urgency
from baken.lib.dates import PartialDate

Row = tuple[Value | bool, ...]
Column = list[str | None]

# What a line about one presumed victim says about the registration, where nobody said it outright.
_ONE_VICTIM = str(concerns_several([SubjectAnswer(role=PRESUMED_VICTIM)]))
# Columns that are text and never NULL.
_NEVER_NULL = (
    *("origin", "reporter_is_professional", "anonymity", "external_number"),
    *("concerns_minor", "concerns_several"),
)


@dataclass(frozen=True)
class Batch:
    """Rows of each table by column: `registrations` has one value per registration; the parts name
    theirs by id."""

    registrations: dict[str, Column]
    classifications: dict[str, Column]
    facts: dict[str, Column]
    subjects: dict[str, Column]

    @property
    def size(self) -> int:
        return len(self.registrations["id"])


def batches(
    rows: Sequence[Row], plan: Plan, numbers: Sequence[str], *, year: int, size: int = 5000
) -> Iterator[Batch]:
    """The rows as batches for the database, each with one of the new public numbers. What was received
    before `year` is closed.

    Ids are random but ascend: the database then adds to the end of its indexes, which is a fifth faster.
    """
    ids: Column = [*sorted(str(uuid4()) for _ in rows)]
    for start in range(0, len(rows), size):
        end = start + size
        yield _batch(rows[start:end], plan, ids[start:end], numbers[start:end], year)


def _batch(
    rows: Sequence[Row], plan: Plan, ids: Column, numbers: Sequence[str], year: int
) -> Batch:
    given: dict[str, Sequence[object]] = dict(
        zip((*plan.names, "has_victim", "minor"), zip(*rows, strict=True), strict=True)
    )
    plain = _plain(given, plan, len(rows))
    return Batch(
        registrations={
            "id": ids,
            "number": list(numbers),
            **_dates(given["received"], year),
            **plain,
            "primary_form": [main_form(form) for form in _forms(given, plan, len(rows))],
        },
        classifications=_classifications(ids, given, plan),
        facts=_facts(ids, given, plan),
        subjects=_subjects(ids, given, plain),
    )


def _dates(received: Sequence[object], year: int) -> dict[str, Column]:
    days = [day for day in received if isinstance(day, PartialDate)]
    return {
        "received_on": [str(each.day) for each in days],
        "received_precision": [each.precision.value for each in days],
        "state": [State.CLOSED if each.day.year < year else State.NEW for each in days],
    }


def _plain(given: dict[str, Sequence[object]], plan: Plan, count: int) -> dict[str, Column]:
    """Columns that hold one code, place or number each."""
    skipped = {"received", "primary_form", "certainty", *FACT_FIELDS, *SUBJECT_FIELDS}
    columns: dict[str, Column] = {}
    for name in FIELDS:
        if name in skipped:
            continue
        empty = "" if name in _NEVER_NULL else None
        if name == "urgency":
            empty = str(Urgency.NORMAL.value)
        default = plan.defaults.get(name) or empty
        values = given.get(name)
        if values is None:
            columns[name] = [_text(default)] * count
        else:
            columns[name] = [_text(value or empty) for value in values]
    _follow_people(columns, given["has_victim"], given["minor"])
    return columns


def _follow_people(
    columns: dict[str, Column], has_victim: Sequence[object], minor: Sequence[object]
) -> None:
    """What `rules.kinds` decides: an age band says whether a minor is concerned, a question keeps nothing
    of people, and the reporter of an anonymous signal is unknown."""
    for at, kind in enumerate(columns["kind"]):
        if minor[at] and not columns["concerns_minor"][at]:
            columns["concerns_minor"][at] = str(minor[at])
        if has_victim[at] and not columns["concerns_several"][at]:
            columns["concerns_several"][at] = _ONE_VICTIM
        if kind == Kind.QUESTION:
            columns["concerns_minor"][at] = columns["concerns_several"][at] = ""
        elif kind == Kind.ANONYMOUS_SIGNAL:
            columns["anonymity"][at] = Anonymity.UNKNOWN.value


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _forms(given: dict[str, Sequence[object]], plan: Plan, count: int) -> Sequence[object]:
    return given.get("primary_form", (plan.defaults.get("primary_form"),) * count)


def main_form(form: object) -> str | None:
    """The form a sub-form belongs to: ``form.SEX.HOTEL`` → ``form.SEX``."""
    return ".".join(str(form).split(".", 2)[:2]) if form else None


def _classifications(
    ids: Column, given: dict[str, Sequence[object]], plan: Plan
) -> dict[str, Column]:
    """The form of a row, and its main form when it is a sub-form."""
    forms = _forms(given, plan, len(ids))
    default = plan.defaults.get("certainty")
    certainties = given.get("certainty", (default,) * len(ids))
    triples = [
        (key, each, certainty)
        for key, form, certainty in zip(ids, forms, certainties, strict=True)
        if form
        for each in dict.fromkeys((main_form(form), form))
    ]
    return _columns(("registration", "form", "certainty"), triples)


def _facts(ids: Column, given: dict[str, Sequence[object]], plan: Plan) -> dict[str, Column]:
    pairs = [
        (key, entry)
        for name in FACT_FIELDS
        for key, entries in zip(ids, given.get(name, ()), strict=False)
        for entry in entries  # type: ignore[attr-defined]
    ]
    return _columns(("registration", "entry"), pairs)


def _subjects(
    ids: Column, given: dict[str, Sequence[object]], plain: dict[str, Column]
) -> dict[str, Column]:
    """The one presumed victim of a line that says anything about one. "Betreft minderjarige" is then about
    this person."""
    nothing = (None,) * len(ids)
    known = [given.get(name, nothing) for name in SUBJECT_FIELDS]
    people = [
        (key, minor, *facts)
        for key, kind, has_victim, minor, *facts in zip(
            ids, plain["kind"], given["has_victim"], plain["concerns_minor"], *known, strict=True
        )
        if has_victim and kind not in WITHOUT_PEOPLE
    ]
    return _columns(("registration", "minor_at_report", *SUBJECT_FIELDS), people)


def _columns(names: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> dict[str, Column]:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}
