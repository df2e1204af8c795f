"""A figure as the page shows it: table, drawing, sentences and what must stand under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from baken.facts.interface import Snapshot
from baken.figures.charts import Chart, chart_of
from baken.figures.exports import FORMATS
from baken.figures.exports.contents import grid
from baken.figures.sentences import sentences_of
from baken.figures.tables import FigureTable
from baken.figures.texts import internal_mark, reference_line


@dataclass(frozen=True)
class Download:
    url: str
    label: str


@dataclass(frozen=True)
class Section:
    """One figure, ready to print. `copy_text` is what goes along when somebody copies the text."""

    table: FigureTable
    chart: Chart
    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    foot: Sequence[str | int] | None
    sentences: Sequence[str]
    notes: Sequence[str]
    downloads: Sequence[Download]
    copy_text: str


def section_of(table: FigureTable, snapshot: Snapshot) -> Section:
    head, rows = grid(table)
    sentences = sentences_of(table)
    return Section(
        table=table,
        chart=chart_of(table),
        head=[_with_running(text, table) for text in head],
        rows=rows if table.total is None else rows[:-1],
        foot=None if table.total is None else rows[-1],
        sentences=sentences,
        notes=[_definition(table), _("Plaats: %(place)s.") % {"place": table.place}, *table.notes],
        downloads=_downloads(table, snapshot),
        copy_text=_copy_text(table, sentences),
    )


def permalink(table: FigureTable, snapshot: Snapshot) -> str:
    """An address that shows these numbers as long as the snapshot is kept."""
    return f"{reverse('figures:overview')}?{_choice(table, snapshot)}"


def _choice(table: FigureTable, snapshot: Snapshot) -> str:
    period = table.period
    return urlencode({"van": period.first, "tot": period.last, "peildatum": snapshot.pk})


def _downloads(table: FigureTable, snapshot: Snapshot) -> list[Download]:
    choice = _choice(table, snapshot)
    return [
        Download(f"{reverse('figures:file', args=[table.slug, each.extension])}?{choice}", label)
        for each in FORMATS
        for label in [each.extension.upper()]
    ]


def _with_running(head: str, table: FigureTable) -> str:
    if head != str(table.running_year):
        return head
    return _("%(year)s (loopt nog)") % {"year": head}


def _definition(table: FigureTable) -> str:
    return _("Definitie %(slug)s, versie %(version)s: %(text)s") % {
        "slug": table.slug,
        "version": table.version,
        "text": table.definition,
    }


def _copy_text(table: FigureTable, sentences: Sequence[str]) -> str:
    source = f"{table.title}, {table.region}, {table.period}. {reference_line(table)}"
    return "\n".join([*sentences, f"{source} · {internal_mark()}"])
