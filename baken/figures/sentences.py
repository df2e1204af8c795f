"""Sentences about change, generated from a table and never typed.

A percentage names its base year and both counts. Published prose that did not, said "165% in four
years" where the table said 165% in one (newsletter RIEC Midden-Nederland 2024-1).
"""

from django.utils.translation import gettext as _

from baken.figures.tables import FigureTable, Row

# Below this a percentage says more about chance than about change.
SMALL_BASE = 10
MINUS = "−"


def sentences_of(table: FigureTable) -> tuple[str, ...]:
    """One per row: the change in the last year, and over the whole period if that is longer."""
    return tuple(_sentence(row, table) for row in table.all_rows)


def _sentence(row: Row, table: FigureTable) -> str:
    label = row.label[:1].lower() + row.label[1:]
    counts = dict(zip(table.years, row.values, strict=True))
    running = table.running_year
    over = [year for year in table.years if running is None or year < running]
    parts = [*_changes(counts, over), *_so_far(counts, running)]
    return f"{label}: {'; '.join(parts)}"


def _changes(counts: dict[int, int], years: list[int]) -> list[str]:
    """Between years that are over: part of a year cannot be compared with a whole one."""
    if len(years) < 2:
        return [_("%(count)s in %(year)s") % {"count": counts[y], "year": y} for y in years]
    first, before, last = years[0], years[-2], years[-1]
    bases = [before] if first == before else [before, first]
    return [_change(base, counts[base], last, counts[last]) for base in bases]


def _so_far(counts: dict[int, int], running: int | None) -> list[str]:
    if running is None:
        return []
    return [
        _("%(count)s in %(year)s tot de peildatum") % {"count": counts[running], "year": running}
    ]


def _change(base_year: int, base: int, year: int, count: int) -> str:
    text = _("van %(base)s in %(base_year)s naar %(count)s in %(year)s") % {
        "base": base,
        "base_year": base_year,
        "count": count,
        "year": year,
    }
    if base == 0:
        return text
    small = [_("klein aantal")] if base < SMALL_BASE else []
    return f"{text} ({', '.join([percentage(base, count), *small])})"


def percentage(base: int, count: int) -> str:
    """The change from `base` (above zero) to `count` in whole per cents with its sign.

    Half away from zero, counted in whole numbers, so that it is the same everywhere.
    """
    change = count - base
    size = (2 * 100 * abs(change) + base) // (2 * base)
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return f"{sign}{size}%"
