"""Match keys: texts that two registrations of one person share although the spelling differs.

Each is made of several attributes together, never of one; which and why stands in
`docs/adr/0018-match-keys.md`. Kept as blind indexes only. A shared key is a reason to look, by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from babel.lists import format_list
from django.utils.translation import get_language, gettext_lazy

from baken.casework.rules.identifiers import EARLIEST_BIRTH_YEAR
from baken.casework.rules.names import sound_of, words_of
from baken.lib.dates import DateProblem, Precision, parse_partial_date

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Person:
    """`names` are full names, given name first, aliases too; `birth_date` is ISO, perhaps only the year or
    the year and month; `postcodes` are Dutch, "3511AB"."""

    names: tuple[str, ...] = ()
    birth_date: str | None = None
    postcodes: tuple[str, ...] = ()


class Part(StrEnum):
    """What keys are made of."""

    SURNAME = "surname"  # by sound
    GIVEN = "given"  # by sound
    NAMES = "names"  # both, in whichever order
    INITIALS = "initials"  # in whichever order
    BEGINNINGS = "beginnings"  # three letters of both as they are written
    DATE = "date"
    TURNED = "turned"  # the date, whichever of day and month came first
    MONTH = "month"  # with the year
    DAY = "day"  # with the year
    ANNIVERSARY = "anniversary"  # day and month
    YEAR = "year"
    POSTCODE = "postcode"

    __hash__ = (
        str.__hash__
    )  # an enum's own is written in Python: a third of the time of making keys


class MatchKind(StrEnum):
    """Which attributes a key combines. Stored with the key: never renamed, at most 24 characters."""

    SURNAME_DATE = "surname_date"
    GIVEN_DATE = "given_date"
    SURNAME_TURNED = "surname_turned"
    GIVEN_TURNED = "given_turned"
    NAMES_YEAR = "names_year"
    NAMES_ANNIVERSARY = "names_anniversary"
    NAMES_POSTCODE = "names_postcode"
    DATE_POSTCODE = "date_postcode"
    INITIALS_DATE = "initials_date"
    BEGINNINGS_MONTH = "beginnings_month"
    BEGINNINGS_POSTCODE = "beginnings_postcode"
    SURNAME_YEAR_POSTCODE = "surname_year_postcode"
    GIVEN_YEAR_POSTCODE = "given_year_postcode"
    SURNAME_MONTH = "surname_month"
    GIVEN_MONTH = "given_month"
    SURNAME_DAY = "surname_day"
    GIVEN_DAY = "given_day"
    SURNAME_POSTCODE = "surname_postcode"
    GIVEN_POSTCODE = "given_postcode"

    __hash__ = str.__hash__


COMBINATIONS: Mapping[MatchKind, tuple[Part, ...]] = {
    MatchKind.SURNAME_DATE: (Part.SURNAME, Part.DATE),
    MatchKind.GIVEN_DATE: (Part.GIVEN, Part.DATE),
    MatchKind.SURNAME_TURNED: (Part.SURNAME, Part.TURNED),
    MatchKind.GIVEN_TURNED: (Part.GIVEN, Part.TURNED),
    MatchKind.NAMES_YEAR: (Part.NAMES, Part.YEAR),
    MatchKind.NAMES_ANNIVERSARY: (Part.NAMES, Part.ANNIVERSARY),
    MatchKind.NAMES_POSTCODE: (Part.NAMES, Part.POSTCODE),
    MatchKind.DATE_POSTCODE: (Part.DATE, Part.POSTCODE),
    MatchKind.INITIALS_DATE: (Part.INITIALS, Part.DATE),
    MatchKind.BEGINNINGS_MONTH: (Part.BEGINNINGS, Part.MONTH),
    MatchKind.BEGINNINGS_POSTCODE: (Part.BEGINNINGS, Part.POSTCODE),
    MatchKind.SURNAME_YEAR_POSTCODE: (Part.SURNAME, Part.YEAR, Part.POSTCODE),
    MatchKind.GIVEN_YEAR_POSTCODE: (Part.GIVEN, Part.YEAR, Part.POSTCODE),
    MatchKind.SURNAME_MONTH: (Part.SURNAME, Part.INITIALS, Part.MONTH),
    MatchKind.GIVEN_MONTH: (Part.GIVEN, Part.INITIALS, Part.MONTH),
    MatchKind.SURNAME_DAY: (Part.SURNAME, Part.INITIALS, Part.DAY),
    MatchKind.GIVEN_DAY: (Part.GIVEN, Part.INITIALS, Part.DAY),
    MatchKind.SURNAME_POSTCODE: (Part.SURNAME, Part.INITIALS, Part.POSTCODE),
    MatchKind.GIVEN_POSTCODE: (Part.GIVEN, Part.INITIALS, Part.POSTCODE),
}

# In the order in which they are told.
LABELS: Mapping[Part, StrOrPromise] = {
    Part.SURNAME: gettext_lazy("achternaam"),
    Part.GIVEN: gettext_lazy("voornaam"),
    Part.BEGINNINGS: gettext_lazy("begin van de namen"),
    Part.INITIALS: gettext_lazy("beginletters van de namen"),
    Part.DATE: gettext_lazy("geboortedatum"),
    Part.TURNED: gettext_lazy("geboortedatum met dag en maand verwisseld"),
    Part.MONTH: gettext_lazy("geboortemaand"),
    Part.DAY: gettext_lazy("geboortedag en geboortejaar"),
    Part.ANNIVERSARY: gettext_lazy("verjaardag"),
    Part.YEAR: gettext_lazy("geboortejaar"),
    Part.POSTCODE: gettext_lazy("postcode"),
}
_SAYS_ALREADY: Mapping[Part, frozenset[Part]] = {
    Part.SURNAME: frozenset({Part.INITIALS}),
    Part.GIVEN: frozenset({Part.INITIALS}),
    Part.BEGINNINGS: frozenset({Part.INITIALS}),
    Part.DATE: frozenset({Part.TURNED, Part.MONTH, Part.DAY, Part.ANNIVERSARY, Part.YEAR}),
    Part.TURNED: frozenset({Part.MONTH, Part.DAY, Part.ANNIVERSARY, Part.YEAR}),
    Part.MONTH: frozenset({Part.YEAR}),
    Part.DAY: frozenset({Part.YEAR}),
}


class MatchKey(NamedTuple):
    """One combination of one person, in clear: to be hashed at once and never kept."""

    kind: MatchKind
    text: str


def match_keys(person: Person) -> frozenset[MatchKey]:
    """Every key of this person; none when too little is known."""
    known = _date_parts(person.birth_date) | {Part.POSTCODE: person.postcodes}
    people = [known | _name_parts(name) for name in person.names] or [known]
    return frozenset(key for parts in people for key in _combined(parts))


def _combined(known: _Values) -> Iterator[MatchKey]:
    for kind, parts in COMBINATIONS.items():
        for values in product(*[known.get(part, ()) for part in parts]):
            yield MatchKey(kind, "|".join(values))


_Values = dict[Part, tuple[str, ...]]


def _name_parts(name: str) -> _Values:
    """A name of one word may be either: many are known by a first name, others by the last."""
    given, *others = words_of(_given_first(name)) or ("",)
    surname = others[-1] if others else given
    sounds = sound_of(given), sound_of(surname)
    if not all(sounds):
        return {}
    parts: _Values = {Part.GIVEN: (sounds[0],), Part.SURNAME: (sounds[1],)}
    if others:
        parts[Part.NAMES] = ("+".join(sorted(sounds)),)
        parts[Part.INITIALS] = ("".join(sorted(given[0] + surname[0])),)
        parts[Part.BEGINNINGS] = ("+".join(sorted((given[:3], surname[:3]))),)
    return parts


def _given_first(name: str) -> str:
    surname, comma, given = name.partition(",")
    return f"{given} {surname}" if comma else name


def _date_parts(birth_date: str | None) -> _Values:
    """ISO 8601, of which the day or also the month may be missing. A first of January says no more than the
    year: it is what registers write when they know no more, and would bring strangers together."""
    year, month, day = [*(birth_date or "").split("-"), "", ""][:3]
    parts: _Values = {Part.YEAR: (year,)} if year else {}
    if (month, day) == ("01", "01"):
        return parts
    if month:
        parts[Part.MONTH] = (f"{year}-{month}",)
    if day:
        parts[Part.DATE] = (f"{year}-{month}-{day}",)
        parts[Part.TURNED] = (f"{year}+{'+'.join(sorted((month, day)))}",)
        parts[Part.DAY] = (f"{year}--{day}",)
        parts[Part.ANNIVERSARY] = (f"{month}-{day}",)
    return parts


def person_of(identities: Iterable[tuple[str, str]]) -> Person:
    """The person behind identities as (kind, value), as they were typed. Of several birth dates the first
    that is one counts."""
    told = list(identities)
    dates = (_birth_date(value) for kind, value in told if kind == "birth_date")
    return Person(
        names=tuple(value for kind, value in told if kind in {"name", "alias"}),
        birth_date=next((each for each in dates if each), None),
        postcodes=tuple(
            "".join(found.groups()).upper()
            for kind, value in told
            if kind == "address"
            for found in _POSTCODE.finditer(value)
        ),
    )


_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Za-z]{2})\b", re.ASCII)
_ISO = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


def _birth_date(text: str) -> str | None:
    try:
        found = parse_partial_date(text, today=date.max, earliest=EARLIEST_BIRTH_YEAR)
    except DateProblem:
        return None
    return found.day.strftime(_ISO[found.precision]) if found.precision in _ISO else None


def explain(kinds: Iterable[str]) -> str:
    """What two people have in common, in the language of the request: "achternaam en geboortedatum"."""
    parts = {part for kind in kinds for part in COMBINATIONS[MatchKind(kind)]}
    if Part.NAMES in parts:
        parts |= {Part.SURNAME, Part.GIVEN}
    if {Part.SURNAME, Part.GIVEN} <= parts:
        parts -= {Part.BEGINNINGS}
    said = {already for part in parts for already in _SAYS_ALREADY.get(part, ())}
    labels = [str(label) for part, label in LABELS.items() if part in parts - said]
    return format_list(labels, locale="en" if get_language() == "en" else "nl")
