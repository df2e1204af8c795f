"""What an entry is, when it is offered, how a list is shown, and how a text finds its code."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext

# An option of a field, or a group of options under a heading: what Django's choices take.
Option = tuple[str, str]
Choice = tuple[str, str | list[Option]]

_NOT_A_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class CodeEntry:
    """One entry of a code list as other apps see it.

    `is_heading`: only groups others, cannot be chosen. `report_bucket`: the entry of the same list
    it counts under in tables; empty means itself. `applies_to`: forms of exploitation a signal
    belongs to; empty means all. `criminalised_on`: since when the law names it, None when that is
    not known or not yet so; it says nothing about whether it can be registered.
    """

    id: str
    list_code: str
    code: str
    label_nl: str
    label_en: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    order: int
    is_heading: bool
    report_bucket: str
    criminalised_on: date | None
    applies_to: tuple[str, ...]
    definition_nl: str

    @property
    def label(self) -> str:
        """The label in the active language."""
        return label_in_active_language(self.label_nl, self.label_en)

    @property
    def definition(self) -> str:
        """What the entry means, in the active language; the English stands in the catalogues."""
        return gettext(self.definition_nl) if self.definition_nl else ""

    def is_valid_on(self, day: date) -> bool:
        return is_valid_on(self.valid_from, self.valid_to, day)


def label_in_active_language(label_nl: str, label_en: str) -> str:
    """English when the reader chose it; in every other case Dutch, the source language."""
    return label_en if (get_language() or "").startswith("en") else label_nl


def is_valid_on(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Whether something is offered on a day. `valid_to` is the first day it is not ("uit per")."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day < valid_to)


def grouped(
    entries: Iterable[CodeEntry], *, on: date | None, including: Collection[str] = ()
) -> list[Choice]:
    """The entries as choices of a field, in their order; those below another one under its label.

    Leaves out headings without anything under them, and what is not valid on the day `on` (None:
    everything is) unless its code is in `including`, because a stored answer stays an answer.
    """
    book = {entry.code: entry for entry in entries}
    groups: dict[str, list[Option]] = {}
    for entry in sorted(book.values(), key=lambda entry: entry.order):
        options = groups.setdefault(root_of(entry, book).code, [])
        is_offered = on is None or entry.is_valid_on(on) or entry.code in including
        if is_offered and not entry.is_heading:
            options.append((entry.code, entry.label))
    return [_choice(book[root], options) for root, options in groups.items() if options]


def _choice(root: CodeEntry, options: list[Option]) -> Choice:
    return options[0] if options[0][0] == root.code and len(options) == 1 else (root.label, options)


def root_of(entry: CodeEntry, book: Mapping[str, CodeEntry]) -> CodeEntry:
    """The entry at the top of the branch this one hangs on."""
    while entry.parent is not None:
        entry = book[entry.parent]
    return entry


def search_key(text: str) -> str:
    """A text without case, accents, spaces and punctuation, to compare by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    unaccented = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NOT_A_LETTER_OR_DIGIT.sub("", unaccented)


def find_by_text(text: str, names: Iterable[tuple[str, str]]) -> str | None:
    """The one code that has this text as a name; None when there is none, or more than one.

    `names` are pairs of code and name. An empty text, or one of punctuation only, has no code.
    """
    wanted = search_key(text)
    found = {code for code, name in names if search_key(name) == wanted} if wanted else set()
    return found.pop() if len(found) == 1 else None
