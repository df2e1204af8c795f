"""From one cell to one value. Every distinct cell of a column is judged once and remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from baken.casework.imports.columns import FIELDS, REQUIRED, Holds, RegisterField
from baken.casework.imports.mapping import fold
from baken.casework.rules.numbers import EXTERNAL_NUMBER
from baken.lib.dates import DateProblem, NotADate, PartialDate, parse_partial_date
from baken.lib.sheets import Cell, Formula, SheetError
from baken.organisations.interface import municipality_by_text
from baken.taxonomy.interface import NOT_APPLICABLE, UNKNOWN

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Separate several answers in one cell.
BETWEEN_CODES = re.compile("[;,]")
# Answers that a place can have but that no municipality is called; only a mapping gives them.
NO_MUNICIPALITY = frozenset({UNKNOWN, NOT_APPLICABLE, "ABR"})

Value = str | PartialDate | tuple[str, ...] | None


@dataclass(frozen=True)
class Bad:
    """A cell that cannot be registered, with what to do about it."""

    sentence: StrOrPromise


FORMULA = Bad(_("hier staat een formule. Zet er de uitkomst neer, als gewone waarde."))
ERROR_VALUE = Bad(_("hier staat de fout van een formule. Zet er de juiste waarde neer."))
DATE_INSTEAD = Bad(_("hier staat een datum. Zet er een gewone tekst neer."))
EMPTY = Bad(_("deze cel is leeg. Vul haar in: zonder kunnen we niet registreren."))
NO_DATE = Bad(
    _(
        "dit is geen datum. Schrijf de datum als 5-2-2023, of alleen de maand (02-2023) of het jaar (2023)."
    )
)
NO_NUMBER = Bad(
    _(
        "een nummer heeft minstens één cijfer, verder alleen letters en . / _ - (hoogstens 40 tekens), "
        "geen spaties."
    )
)
NO_CODE = Bad(
    _("deze waarde heeft nog geen code. Kies bij de waarden van deze kolom wat zij betekent.")
)
NO_PLACE = Bad(
    _(
        "deze gemeente kennen we niet. Verbeter de naam, of kies bij de waarden van deze kolom welke het is."
    )
)


class Reader(dict[Cell, Value | Bad]):
    """The values of the cells of one column: `reader[cell]`."""

    empty: Value = None

    def __init__(self, field: RegisterField) -> None:
        super().__init__()
        self.field = field

    def __missing__(self, cell: Cell) -> Value | Bad:
        value = self[cell] = self._judge(cell)
        return value

    def _judge(self, cell: Cell) -> Value | Bad:
        if isinstance(cell, Formula):
            return FORMULA
        if isinstance(cell, SheetError):
            return ERROR_VALUE
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return EMPTY if self.field.name in REQUIRED else self.empty
        return self.read(cell)

    def read(self, cell: str | date) -> Value | Bad:
        """The value of a filled cell."""
        raise NotImplementedError


class NumberReader(Reader):
    empty = ""

    def __missing__(self, cell: Cell) -> Value | Bad:
        return self._judge(cell)  # all different: remembering costs memory and saves nothing

    def read(self, cell: str | date) -> Value | Bad:
        if isinstance(cell, date):
            return DATE_INSTEAD
        text = cell.strip()
        return text if EXTERNAL_NUMBER.match(text) else NO_NUMBER


class DateReader(Reader):
    def __init__(self, field: RegisterField, today: date) -> None:
        super().__init__(field)
        self.today = today

    def read(self, cell: str | date) -> Value | Bad:
        try:
            return parse_partial_date(cell, today=self.today)
        except NotADate:
            return NO_DATE  # its own sentence repeats the text, which may be anything
        except DateProblem as problem:
            return Bad(str(problem))


class CodeReader(Reader):
    """One code per cell: what the mapping says, else the code itself."""

    def __init__(self, field: RegisterField, texts: Mapping[str, str]) -> None:
        super().__init__(field)
        self.texts = texts
        self.codes = field.codes()

    def read(self, cell: str | date) -> Value | Bad:
        if isinstance(cell, date):
            return DATE_INSTEAD
        code = self.code_of(cell)
        if code is None:
            return NO_PLACE if self.field.holds == Holds.PLACE else NO_CODE
        if code:
            return self.field.stored(code)
        return EMPTY if self.field.name in REQUIRED else None

    def code_of(self, text: str) -> str | None:
        """The code of a text, "" when it was left *leeg* on purpose, None when nobody said."""
        if (code := self.texts.get(fold(text))) is not None:
            return code
        if text.strip() in self.codes:
            return text.strip()
        if self.field.holds == Holds.PLACE:
            found = municipality_by_text(text)
            return found if found not in NO_MUNICIPALITY else None
        return None


class CodesReader(CodeReader):
    """Several codes in one cell, apart by semicolons or commas."""

    empty = ()

    def read(self, cell: str | date) -> Value | Bad:
        if isinstance(cell, date):
            return DATE_INSTEAD
        codes = self.codes_of(cell)
        if None in codes:
            return NO_CODE
        return tuple(dict.fromkeys(self.field.stored(code) for code in codes if code))

    def codes_of(self, cell: str) -> list[str | None]:
        """A label may hold a comma itself, so the whole cell goes first."""
        whole = self.code_of(cell)
        return [whole] if whole is not None else [self.code_of(t) for t in parts_of(cell)]


def parts_of(cell: str) -> list[str]:
    return [part.strip() for part in BETWEEN_CODES.split(cell) if part.strip()]


def reader_for(name: str, texts: Mapping[str, str], *, today: date) -> Reader:
    """How the cells of this field's column are read."""
    field = FIELDS[name]
    match field.holds:
        case Holds.NUMBER:
            return NumberReader(field)
        case Holds.DATE:
            return DateReader(field, today)
        case Holds.CODES:
            return CodesReader(field, texts)
    return CodeReader(field, texts)
