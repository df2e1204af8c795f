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
    first, last = table.period.first, table.period.last
    if first == last:
        text = _("%(count)s in %(year)s") % {"count": counts[last], "year": last}
        return f"{label}: {text}"
    bases = (last - 1,) if first == last - 1 else (last - 1, first)
    running = table.running_year == last
    changes = (_change(counts[base], base, counts[last], last, running) for base in bases)
    return f"{label}: {'; '.join(changes)}"


def _change(base: int, base_year: int, count: int, year: int, running: bool) -> str:
    text = _("van %(base)s in %(base_year)s naar %(count)s in %(year)s") % {
        "base": base,
        "base_year": base_year,
        "count": count,
        "year": year,
    }
    if running:
        remark = _("%(year)s is nog niet voorbij") % {"year": year}
        return f"{text} ({remark})"
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
