"""A figure to take along: CSV, ODS and XLSX. The same snapshot gives the same bytes.

Both workbooks hold two sheets: the table alone, which programs and screen readers can use, and what
must go with it. Numbers are numbers and no cell is a formula.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import slugify

from baken.figures.exports.ods import as_ods
from baken.figures.exports.xlsx import as_xlsx
from baken.figures.tables import FigureTable
from baken.figures.texts import as_csv, internal_mark


class UnknownFormat(Exception):
    """Dit bestandsformaat bestaat niet."""


@dataclass(frozen=True)
class Format:
    """How a figure is written to a file of one kind."""

    extension: str
    content_type: str
    write: Callable[[FigureTable], bytes]

    def name_for(self, table: FigureTable) -> str:
        """Says by itself that the file is for inside."""
        years = f"{table.period.first}-{table.period.last}"
        parts = [table.slug, slugify(table.region), years, slugify(internal_mark())]
        return f"{'_'.join(parts)}.{self.extension}"


FORMATS = (
    Format("csv", "text/csv; charset=utf-8", lambda table: as_csv(table).encode()),
    Format("ods", "application/vnd.oasis.opendocument.spreadsheet", as_ods),
    Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
)


def format_of(extension: str) -> Format:
    """Raises `UnknownFormat`."""
    for each in FORMATS:
        if each.extension == extension:
            return each
    raise UnknownFormat(extension)
