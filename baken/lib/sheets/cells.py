"""What one cell can hold, and how spreadsheet values become it.

A cell is a text, a date, a formula, an error value, or None when it is empty. Numbers become
text as a person would type them ("2023", not "2023.0"): registers count nothing with them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


@dataclass(frozen=True)
class Formula:
    """A calculation, not a value: what it would show depends on who opens the file."""

    text: str


@dataclass(frozen=True)
class SheetError:
    """The result of a failed calculation, such as ``#N/B`` or ``#REF!``."""

    text: str


Cell = str | date | Formula | SheetError | None


class Row(NamedTuple):
    """A filled row; ``number`` counts from 1, as the spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]


RawRow = tuple[int, list[Cell]]

# First characters of a CSV cell that need a closer look; "" is the first of an empty cell.
SUSPECT = frozenset({"", "=", "+", "-", "@", "#"})

# Excel writes these into CSV in the language of its user.
ERROR_VALUES = frozenset(
    [
        "#N/B",
        "#N/A",
        "#REF!",
        "#VERW!",
        "#WAARDE!",
        "#VALUE!",
        "#DEEL/0!",
        "#DIV/0!",
        "#NAAM?",
        "#NAME?",
        "#GETAL!",
        "#NUM!",
        "#LEEG!",
        "#NULL!",
        "#SPILL!",
        "#OVERLOOP!",
        "#CALC!",
        "#BEREKENEN!",
    ]
)

# "+31612345678", "-5" and "- geen" are values; a call, a cell or a DDE link is a calculation.
FORMULA = re.compile(
    r"=\s*\S | [+\-@][+\-@]*(?: \$?[A-Za-z]{1,3}\$?\d+ (?!\w) | [\w.]+\( | [^\s|]*\|.*! )",
    re.VERBOSE,
)

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def mark(text: str) -> Cell:
    """A text cell of a CSV file whose first character is in ``SUSPECT``."""
    if not text:
        return None
    if text in ERROR_VALUES:
        return SheetError(text)
    return Formula(text) if FORMULA.match(text) else text


def is_blank(cell: Cell) -> bool:
    """Nothing is visible in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def number_text(text: str) -> str:
    """A number as XML writes it ("2.023E3"), as a person would type it ("2023")."""
    if text.isdigit():
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return str(int(value)) if value.is_integer() else repr(value)


def excel_text(text: str) -> str:
    """Excel writes a character that XML forbids as ``_x000D_``; those are dropped."""
    return ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if code == ord("_"):
        return "_"
    return "" if code < ord(" ") else found[0]


def serial_date(text: str, *, from_1904: bool) -> date | None:
    """The day of an Excel serial number, or None when it is only a time or out of range.

    Excel's 1900 system counts a 29 February 1900 that never was; serials before it shift by one.
    """
    try:
        serial = int(float(text))
        if from_1904:
            return date(1904, 1, 1) + timedelta(days=serial)
        if serial < 1:
            return None
        return date(1899, 12, 30 if serial > 60 else 31) + timedelta(days=serial)
    except (ValueError, OverflowError):
        return None


def iso_date(text: str) -> date | None:
    """The day of ``2023-05-01`` or ``2023-05-01T10:00:00``, or None."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def column_letter(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1000)
def column_number(letters: str) -> int:
    """A is 1, AA is 27. ValueError when these are not letters."""
    if not (letters.isascii() and letters.isalpha()):
        raise ValueError(letters[:10])
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - 64
    return number
