"""Which texts stand in the columns that hold codes, so that somebody can say what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from baken.casework.imports.columns import FIELDS, Holds
from baken.casework.imports.mapping import BadMapping, ColumnMapping, fold
from baken.casework.imports.values import NO_MUNICIPALITY, parts_of
from baken.casework.imports.wording import CHECKING
from baken.lib.sheets import Sheet
from baken.organisations.interface import municipality_by_text

MOST_TEXTS = 150
LONGEST_TEXT = 80
TELL_EVERY = 1024


class NotAList(BadMapping):
    """A column with so many or such long texts holds no codes, and perhaps people."""

    message: ClassVar = _(
        "De kolom '%(header)s' heeft te veel verschillende of te lange teksten voor '%(field)s'. "
        "Kies een andere kolom, of geen."
    )


def distinct_values(
    sheet: Sheet, mapping: ColumnMapping, *, tell: Callable[[str, int], None]
) -> dict[str, list[tuple[str, int]]]:
    """Field → its texts with the number of rows, most first. Municipalities that are called what they are
    called are left out. Formulas and dates are for the check to refuse.

    Raises `NotAList`, and an `UnreadableSheet` at the first row that cannot be read.
    """
    positions = mapping.positions(sheet.columns)
    counters = {name: Counter[str]() for name in positions if FIELDS[name].has_codes}
    for count, (_number, cells) in enumerate(sheet.rows(), 1):
        for name, counter in counters.items():
            cell = cells[positions[name]]
            if isinstance(cell, str):
                counter[cell] += 1
        if not count % TELL_EVERY:
            tell(CHECKING, count)
            _check(counters, mapping)
    return {name: _texts(name, counter, mapping) for name, counter in counters.items()}


def _check(counters: dict[str, Counter[str]], mapping: ColumnMapping) -> None:
    """Stop early: a column of names must not fill the memory."""
    for name, counter in counters.items():
        if len(counter) > 100 * MOST_TEXTS:
            raise NotAList(header=mapping.columns[name], field=FIELDS[name].label)


def _texts(name: str, cells: Counter[str], mapping: ColumnMapping) -> list[tuple[str, int]]:
    """The same text in another case or with more spaces is the same text."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for cell, count in cells.items():
        parts = parts_of(cell) if FIELDS[name].holds == Holds.CODES else [cell]
        for part in parts:
            if fold(part) and not _is_known_place(name, part):
                counts[fold(part)] += count
                shown.setdefault(fold(part), " ".join(part.split()))
    if len(counts) > MOST_TEXTS or any(len(text) > LONGEST_TEXT for text in counts):
        raise NotAList(header=mapping.columns[name], field=FIELDS[name].label)
    return [(shown[text], count) for text, count in counts.most_common()]


def _is_known_place(name: str, text: str) -> bool:
    if FIELDS[name].holds != Holds.PLACE:
        return False
    return municipality_by_text(text) not in {None, *NO_MUNICIPALITY}
