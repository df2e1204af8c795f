"""Reads an uploaded register (CSV, XLSX, ODS) row by row in bounded memory.

Owns: recognising the file by its content, refusing bad files with a sentence that names row,
column and what to do. Does not own: what the columns mean, dates (``baken.lib.dates``), storage.

    sheet = open_sheet(path)
    for number, cells in sheet.rows():
        ...

Every refusal is an ``UnreadableSheet`` from ``open_sheet`` or from iterating ``rows``.
"""

from baken.lib.sheets.cells import Cell, Formula, Row, SheetError, column_letter
from baken.lib.sheets.detect import open_sheet
from baken.lib.sheets.errors import UnreadableSheet
from baken.lib.sheets.sheet import Kind, Limits, Sheet

__all__ = [
    "Cell",
    "Formula",
    "Kind",
    "Limits",
    "Row",
    "Sheet",
    "SheetError",
    "UnreadableSheet",
    "column_letter",
    "open_sheet",
]
