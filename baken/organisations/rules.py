"""Finding a municipality by what somebody types."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, gettext

from baken.organisations.states import ELSEWHERE

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_CODE = re.compile(r"(?:GM)?(\d{1,4})", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A municipality to choose: CBS code, official name, and the name people use."""

    code: str
    name: str
    display_name: str

    @property
    def label(self) -> str:
        """The name people use, with the official one behind it where they differ."""
        same = self.name == self.display_name
        if self.code in ELSEWHERE:
            return gettext(self.name)
        return self.name if same else f"{self.display_name} ({self.name})"


@dataclass(frozen=True, eq=False)
class Places:
    """All places by code, in order of name. Told apart by identity, so that an index can be remembered
    as long as they are."""

    by_code: Mapping[str, Place]


def words_of(text: str) -> str:
    """A text without case and accents, its words apart by one space, to compare by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    unaccented = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _BETWEEN_WORDS.sub(" ", unaccented).strip()


@lru_cache(maxsize=2048)
def _words_of_name(name: str) -> str:
    """As `words_of`, for the few hundred names that every typed text is compared with."""
    return words_of(name)


def closeness(typed: str, name: str) -> int | None:
    """How well a name fits what was typed, both as `words_of` gives them: 0 the whole name,
    1 its beginning, 2 the beginning of a word in it, 3 elsewhere in it; None when not in it."""
    if name == typed:
        return 0
    if name.startswith(typed):
        return 1
    if f" {typed}" in name:
        return 2
    is_inside = typed in name or typed.replace(" ", "") in name.replace(" ", "")
    return 3 if is_inside else None


def matching(typed: str, places: Iterable[Place], own: Collection[str]) -> list[Place]:
    """The places that fit, closest first; equally close ones of the own region first, then by
    name. Nothing typed: the own region."""
    wanted = words_of(typed)
    if not wanted:
        return sorted(
            (p for p in places if p.code in own), key=lambda p: _words_of_name(p.display_name)
        )
    ranked = []
    for place in places:
        fits = [
            closeness(wanted, _words_of_name(name)) for name in (place.display_name, place.name)
        ]
        best = min((fit for fit in fits if fit is not None), default=None)
        if best is not None:
            ranked.append((best, place.code not in own, _words_of_name(place.display_name), place))
    return [place for *_, place in sorted(ranked, key=lambda row: row[:3])]


@lru_cache(maxsize=8)
def _by_name(places: Places, _language: str) -> Mapping[str, list[Place]]:
    """The places by everything they are called in this language, as `words_of` gives it."""
    found: dict[str, list[Place]] = {}
    for place in places.by_code.values():
        for name in {*map(words_of, (place.name, place.display_name, place.label))}:
            found.setdefault(name, []).append(place)
    return found


def named(text: str, places: Places) -> Place | None:
    """The one place with this name, code (GM0344, UNK) or bare code (344); None when not exactly one."""
    code = _CODE.fullmatch(text.strip())
    if text.strip() in ELSEWHERE:
        return places.by_code.get(text.strip())
    if code:
        return places.by_code.get(f"GM{int(code[1]):04}")
    found = _by_name(places, get_language() or "").get(words_of(text), [])
    return found[0] if len(found) == 1 else None
