"""Dates of which perhaps only the month or the year is known.

Registers often say "2023" or "mei 2023". The day that is stored is then the first of that year
or month, always with its precision: without it a first of January is a guess. Where numbers
leave a choice, the day stands before the month, as in Dutch: 5-2-2023 is 5 February.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EARLIEST_YEAR = 1990
# Excel stores a day as the number of days since this one (ECMA-376 part 1, 18.17.4.1).
EXCEL_EPOCH = date(1899, 12, 30)
EARLIEST_SERIAL = date(2000, 1, 1)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari feb febr",
            "maart mrt",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "augustus aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}

TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?"
YEAR = re.compile(r"(?P<year>\d{4})", re.ASCII)
DAY_MONTH_YEAR = re.compile(
    rf"(?P<day>\d{{1,2}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}){TIME}"
)
YEAR_MONTH_DAY = re.compile(
    rf"(?P<year>\d{{4}})(?P<sep>[-/])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}}){TIME}"
)
MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[-/](?P<year>\d{4})", re.ASCII)
YEAR_MONTH = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})", re.ASCII)
IN_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})[ -]+)?(?P<name>[a-z]+)\.?[ -]+(?P<year>\d{4})", re.ASCII
)
SHAPES = (YEAR, DAY_MONTH_YEAR, YEAR_MONTH_DAY, MONTH_YEAR, YEAR_MONTH, IN_WORDS)
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PartialDate:
    """The first day of what is known, and how much that is."""

    day: date
    precision: Precision

    def __str__(self) -> str:
        """In the language of the request: "5 mei 2023", "mei 2023", "2023"."""
        match self.precision:
            case Precision.DAY:
                return _formatted(self.day, "d MMMM y")
            case Precision.MONTH:
                return _formatted(self.day, "MMMM y")
            case Precision.YEAR:
                return str(self.day.year)
        return str(_("onbekend"))


# The day says nothing, but lists need one to put unknown dates last.
UNKNOWN_DATE = PartialDate(date(1900, 1, 1), Precision.UNKNOWN)
UNKNOWN_WORDS = {"onbekend", "unknown"}


class DateProblem(ValueError):
    """This is no date we accept; ``text`` is what was written."""

    message: ClassVar[StrOrPromise] = ""

    def __init__(self, text: str = "", earliest: int = EARLIEST_YEAR) -> None:
        super().__init__(text)
        self.text, self.earliest = text, earliest

    def __str__(self) -> str:
        return str(self.message) % {"text": self.text[:40], "earliest": self.earliest}


class NotADate(DateProblem):
    """It does not look like a date."""

    message = _(
        "'%(text)s' is geen datum. Schrijf de datum als 5-2-2023, of alleen de maand (02-2023) "
        "of het jaar (2023)."
    )


class ImpossibleDay(DateProblem):
    """It looks like a date, but the calendar does not have it."""

    message = _("%(text)s bestaat niet. Schrijf eerst de dag, dan de maand, dan het jaar.")


class InFuture(DateProblem):
    """It is after today."""

    message = _("%(text)s ligt in de toekomst. Controleer het jaar.")


class TooLongAgo(DateProblem):
    """It is before the earliest year, 1990 unless said otherwise: no register is that old."""

    message = _("%(text)s ligt voor %(earliest)s. Controleer het jaar.")


def parse_partial_date(
    value: str | int | date, *, today: date, earliest: int = EARLIEST_YEAR
) -> PartialDate:
    """The date in a cell of a register; raises a ``DateProblem``. *Onbekend* is an answer too.

    A number of five digits is an Excel serial only when it falls between 2000 and today; the
    system that counts from 1904 is never assumed. A time of day is dropped.
    """
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return _accepted(PartialDate(day, Precision.DAY), str(day), today, earliest)
    text = " ".join(str(value).split())
    if text.lower() in UNKNOWN_WORDS:
        return UNKNOWN_DATE
    if serial := SERIAL.fullmatch(text):
        return _from_serial(int(serial[1]), text, today)
    for shape in SHAPES:
        if found := shape.fullmatch(text.lower() if shape is IN_WORDS else text):
            return _accepted(_from_parts(found.groupdict(), text), text, today, earliest)
    raise NotADate(text)


def _from_serial(serial: int, text: str, today: date) -> PartialDate:
    day = EXCEL_EPOCH + timedelta(days=serial)
    if not EARLIEST_SERIAL <= day <= today:
        raise NotADate(text)
    return PartialDate(day, Precision.DAY)


def _from_parts(parts: dict[str, str | None], text: str) -> PartialDate:
    day, month, name = parts.get("day"), parts.get("month"), parts.get("name")
    if name and name not in MONTHS:
        raise NotADate(text)
    precision = Precision.YEAR
    if month or name:
        precision = Precision.DAY if day else Precision.MONTH
    try:
        first = date(
            int(parts["year"] or 0),
            MONTHS[name] if name else int(month or 1),
            int(day or 1),
        )
    except ValueError:
        raise ImpossibleDay(text) from None
    return PartialDate(first, precision)


def _accepted(found: PartialDate, text: str, today: date, earliest: int) -> PartialDate:
    # The first of this year or month is never after today, so the same test fits each precision.
    if found.day > today:
        raise InFuture(text)
    if found.day.year < earliest:
        raise TooLongAgo(text, earliest)
    return found


def _formatted(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale="en" if get_language() == "en" else "nl")
