"""Reads a register from an XLSX workbook (ECMA-376), transitional or strict.

Not through openpyxl: its read-only mode builds each row as a tree (a row of a million cells is
over our memory), fills gaps with empty rows, and cannot see merged cells.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from baken.lib.sheets.archive import Archive
from baken.lib.sheets.cells import (
    Cell,
    Formula,
    RawRow,
    SheetError,
    column_letter,
    column_number,
    excel_text,
    iso_date,
    number_text,
    serial_date,
)
from baken.lib.sheets.errors import CellTooLong, MergedCells, TooManyColumns
from baken.lib.sheets.markup import Attributes, Markup
from baken.lib.sheets.sheet import Kind, Limits
from baken.lib.sheets.workbook import DAY, Workbook, read_workbook

# Merges stand behind the rows, too late to warn before a preview; escaped text never has "<".
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="(\$?([A-Z]{1,3})\$?([0-9]{1,7})[^"]{0,20})"')
BOOLEANS = {"1": "WAAR", "true": "WAAR", "0": "ONWAAR", "false": "ONWAAR"}


class XlsxSource:
    """The first visible sheet of a workbook."""

    kind = Kind.XLSX

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self.limits = limits
        self.progress = 0.0
        self.archive = archive
        self.workbook = read_workbook(self.archive, limits)
        self.name = self.workbook.name
        self.other_names = self.workbook.other_names
        self._check_merged()

    def raw_rows(self) -> Iterator[RawRow]:
        """The rows that hold a value."""
        rows = _Rows(self.workbook, self.limits)
        size = self.archive.size(self.workbook.part) or 1
        for _chunk in rows.markup.feed(self.archive, self.workbook.part):
            self.progress = rows.markup.bytes_read / size
            while rows.ready:
                yield rows.ready.popleft()

    def _check_merged(self) -> None:
        tail = b""
        for chunk in self.archive.chunks(self.workbook.part):
            if found := MERGE.search(tail + chunk):
                cells, column, row = (group.decode("ascii", "replace") for group in found.groups())
                raise MergedCells(row=int(row), column=column, cells=cells.replace("$", ""))
            tail = chunk[-200:]


class _Rows:
    """Handlers that turn the elements of a worksheet into rows."""

    def __init__(self, workbook: Workbook, limits: Limits) -> None:
        self.workbook = workbook
        self.limits = limits
        self.ready: deque[RawRow] = deque()
        self.number = 0
        self.column = 0
        self.cells: list[Cell] = []
        self.type = "n"
        self.style = ""
        self.parts: list[str] = []
        self.length = 0
        self.is_text = False
        self.is_phonetic = False
        self.is_formula = False
        self.calculation: str | None = None
        self.markup = Markup(
            {
                "row": self.row,
                "c": self.cell,
                "f": self.formula,
                "v": self.value,
                "t": self.text,
                "rPh": self.phonetic,
            },
            {
                "row": self.end_row,
                "c": self.end_cell,
                "f": self.end_formula,
                "v": self.end_value,
                "t": self.end_value,
                "rPh": self.end_phonetic,
                "sheetData": self.end_data,
            },
            self.characters,
        )

    def row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self.number = int(number) if number else self.number + 1
        self.column = 0
        self.cells = []

    def end_row(self) -> None:
        if self.cells:
            self.ready.append((self.number, self.cells))
        self.cells = []

    def cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        self.column = column_number(place.rstrip("0123456789")) if place else self.column + 1
        self.type = attributes.get("t", "n")
        self.style = attributes.get("s", "0")
        self.parts, self.length = [], 0
        self.calculation = None

    def end_cell(self) -> None:
        value = self._value()
        if value is None:
            return
        if self.column > self.limits.columns:
            raise TooManyColumns(row=self.number, limit=self.limits.columns)
        if isinstance(value, str) and len(value) > self.limits.cell_chars:
            raise self._too_long()
        while len(self.cells) < self.column:
            self.cells.append(None)
        self.cells[self.column - 1] = value

    def formula(self, _attributes: Attributes) -> None:
        self.is_formula = True
        self.calculation = "="

    def end_formula(self) -> None:
        self.is_formula = False

    def value(self, _attributes: Attributes) -> None:
        self.is_text = True

    def text(self, _attributes: Attributes) -> None:
        self.is_text = not self.is_phonetic

    def end_value(self) -> None:
        self.is_text = False

    def phonetic(self, _attributes: Attributes) -> None:
        self.is_phonetic = True

    def end_phonetic(self) -> None:
        self.is_phonetic = False

    def characters(self, data: str) -> None:
        if self.is_formula:
            self.calculation = ((self.calculation or "") + data)[: self.limits.cell_chars]
        elif self.is_text:
            self.parts.append(data)
            self.length += len(data)
            if self.length > self.limits.cell_chars:
                raise self._too_long()

    def end_data(self) -> None:
        self.markup.is_done = True

    def _too_long(self) -> CellTooLong:
        column = column_letter(self.column)
        return CellTooLong(row=self.number, column=column, limit=self.limits.cell_chars)

    def _value(self) -> Cell:
        if self.calculation is not None:
            return Formula(self.calculation)
        text = "".join(self.parts)
        if not text:
            return None
        match self.type:
            case "s":
                return self.workbook.texts[int(text)] or None
            case "n":
                return self._number(text)
            case "b":
                return BOOLEANS.get(text, text)
            case "e":
                return SheetError(text)
            case "d":
                return iso_date(text) or text
        return excel_text(text)

    def _number(self, text: str) -> Cell:
        if shape := self.workbook.date_styles.get(self.style):
            day = serial_date(text, from_1904=self.workbook.is_from_1904)
            if day is not None:
                return day if shape == DAY else day.strftime(shape)
        return number_text(text)
