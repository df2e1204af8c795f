"""What identifies somebody or leads to them: written one way for comparing, and found in free text.

Phone numbers are read with the numbering plans of `phonenumbers`, which knows the trunk zero of each
country and tells a private number from a public one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize
from urllib.parse import parse_qs, urlsplit

from phonenumbers import (
    Leniency,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    PhoneNumberType,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    number_type,
    parse,
)

from baken.casework.rules.names import folded
from baken.casework.rules.plates import plates_in
from baken.lib.dates import DateProblem, Precision, parse_partial_date

# Whoever is older is not registered; a year before this is a typing error.
EARLIEST_BIRTH_YEAR = 1900
# With "+" and country: what is shorter is a service or half a number.
SHORTEST_PHONE = 10
# Numbers of organisations and services (0800, 0900, 088, 14 030): they lead to nobody.
PUBLIC_NUMBERS = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
    }
)


@dataclass(frozen=True)
class Found:
    """What stands in a text from `start` up to `end`; kind is "phone", "plate" or "email"."""

    kind: str
    start: int
    end: int


def normal_form(kind: str, value: str) -> str | None:
    """The one spelling of this value; None for what cannot be a value of this kind.

    `kind` is one of "name", "alias", "birth_date", "phone", "email", "address", "document", "plate" and
    "handle"; a `KeyError` for any other. A birth date in the future is not refused: there is no clock here.
    """
    return _FORMS[kind](" ".join(normalize("NFKC", value).split()))


def _name(text: str) -> str | None:
    return folded(text) or None


def _birth_date(text: str) -> str | None:
    if _NUMBER.fullmatch(text):  # a year, or the serial number of a spreadsheet
        return None
    try:
        found = parse_partial_date(text, today=date.max, earliest=EARLIEST_BIRTH_YEAR)
    except DateProblem:
        return None
    return found.day.isoformat() if found.precision == Precision.DAY else None


_NUMBER = re.compile(r"\d+(?:\.\d*)?")


def _phone(text: str) -> str | None:
    if any(letter.isalpha() for letter in text):
        return None
    try:
        number = parse(text, "NL")
    except NumberParseException:
        return None
    return _international(number)


def _international(number: PhoneNumber) -> str | None:
    # Possible, not valid: a number with a wrong digit must still match when it is written so twice.
    if is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    written = format_number(number, PhoneNumberFormat.E164)
    return written if len(written) >= SHORTEST_PHONE else None


def _email(text: str) -> str | None:
    # No tricks with dots and plus signs: they are equal with one provider and different with the next.
    address = text.casefold().removeprefix("mailto:").strip(" <>")
    return address if _ADDRESS.fullmatch(address) else None


_ADDRESS = re.compile(r"[^\s@<>,;]+@(?:[\w-]+\.)+[\w-]{2,}")


def _place(text: str) -> str | None:
    """Street, number and postal code with one space between; "12-A" and "12a", "3511 AB" and "3511ab"."""
    return re.sub(r"(?<=\d) (?=[a-z]{1,2}\b)", "", folded(text)) or None


def _document(text: str) -> str | None:
    return _alphanumeric(text, 5, 24)


def _plate(text: str) -> str | None:
    return _alphanumeric(text, 3, 10)


def _alphanumeric(text: str, least: int, most: int) -> str | None:
    bare = folded(text).replace(" ", "").upper()
    fits = least <= len(bare) <= most and any(letter.isdigit() for letter in bare)
    return bare if fits else None


def _handle(text: str) -> str | None:
    """The name in a profile's address, or what was written; the platform is not part of it."""
    address = re.fullmatch(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,}/\S+)", text, re.IGNORECASE)
    name = _in_address(f"//{address[1]}") if address else text
    name = name.casefold().replace(" ", "").lstrip("@")
    return name if name and not _NO_HANDLE.search(name) else None


_NO_HANDLE = re.compile(r"[/:?#@]")


def _in_address(address: str) -> str:
    parts = urlsplit(address)
    if number := parse_qs(parts.query).get("id"):
        return number[0]
    steps = [step for step in parts.path.split("/") if step]
    return next((step for step in steps if step.casefold() not in _NOT_A_NAME), "")


# Steps in the address of a profile that are not the name itself.
_STEPS = "add in user users u channel c people profile profile.php pages"
_NOT_A_NAME = frozenset(_STEPS.split())

_FORMS: Mapping[str, Callable[[str], str | None]] = {
    "name": _name,
    "alias": _name,
    "birth_date": _birth_date,
    "phone": _phone,
    "email": _email,
    "address": _place,
    "document": _document,
    "plate": _plate,
    "handle": _handle,
}

# "naam (at) provider.example" as well: written so to be overlooked.
_EMAIL_IN_TEXT = re.compile(
    r"(?<![\w.+-])[\w+-][\w.+-]*(?:@|＠|\s?[\[(]\s?(?:at|apenstaartje)\s?[\])]\s?)(?:[\w-]+\.)+[^\W\d_]{2,}",
    re.IGNORECASE,
)


def identifiers_in(text: str) -> list[Found]:
    """Phone numbers, licence plates and e-mail addresses in a text, in its order; none overlap.

    Public numbers are not among them: 112, 0800, 0900, 14 030, and 088, which only organisations have.
    """
    told = [*_emails_in(text), *_phones_in(text), *_plates_in(text)]
    found: list[Found] = []
    for each in sorted(told, key=lambda each: (each.start, -each.end)):
        if not found or found[-1].end <= each.start:
            found.append(each)
    return found


def _emails_in(text: str) -> Iterator[Found]:
    return (Found("email", *match.span()) for match in _EMAIL_IN_TEXT.finditer(text))


def _phones_in(text: str) -> Iterator[Found]:
    tries = len(text)  # the default gives up after 65,535 numbers that are none
    for match in PhoneNumberMatcher(text, "NL", leniency=Leniency.VALID, max_tries=tries):
        if number_type(match.number) not in PUBLIC_NUMBERS:
            yield Found("phone", match.start, match.end)


def _plates_in(text: str) -> Iterator[Found]:
    return (Found("plate", *span) for span in plates_in(text))
