"""A table as a drawing: where every bar stands. The template only writes it down.

All coordinates are whole numbers, so that the drawing is the same in every language and everywhere.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from baken.figures.states import EMPTY
from baken.figures.tables import FigureTable, Row

WIDTH, HEIGHT = 560, 300
LEFT, RIGHT, TOP, BASELINE = 44, 550, 26, 266
PLOT_HEIGHT = BASELINE - TOP
MOST_TICKS = 5
TONES = 5  # series colours there are, besides grey
GREY = TONES + 1
HATCHES = 4  # plain, and three patterns that tell bars apart without colour
DIGIT_WIDTH = 8


@dataclass(frozen=True)
class Series:
    """One row of the table. `tone` and `hatch` together are its own, for up to twenty rows."""

    label: str
    tone: int
    hatch: int


@dataclass(frozen=True)
class Bar:
    series: Series
    x: int
    y: int
    width: int
    height: int
    middle: int
    value: int
    text: str  # what the bar says when pointed at


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: a number and its height, or a year and its middle."""

    at: int
    label: str


@dataclass(frozen=True)
class Chart:
    """Bars grouped by year, one for each row of the table."""

    id: str
    title: str
    description: str
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    numbers: tuple[Tick, ...]
    years: tuple[Tick, ...]
    shows_values: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    baseline: int = BASELINE


def chart_of(table: FigureTable) -> Chart:
    """The rows of the table without their total, which would make every other bar small."""
    series = series_of(table.rows)
    highest = max(max(row.values) for row in table.rows)
    ticks = ticks_up_to(highest)
    bars = _bars(table, series, ceiling=ticks[-1])
    room = min(bar.width for bar in bars)
    return Chart(
        id=f"grafiek-{table.slug}",
        title=f"{table.title}, {table.region}, {table.period}",
        description=_("Staafdiagram per jaar. De tabel geeft dezelfde getallen."),
        series=series,
        bars=bars,
        numbers=tuple(Tick(_height_at(n, ticks[-1]), str(n)) for n in ticks),
        years=_year_ticks(table),
        shows_values=room >= DIGIT_WIDTH * len(str(highest)) - 2,
    )


def series_of(rows: tuple[Row, ...]) -> tuple[Series, ...]:
    """Colours and patterns in the order of the rows; *leeg* is always plain grey."""
    named = [row for row in rows if row.code != EMPTY]
    looks = {row.code: (i % TONES + 1, i % HATCHES) for i, row in enumerate(named)}
    looks[EMPTY] = (GREY, 0)
    return tuple(Series(row.label, *looks[row.code]) for row in rows)


def ticks_up_to(highest: int) -> tuple[int, ...]:
    """Round numbers from zero to at least `highest`, one to five steps of 1, 2 or 5 times a power
    of ten."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            steps = max(1, -(-highest // step))
            if steps <= MOST_TICKS:
                return tuple(step * i for i in range(steps + 1))
        power *= 10


def _height_at(value: int, ceiling: int) -> int:
    return BASELINE - value * PLOT_HEIGHT // ceiling


def _group_width(table: FigureTable) -> int:
    return (RIGHT - LEFT) // len(table.years)


def _year_ticks(table: FigureTable) -> tuple[Tick, ...]:
    group = _group_width(table)
    every = -(-len(table.years) // 10)  # more than ten years do not fit beside each other
    return tuple(
        Tick(LEFT + group * i + group // 2, str(year))
        for i, year in enumerate(table.years)
        if i % every == 0
    )


def _bars(table: FigureTable, series: tuple[Series, ...], ceiling: int) -> tuple[Bar, ...]:
    group = _group_width(table)
    width = max(1, min(56, (group - group // 5) // len(series)))
    margin = (group - width * len(series)) // 2
    bars = []
    for i, year in enumerate(table.years):
        for j, row in enumerate(table.rows):
            x, y = LEFT + group * i + margin + width * j, _height_at(row.values[i], ceiling)
            bars.append(
                Bar(
                    series=series[j],
                    x=x,
                    y=y,
                    width=max(1, width - 2),
                    height=BASELINE - y,
                    middle=x + max(1, width - 2) // 2,
                    value=row.values[i],
                    text=f"{row.label}, {year}: {row.values[i]}",
                )
            )
    return tuple(bars)
