"""A register as a header and rows, whatever file it came from.

The three readers (delimited, xlsx, ods) only deliver numbered raw rows. Everything that is true
of a register in any format is decided here, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from baken.lib.sheets.cells import Cell, RawRow, Row, column_letter, is_blank
from baken.lib.sheets.errors import (
    DuplicateColumn,
    EmptyFile,
    HeaderTwice,
    NamelessColumn,
    NoHeader,
    OnlyHeader,
    RowTooWide,
    TooManyColumns,
    TooManyRows,
)

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How much we read. Memory stays under 500 MB for every file within these."""

    file_bytes: int = 50 * MB
    unpacked_bytes: int = 200 * MB
    #: The texts of an XLSX stand in one list that has to be in memory.
    shared_text_bytes: int = 50 * MB
    #: Honest ODS registers, full of equal rows, come to 150; a bomb to 1,000.
    ratio: int = 400
    columns: int = 200
    rows: int = 250_000
    cell_chars: int = 2_000


class Kind(StrEnum):
    """The kinds of file we read."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


class Source(Protocol):
    """A reader of one kind of file."""

    kind: Kind
    #: The name of the sheet that is read, empty for CSV.
    name: str
    #: Names of the sheets that are not read.
    other_names: tuple[str, ...]
    #: How far the last ``raw_rows`` is, from 0 to 1.
    progress: float

    def raw_rows(self) -> Iterator[RawRow]:
        """The rows from the first on; may leave out empty ones but never renumbers."""


class Sheet:
    """A register whose header has been read and checked; ``rows`` reads the rest."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.header_row, self.columns = self._read_header()

    @property
    def kind(self) -> Kind:
        """CSV, XLSX or ODS."""
        return self.source.kind

    @property
    def name(self) -> str:
        """The sheet that is read; empty for CSV."""
        return self.source.name

    @property
    def other_names(self) -> tuple[str, ...]:
        """Sheets in the same file that are not read: tell the user."""
        return self.source.other_names

    @property
    def progress(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return self.source.progress

    def rows(self) -> Iterator[Row]:
        """The filled rows under the header, each as wide as ``columns``; can be called again.

        Raises an ``UnreadableSheet`` at the first row that makes the file unusable.
        """
        width = len(self.columns)
        names = list(self.columns)
        filled = 0
        for number, cells in self.source.raw_rows():
            if number <= self.header_row:
                continue
            if is_blank(cells[0] if cells else None) and all(map(is_blank, cells)):
                continue
            if len(cells) != width:
                cells = self._fit(number, cells)
            if cells[0] == names[0] and _names(cells) == names:
                raise HeaderTwice(row=number)
            filled += 1
            if filled > self.limits.rows:
                raise TooManyRows(row=number, limit=self.limits.rows)
            yield Row(number, tuple(cells))
        if not filled:
            raise OnlyHeader(row=self.header_row)

    def _fit(self, number: int, cells: list[Cell]) -> list[Cell]:
        """A spreadsheet leaves out empty cells at the end; anything more is an error."""
        width = len(self.columns)
        for position, cell in enumerate(cells[width:], width + 1):
            if not is_blank(cell):
                raise RowTooWide(row=number, column=column_letter(position))
        return cells[:width] + [None] * (width - len(cells))

    def _read_header(self) -> tuple[int, tuple[str, ...]]:
        for number, cells in self.source.raw_rows():
            if not all(map(is_blank, cells)):
                return number, tuple(_header(number, cells, self.limits))
        raise EmptyFile


def _header(number: int, cells: list[Cell], limits: Limits) -> list[str]:
    while is_blank(cells[-1]):
        cells = cells[:-1]
    if len(cells) > limits.columns:
        raise TooManyColumns(row=number, limit=limits.columns)
    for position, cell in enumerate(cells, 1):
        if is_blank(cell):
            raise NamelessColumn(row=number, column=column_letter(position))
        if not _is_name(cell):
            raise NoHeader(row=number, column=column_letter(position))
    names = _names(cells)
    _check_unique(number, names)
    return names


def _is_name(cell: Cell) -> bool:
    """A name has a letter in it; a date, a formula and an error value are values."""
    return isinstance(cell, str) and re.search(r"[^\W\d_]", cell) is not None


def _names(cells: list[Cell]) -> list[str]:
    """Names on one line: spreadsheets break long names over several."""
    return [" ".join(cell.split()) if isinstance(cell, str) else _shown(cell) for cell in cells]


def _shown(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else ""


def _check_unique(number: int, names: list[str]) -> None:
    seen: dict[str, int] = {}
    for position, name in enumerate(names, 1):
        first = seen.setdefault(name.casefold(), position)
        if first != position:
            raise DuplicateColumn(
                row=number,
                column=column_letter(position),
                first=column_letter(first),
                name=name,
            )
