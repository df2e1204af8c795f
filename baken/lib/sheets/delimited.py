"""Reads a register from a text file: semicolons, commas or tabs between the cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from baken.lib.sheets.cells import SUSPECT, RawRow, column_letter, mark
from baken.lib.sheets.encoding import find_encoding
from baken.lib.sheets.errors import CellTooLong, TooManyColumns, UnclosedQuote, UnknownSeparator
from baken.lib.sheets.sheet import Kind, Limits

SEPARATORS = ";,\t"
SAMPLE_CHARS = 65_536
EXCEL_HINT = re.compile(r"\ufeff?sep=(.)\r?\n")


class DelimitedSource:
    """A CSV file whose encoding and separator have been found."""

    kind = Kind.CSV
    name = ""
    other_names: tuple[str, ...] = ()

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.progress = 0.0
        self.encoding = find_encoding(path)
        with self._open() as file:
            sample = file.read(SAMPLE_CHARS)
        hint = EXCEL_HINT.match(sample)
        self.has_hint = hint is not None
        self.separator = hint[1] if hint else find_separator(sample)

    def raw_rows(self) -> Iterator[RawRow]:
        """Every record, empty ones too; ``sep=;`` on the first line is no row, as in Excel."""
        size = self.path.stat().st_size
        with self._open() as file:
            if self.has_hint:
                file.readline()
            lines = _Lines(file, self.limits)
            number = 0
            try:
                for number, record in enumerate(self._reader(lines), 1):
                    if lines.pending > self.limits.cell_chars:
                        self._check_length(number, record)
                    lines.pending = 0
                    if not number % 1024:
                        self.progress = file.buffer.tell() / size
                    yield number, [mark(c) if c[:1] in SUSPECT else c for c in record]
            except csv.Error as error:
                raise self._explain(number + 1, lines) from error
        self.progress = 1.0

    def _reader(self, lines: _Lines) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.separator, strict=True)

    def _open(self) -> TextIO:
        # newline="": csv decides what ends a row, so a line break in a quoted cell survives.
        return self.path.open(encoding=self.encoding, newline="")

    def _check_length(self, number: int, record: list[str]) -> None:
        while record and not record[-1]:  # Excel may write 16,384 columns, nearly all empty
            record.pop()
        if len(record) > self.limits.columns:
            raise TooManyColumns(row=number, limit=self.limits.columns)
        for position, text in enumerate(record, 1):
            if len(text) > self.limits.cell_chars:
                column = column_letter(position)
                raise CellTooLong(row=number, column=column, limit=self.limits.cell_chars)

    def _explain(self, number: int, lines: _Lines) -> Exception:
        """What csv could not read: too many cells, one endless cell, or a quotation mark."""
        if lines.line.count(self.separator) > self.limits.columns:
            return TooManyColumns(row=number, limit=self.limits.columns)
        if '"' not in lines.line and lines.pending == len(lines.line):
            column = column_letter(lines.line.count(self.separator) + 1)
            return CellTooLong(row=number, column=column, limit=self.limits.cell_chars)
        return UnclosedQuote(row=number)


class _Lines:
    """Lines of a file, refusing a record that could only be a mistake or an attack.

    csv collects a record until its quotes close: without this, one file of quoted line breaks
    becomes one list of millions. A record longer than all columns filled to the limit, each
    character doubled as a quotation mark is, cannot be right.
    """

    def __init__(self, file: TextIO, limits: Limits) -> None:
        self.file = file
        self.limit = limits.columns * (2 * limits.cell_chars + 3)
        self.line = ""
        #: Characters since the reader of the records last set this to 0.
        self.pending = 0

    def __iter__(self) -> Iterator[str]:
        readline, limit = self.file.readline, self.limit
        while line := readline(limit + 1):
            self.line = line
            self.pending += len(line)
            if self.pending > limit:
                raise csv.Error("record too long")
            yield line


def find_separator(sample: str) -> str:
    """The separator that divides most rows of the sample as it divides the first.

    A file of one column has none of the three. Raises UnknownSeparator.
    """
    if len(sample) == SAMPLE_CHARS:  # the last row may be cut
        sample = sample[: sample.rstrip("\r\n").rfind("\n") + 1] or sample
    widths = {separator: _widths(sample, separator) for separator in SEPARATORS}
    fitting = [s for s in SEPARATORS if _fits(list(widths[s].values()))]
    if fitting:
        return max(fitting, key=lambda s: _evenness(list(widths[s].values())))
    one_column = all(set(w.values()) <= {1} for w in widths.values())
    if one_column and "|" not in sample:
        return SEPARATORS[0]
    raise UnknownSeparator(row=_first_uneven(widths))


def _widths(sample: str, separator: str) -> dict[int, int]:
    """The number of cells of each filled row, by row number."""
    records = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    return {number: len(cells) for number, cells in enumerate(records, 1) if any(cells)}


def _fits(widths: list[int]) -> bool:
    return bool(widths) and widths[0] > 1 and 2 * widths.count(widths[0]) >= len(widths)


def _evenness(widths: list[int]) -> tuple[float, int]:
    return widths.count(widths[0]) / len(widths), widths[0]


def _first_uneven(widths: dict[str, dict[int, int]]) -> int:
    """The first row divided otherwise than row 1, by the separator that occurs most."""
    totals = Counter({s: sum(w.values()) for s, w in widths.items()})
    rows = widths[totals.most_common(1)[0][0]]
    first = next(iter(rows.values()))
    return next((number for number, width in rows.items() if width != first), 1)
