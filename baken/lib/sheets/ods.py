"""Reads a register from an ODS spreadsheet (OpenDocument 1.0-1.4).

Not through odfpy, which builds the whole document as objects: 250,000 rows are gigabytes.
"Repeated" cells and rows, with which ODS fills a sheet to its edges, are never expanded.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from html import unescape

from baken.lib.sheets.archive import Archive
from baken.lib.sheets.cells import Cell, Formula, RawRow, column_letter, iso_date, number_text
from baken.lib.sheets.errors import CellTooLong, MergedCells, PasswordProtected, TooManyColumns
from baken.lib.sheets.markup import Attributes, Markup
from baken.lib.sheets.sheet import MB, Kind, Limits

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0|"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0|"
NAME = re.compile(rb'<table:table\s[^<>]*?table:name="([^"<]{0,300})"')
BOOLEANS = {"true": "WAAR", "false": "ONWAAR"}


class OdsSource:
    """The first table of a spreadsheet."""

    kind = Kind.ODS

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self.limits = limits
        self.progress = 0.0
        self.archive = archive
        self._check_password()
        names = self._table_names()
        self.name = names[0] if names else ""
        self.other_names = tuple(names[1:])

    def raw_rows(self) -> Iterator[RawRow]:
        """The rows that hold a value; an equal row that is repeated is the same list each time."""
        rows = _Rows(self.limits)
        size = self.archive.size(CONTENT) or 1
        for _chunk in rows.markup.feed(self.archive, CONTENT):
            self.progress = rows.markup.bytes_read / size
            while rows.ready:
                number, times, cells = rows.ready.popleft()
                for offset in range(times):
                    yield number + offset, cells

    def _check_password(self) -> None:
        if "encrypted-package" in self.archive.names:
            raise PasswordProtected
        has_manifest = MANIFEST in self.archive.names
        # Searched, not parsed: OpenOffice put a DOCTYPE in it, which Markup refuses.
        manifest = b"".join(self.archive.chunks(MANIFEST, MB)) if has_manifest else b""
        if b"encryption-data" in manifest:
            raise PasswordProtected

    def _table_names(self) -> list[str]:
        """Names of the tables, only to show; found without parsing, which takes far longer."""
        names: dict[str, None] = {}
        tail = b""
        for chunk in self.archive.chunks(CONTENT):
            for found in NAME.finditer(tail + chunk):
                names[unescape(found[1].decode("utf-8", "replace"))] = None
            tail = chunk[-400:]
        return list(names)[:1000]


class _Rows:
    """Handlers that turn the elements of a table into rows."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        #: First number, how many times, cells.
        self.ready: deque[tuple[int, int, list[Cell]]] = deque()
        self.number = 1
        self.times = 1
        self.tables = 0
        self.column = 0
        self.cells: list[Cell] = []
        self.attributes: Attributes = {}
        self.cell_depth = 0
        self.paragraph_depth = 0
        self.paragraphs = 0
        self.parts: list[str] = []
        self.length = 0
        starts = {
            "table": self.table,
            "table-row": self.row,
            "table-cell": self.cell,
            "covered-table-cell": self.cell,
            "p": self.paragraph,
            "s": self.spaces,
            "tab": self.tab,
            "line-break": self.line_break,
        }
        ends = {
            "table": self.end_table,
            "table-row": self.end_row,
            "table-cell": self.end_cell,
            "covered-table-cell": self.end_cell,
            "p": self.end_paragraph,
        }
        self.markup = Markup(starts, ends, self.characters)

    def table(self, _attributes: Attributes) -> None:
        self.tables += 1

    def end_table(self) -> None:
        self.tables -= 1
        self.markup.is_done = self.tables == 0

    def row(self, attributes: Attributes) -> None:
        self.times = max(1, int(attributes.get(TABLE + "number-rows-repeated", 1)))
        self.column = 0
        self.cells = []

    def end_row(self) -> None:
        if self.tables == 1 and not self.markup.is_done:
            if self.cells:
                self.ready.append((self.number, self.times, self.cells))
            self.number += self.times
            self.cells = []

    def cell(self, attributes: Attributes) -> None:
        if self.tables != 1 or self.markup.is_done:  # a table inside a cell, or tracked changes
            return
        self.attributes = attributes
        self.cell_depth = self.markup.depth
        self.parts, self.length, self.paragraphs = [], 0, 0
        self._check_merged(attributes)

    def end_cell(self) -> None:
        if not self.cell_depth:
            return
        self.cell_depth = 0
        times = max(1, int(self.attributes.get(TABLE + "number-columns-repeated", 1)))
        value = self._value()
        if value is not None:
            if self.column + times > self.limits.columns:
                raise TooManyColumns(row=self.number, limit=self.limits.columns)
            self.cells += [None] * (self.column - len(self.cells)) + [value] * times
        self.column += times

    def paragraph(self, _attributes: Attributes) -> None:
        # Only directly in the cell: a comment or a drawing in it has paragraphs as well.
        if self.cell_depth and self.markup.depth == self.cell_depth + 1:
            self.paragraph_depth = self.markup.depth
            if self.paragraphs:
                self.characters("\n")
            self.paragraphs += 1

    def end_paragraph(self) -> None:
        if self.markup.depth + 1 == self.paragraph_depth:
            self.paragraph_depth = 0

    def spaces(self, attributes: Attributes) -> None:
        times = int(attributes.get(TEXT + "c", 1))
        self.characters(" " * min(times, self.limits.cell_chars + 1))

    def tab(self, _attributes: Attributes) -> None:
        self.characters("\t")

    def line_break(self, _attributes: Attributes) -> None:
        self.characters("\n")

    def characters(self, data: str) -> None:
        if self.paragraph_depth:
            self.parts.append(data)
            self.length += len(data)
            if self.length > self.limits.cell_chars:
                raise self._too_long()

    def _too_long(self) -> CellTooLong:
        column = column_letter(self.column + 1)
        return CellTooLong(row=self.number, column=column, limit=self.limits.cell_chars)

    def _check_merged(self, attributes: Attributes) -> None:
        wide = int(attributes.get(TABLE + "number-columns-spanned", 1))
        high = int(attributes.get(TABLE + "number-rows-spanned", 1))
        if wide > 1 or high > 1:
            column = column_letter(self.column + 1)
            last = column_letter(min(self.column + wide, 1 << 14))
            cells = f"{column}{self.number}:{last}{self.number + high - 1}"
            raise MergedCells(row=self.number, column=column, cells=cells)

    def _value(self) -> Cell:
        attributes = self.attributes
        if calculation := attributes.get(TABLE + "formula"):
            start = max(calculation.find("="), 0)  # after the language, as in "of:=SUM([.A1])"
            return Formula(calculation[start:][: self.limits.cell_chars])
        text = "".join(self.parts)
        match attributes.get(OFFICE + "value-type"):
            case "float" | "percentage" | "currency":
                return self._short(number_text(attributes.get(OFFICE + "value", text)))
            case "date":
                return iso_date(attributes.get(OFFICE + "date-value", "")) or text or None
            case "boolean":
                return BOOLEANS.get(attributes.get(OFFICE + "boolean-value", ""), text)
            case "string":
                return self._short(attributes.get(OFFICE + "string-value", text)) or None
        return text or None

    def _short(self, text: str) -> str:
        if len(text) > self.limits.cell_chars:
            raise self._too_long()
        return text
