"""A figure as XLSX. The table is a real table object: screen readers announce its headers."""

import io
from datetime import UTC

import xlsxwriter
from django.utils.translation import gettext as _

from baken.figures.exports.contents import grid, notes
from baken.figures.tables import FigureTable
from baken.figures.texts import internal_mark

_LABEL_WIDTH, _YEAR_WIDTH, _TEXT_WIDTH = 34, 9, 90


def as_xlsx(table: FigureTable) -> bytes:
    """Its only moment is the reference date, so that the same snapshot gives the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    created = table.reference_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": table.title, "status": internal_mark(), "created": created})
    _table_sheet(book, table)
    _notes_sheet(book, table)
    book.close()
    return buffer.getvalue()


def _table_sheet(book: xlsxwriter.Workbook, table: FigureTable) -> None:
    head, rows = grid(table)
    sheet = book.add_worksheet(_("Tabel"))
    options = {
        "name": "".join(part.capitalize() for part in table.slug.split("-")),
        "columns": [{"header": text} for text in head],
        "data": rows,
        "autofilter": False,
        "first_column": True,
    }
    sheet.add_table(0, 0, len(rows), len(head) - 1, options)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, len(head) - 1, _YEAR_WIDTH)
    sheet.freeze_panes(1, 1)
    sheet.write_string(len(rows) + 2, 0, internal_mark())
    sheet.set_footer(f"&C{internal_mark()}")


def _notes_sheet(book: xlsxwriter.Workbook, table: FigureTable) -> None:
    sheet = book.add_worksheet(_("Toelichting"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, (name, text) in enumerate(notes(table)):
        sheet.write_string(number, 0, name, wrapped)
        sheet.write_string(number, 1, text, wrapped)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 1, _TEXT_WIDTH)
