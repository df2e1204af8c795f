"""A word that names a choice: the work list that is filtered by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from baken.organisations.interface import municipality_by_text, name_of
from baken.taxonomy.interface import by_text, label_of

# Shorter words name too much.
SHORTEST = 3


@dataclass(frozen=True)
class Suggestion:
    label: str
    url: str


def suggestions_for(text: str) -> list[Suggestion]:
    """For the whole text and for each word of it; the address holds a code, never what was typed."""
    parts = dict.fromkeys(part for part in (text, *text.split()) if len(part) >= SHORTEST)
    found = [each for part in parts if not part.isdigit() for each in _of(part)]
    return list(dict.fromkeys(found))


def _of(part: str) -> Iterator[Suggestion]:
    if form := by_text("form", part):
        main = form.partition(".")[0]
        yield _suggestion(_("Vorm: %(label)s") % {"label": label_of("form", main)}, vorm=main)
    if source := by_text("source_group", part):
        label = _("Melder: %(label)s") % {"label": label_of("source_group", source)}
        yield _suggestion(label, melder=source)
    if place := municipality_by_text(part):
        name = name_of(place)
        yield _suggestion(_("Gemeente: %(label)s") % {"label": name}, gemeente=name)


def _suggestion(label: str, **query: str) -> Suggestion:
    return Suggestion(label, f"{reverse('casework:registration-list')}?{urlencode(query)}")
