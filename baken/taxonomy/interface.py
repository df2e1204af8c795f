"""The door of the code lists.

Entries come as `CodeEntry` values from a copy in memory that is at most half a minute old, so
asking costs no query. Foreign keys point at `taxonomy.Entry`, whose id is list and code:
``form.SEX.HOTEL``.
"""

from collections.abc import Collection
from datetime import date

from baken.taxonomy.actions import (
    AlreadySwitchedOff,
    CodeVanished,
    EndsBeforeStart,
    Loaded,
    NotSwitchedOff,
    load_code_lists,
    switch_off,
    switch_on,
)
from baken.taxonomy.models import Mapping
from baken.taxonomy.queries import book, file_lists, synonyms
from baken.taxonomy.rules import Choice, CodeEntry, find_by_text, grouped, label_in_active_language
from baken.taxonomy.states import (
    NOT_APPLICABLE,
    NOT_DETERMINABLE,
    OTHER,
    UNKNOWN,
    CodeListName,
)

__all__ = [
    "NOT_APPLICABLE",
    "NOT_DETERMINABLE",
    "OTHER",
    "UNKNOWN",
    "AlreadySwitchedOff",
    "Choice",
    "CodeEntry",
    "CodeListName",
    "CodeVanished",
    "EndsBeforeStart",
    "Loaded",
    "NotSwitchedOff",
    "UnknownCode",
    "bucket_of",
    "by_id",
    "by_text",
    "choices",
    "edition",
    "entries",
    "entry",
    "label_in_active_language",
    "label_of",
    "labels",
    "list_labels",
    "load_code_lists",
    "mappings_of",
    "switch_off",
    "switch_on",
]


class UnknownCode(Exception):
    """Deze code bestaat niet in deze lijst."""


def edition() -> int:
    """Another number whenever entries may have changed: what is made from them may be remembered under
    it."""
    return book().edition


def entry(list_code: str, code: str) -> CodeEntry:
    """The entry with this code, switched off or not. Raises `UnknownCode`."""
    try:
        return book().lists[list_code][code]
    except KeyError as error:
        raise UnknownCode(f"{list_code}:{code}") from error


def by_id(entry_id: str) -> CodeEntry:
    """The entry a foreign key points at. Raises `UnknownCode`."""
    try:
        return book().by_id[entry_id]
    except KeyError as error:
        raise UnknownCode(entry_id) from error


def entries(list_code: str, on: date | None = None) -> list[CodeEntry]:
    """The entries of a list in their order, headings included; with `on` only those offered that
    day. Raises `UnknownCode` for an unknown list."""
    found = _list(list_code)
    return [item for item in found if on is None or item.is_valid_on(on)]


def choices(
    list_code: str, on: date | None = None, including: Collection[str] = ()
) -> list[Choice]:
    """The choices of a form field: (code, label), or (label, [(code, label), …]) where the list is
    nested. With `on` only what is offered that day, plus the codes in `including`."""
    return grouped(_list(list_code), on=on, including=including)


def labels(list_code: str) -> dict[str, str]:
    """Every code of the list with its label in the active language, in order."""
    return {item.code: item.label for item in _list(list_code)}


def label_of(list_code: str, code: str) -> str:
    """The label of a code in the active language. Raises `UnknownCode`."""
    return entry(list_code, code).label


def bucket_of(list_code: str, code: str) -> str:
    """The code a code counts under in tables: its bucket, or itself. Raises `UnknownCode`."""
    return entry(list_code, code).report_bucket or code


def by_text(list_code: str, text: str) -> str | None:
    """A suggestion for what a register calls something: the code whose Dutch or English label,
    code, or known synonym is this text, whatever its case, accents, spaces and punctuation.

    None when nothing or more than one thing fits, and for an empty text: *leeg* is not a code.
    """
    choosable = [item for item in _list(list_code) if not item.is_heading]
    names = [
        (item.code, name)
        for item in choosable
        for name in (item.code, item.label_nl, item.label_en)
    ]
    return find_by_text(text, [*names, *synonyms().get(list_code, [])])


def list_labels() -> dict[str, tuple[str, str]]:
    """The lists there are, with their Dutch and English name."""
    return {row.code: (row.label_nl, row.label_en) for row in file_lists()}


def _list(list_code: str) -> Collection[CodeEntry]:
    try:
        return book().lists[list_code].values()
    except KeyError as error:
        raise UnknownCode(list_code) from error


def mappings_of(list_code: str) -> dict[str, list[tuple[str, str, str]]]:
    """What the entries of a list are called in other standards: code → (scheme, value, quality)."""
    rows = Mapping.objects.filter(entry__code_list=list_code).exclude(value="")
    found: dict[str, list[tuple[str, str, str]]] = {}
    named = rows.order_by("scheme", "value").values_list(
        "entry__code", "scheme", "value", "quality"
    )
    for code, scheme, value, quality in named:
        found.setdefault(code, []).append((scheme, value, quality))
    return found
