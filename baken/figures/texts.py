"""A table as plain text: comma-separated, and for a terminal."""

import csv
import io
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from baken.figures.sentences import sentences_of
from baken.figures.tables import FigureTable

NONE = "-"


def as_csv(table: FigureTable) -> str:
    """First column `row`, then the years; a dash where there were none."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["row", *table.years])
    for label, values in _lines(table):
        writer.writerow([label, *values])
    return buffer.getvalue()


def as_text(table: FigureTable) -> str:
    """The table with aligned columns, what must stand under it, and its sentences."""
    parts = [_head(table), _grid(table), sentences_of(table), table.notes]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def moment(at: datetime) -> str:
    """A reference date as it is shown, to the minute, in the time of the Netherlands."""
    return date_format(localtime(at), "j F Y H:i")


def internal_mark() -> str:
    return _("intern, niet publiceren")


def _head(table: FigureTable) -> list[str]:
    where = f"{table.title} · {table.region} · {table.period}"
    return [f"{where} · {internal_mark()}", f"{table.unit} · {reference_line(table)}"]


def reference_line(table: FigureTable) -> str:
    return _("peildatum %(moment)s · definitie %(slug)s versie %(version)s") % {
        "moment": moment(table.reference_at),
        "slug": table.slug,
        "version": table.version,
    }


def _lines(table: FigureTable) -> list[tuple[str, list[str]]]:
    return [(row.label, [str(n) if n else NONE for n in row.values]) for row in table.all_rows]


def _grid(table: FigureTable) -> list[str]:
    lines = [("", [str(year) for year in table.years]), *_lines(table)]
    label_width = max(len(label) for label, _values in lines)
    width = max(len(value) for _label, values in lines for value in values)
    return [
        label.ljust(label_width) + "".join(value.rjust(width + 2) for value in values)
        for label, values in lines
    ]
