"""A figure as ODS."""

import io
import zipfile
from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from odf import dc, meta
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableColumnProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import P

from baken.figures.exports.contents import Value, grid, notes
from baken.figures.tables import FigureTable
from baken.figures.texts import internal_mark

_WIDTHS = {"label": "8cm", "year": "2cm", "text": "20cm"}
# The oldest moment a zip archive can hold: a clock inside the file would change its bytes.
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)


def as_ods(table: FigureTable) -> bytes:
    """The same snapshot gives the same bytes."""
    document = OpenDocumentSpreadsheet()
    document.meta.addElement(dc.Title(text=table.title))
    document.meta.addElement(dc.Language(text=get_language() or "nl"))
    document.meta.addElement(meta.Keyword(text=internal_mark()))
    columns = {name: _column_style(document, name) for name in _WIDTHS}
    bold = Style(name="vet", family="table-cell")
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    document.spreadsheet.addElement(_table_sheet(table, columns, bold))
    document.spreadsheet.addElement(_notes_sheet(table, columns))
    buffer = io.BytesIO()
    document.write(buffer)
    return without_clock(buffer.getvalue())


def without_clock(archive: bytes) -> bytes:
    """The same archive, with the same moment on every file in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            clean = zipfile.ZipInfo(entry.filename, _NO_MOMENT)
            clean.compress_type = entry.compress_type
            clean.external_attr = entry.external_attr
            new.writestr(clean, old.read(entry))
    return buffer.getvalue()


def _column_style(document: OpenDocumentSpreadsheet, name: str) -> Element:
    style = Style(name=f"kolom-{name}", family="table-column")
    style.addElement(TableColumnProperties(columnwidth=_WIDTHS[name]))
    document.automaticstyles.addElement(style)
    return style


def _table_sheet(table: FigureTable, columns: dict[str, Element], bold: Element) -> Element:
    head, rows = grid(table)
    sheet = Table(name=_("Tabel"))
    sheet.addElement(TableColumn(stylename=columns["label"]))
    sheet.addElement(TableColumn(stylename=columns["year"], numbercolumnsrepeated=len(head) - 1))
    header = TableHeaderRows()
    header.addElement(_row(head, bold))
    sheet.addElement(header)
    below: list[list[Value]] = [[""], [internal_mark()]]
    for row in rows + below:
        sheet.addElement(_row(row))
    return sheet


def _notes_sheet(table: FigureTable, columns: dict[str, Element]) -> Element:
    sheet = Table(name=_("Toelichting"))
    sheet.addElement(TableColumn(stylename=columns["label"]))
    sheet.addElement(TableColumn(stylename=columns["text"]))
    for pair in notes(table):
        sheet.addElement(_row(pair))
    return sheet


def _row(values: Sequence[Value], style: Element | None = None) -> Element:
    row = TableRow()
    for value in values:
        attributes = {"valuetype": "string"}
        if isinstance(value, int):
            attributes = {"valuetype": "float", "value": str(value)}
        cell = TableCell(**attributes, **({"stylename": style} if style else {}))
        cell.addElement(P(text=str(value)))
        row.addElement(cell)
    return row
