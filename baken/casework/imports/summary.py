"""What a register would become, as counts and codes: to show before and after importing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from baken.casework.imports.checking import Checked
from baken.casework.imports.rows import main_form
from baken.casework.imports.values import Value
from baken.casework.states import Kind
from baken.lib.dates import PartialDate

PREVIEW_ROWS = 20


@dataclass(frozen=True)
class Summary:
    """Counts over all good rows. Forms as stored (``form.SEX``), *leeg* as ""; `preview` holds the first
    rows in the order of `names`, dates as day and precision."""

    total: int
    kinds: dict[str, int]
    years: dict[str, dict[str, int]]  # year → kind → rows
    forms: dict[str, int]
    dropped: list[tuple[str, str, int]]  # kind, field, rows in which it falls away
    reports_without_form: int
    names: list[str]
    preview: list[list[Any]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Summary:
        return cls(**content)


def summary_of(checked: Checked) -> Summary:
    """Count the good rows of a register."""
    kinds: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    years: dict[str, Counter[str]] = {}
    without_form = 0
    for kind, year, form in _told(checked):
        kinds[kind] += 1
        forms[main_form(form) or ""] += 1
        years.setdefault(year, Counter())[kind] += 1
        without_form += kind == Kind.REPORT and not form
    return Summary(
        total=len(checked.rows),
        kinds={kind.value: kinds[kind.value] for kind in Kind if kinds[kind.value]},
        years={year: dict(years[year]) for year in sorted(years)},
        forms=dict(forms.most_common()),
        dropped=[(kind, name, n) for (kind, name), n in sorted(checked.dropped.items())],
        reports_without_form=without_form,
        names=list(checked.plan.names),
        preview=[
            [_plain(value) for value in row[: len(checked.plan.names)]]
            for row in checked.rows[:PREVIEW_ROWS]
        ],
    )


def _told(checked: Checked) -> Iterator[tuple[str, str, str]]:
    """Kind, year and form of every row; "" is *leeg*."""
    at = {name: checked.plan.index(name) for name in ("kind", "received", "primary_form")}
    defaults = checked.plan.defaults
    for row in checked.rows:
        kind, received, form = (
            defaults.get(name) if index is None else row[index] for name, index in at.items()
        )
        year = str(received.day.year) if isinstance(received, PartialDate) else ""
        yield str(kind), year, str(form or "")


def _plain(value: Value | bool) -> Any:
    if isinstance(value, PartialDate):
        return [value.day.isoformat(), value.precision.value]
    return list(value) if isinstance(value, tuple) else value
