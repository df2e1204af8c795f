"""A figure as a table: cells with a status, and everything that must stand under it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from baken.figures.measures import Count, Measure
from baken.figures.notes import notes_of
from baken.figures.periods import Period
from baken.figures.states import ADVICE, EMPTY, REPORT, TOTAL, CellStatus

# Always shown, also when there were none, so that tables of years and regions can be compared.
MAIN_FORMS = ("LAB", "CRIM", "SEX")
NOT_AN_ANSWER = ("UNK", "NVS", "NVT")

# A legal year ends in Europe/Amsterdam.
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Frozen:
    """What a snapshot says about itself."""

    region: str
    reference_at: datetime
    schema_version: int


@dataclass(frozen=True)
class Cell:
    value: int
    status: CellStatus


@dataclass(frozen=True)
class Row:
    code: str
    label: str
    cells: tuple[Cell, ...]

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(cell.value for cell in self.cells)


@dataclass(frozen=True)
class FigureTable:
    """One figure, counted in one snapshot. Texts are in the language it was made in.

    `rows` are in the order of the page, without the total; `total` is None where rows do not add
    up. `running_year` is the year that was not over at the reference date, if it is shown.
    """

    slug: str
    title: str
    row_title: str
    unit: str
    place: str
    definition: str
    version: int
    schema_version: int
    region: str
    reference_at: datetime
    period: Period
    rows: tuple[Row, ...]
    total: Row | None
    running_year: int | None
    notes: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return self.period.years

    @property
    def all_rows(self) -> tuple[Row, ...]:
        return self.rows if self.total is None else (*self.rows, self.total)


def table_of(
    measure: Measure,
    counts: Iterable[Count],
    *,
    period: Period,
    frozen: Frozen,
    labels: Mapping[str, str],
) -> FigureTable:
    """Lay the counts of a measure out as a table. `labels` are those of the code list `form`."""
    counts = list(counts)
    this_year = frozen.reference_at.astimezone(_AMSTERDAM).year
    cells = cells_of(measure, counts)
    rows = tuple(
        _row(code, label, [cells[code, year] for year in period.years], period, this_year)
        for code, label in _lines(measure, cells, labels)
    )
    total = _total(rows, period, this_year) if measure.adds_up else None
    running_year = this_year if this_year in period.years else None
    return FigureTable(
        slug=measure.slug,
        title=str(measure.title),
        row_title=str(measure.row_title),
        unit=str(measure.unit),
        place=str(measure.place),
        definition=str(measure.definition),
        version=measure.version,
        schema_version=frozen.schema_version,
        region=frozen.region,
        reference_at=frozen.reference_at,
        period=period,
        rows=rows,
        total=total,
        running_year=running_year,
        notes=notes_of(measure, counts, running_year),
    )


def cells_of(measure: Measure, counts: Iterable[Count]) -> Counter[tuple[str, int]]:
    """Counts per row and year, of the kinds that the measure counts, where the year is known."""
    cells: Counter[tuple[str, int]] = Counter()
    for count in counts:
        if count["kind"] in measure.counted and count["year"] is not None:
            cells[count[measure.rows_from] or EMPTY, int(count["year"])] += int(count["n"])
    return cells


def _lines(
    measure: Measure, cells: Mapping[tuple[str, int], int], labels: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The rows in order, as code and label."""
    if measure.rows_from == "kind":
        return [(REPORT, _("Aantal meldingen")), (ADVICE, _("Aantal adviezen"))]
    present = {code for code, _year in cells}
    others = present.difference(MAIN_FORMS, NOT_AN_ANSWER, [EMPTY])
    named = {code: labels.get(code, code) for code in (*MAIN_FORMS, *others, *NOT_AN_ANSWER)}
    order = [
        *MAIN_FORMS,
        *sorted(others, key=lambda code: (named[code].casefold(), code)),
        *(code for code in NOT_AN_ANSWER if code in present),
    ]
    return [*((code, named[code]) for code in order), (EMPTY, _("Leeg"))]


def _row(code: str, label: str, values: list[int], period: Period, this_year: int) -> Row:
    pairs = zip(values, period.years, strict=True)
    return Row(code, label, tuple(Cell(n, _status(n, year, this_year)) for n, year in pairs))


def _status(value: int, year: int, this_year: int) -> CellStatus:
    if year >= this_year:
        return CellStatus.PROVISIONAL
    return CellStatus.VALUE if value else CellStatus.ZERO


def _total(rows: tuple[Row, ...], period: Period, this_year: int) -> Row:
    columns = zip(*(row.values for row in rows), strict=True)
    return _row(TOTAL, _("Totaal"), [sum(column) for column in columns], period, this_year)
