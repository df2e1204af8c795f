"""What somebody searches for, and where it stands in a text. Case, accents and width do not count; every
word must occur, as a whole or within another (*nagel* in *nagelstudio*)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from baken.casework.rules.answers import IdentityAnswer
from baken.casework.rules.identifiers import identifiers_in
from baken.casework.rules.marks import Marks, index_of, keys_of
from baken.casework.states import INDEXED, IdentityKind

AROUND = 70  # characters of a snippet on either side of the first word found
_DATE = re.compile(
    r"\b(?:\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}|\d{4}-\d{1,2}(?:-\d{1,2})?|(?:19|20)\d\d)\b"
)
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True)
class Piece:
    """A part of a text; `is_found` when it is what was searched for."""

    text: str
    is_found: bool


def tidied(text: str) -> str:
    """One line without what nobody sees: control characters, and signs that turn the direction."""
    seen = "".join(each if each.isprintable() else " " for each in normalize("NFKC", text))
    return " ".join(seen.split())


def plain(text: str) -> str:
    """A text as it is compared. Only what is not ASCII needs more than small letters, and of that the same
    few signs come back: a search makes fifty thousand texts plain."""
    return _compared(text.encode()).decode()


def _compared(text: bytes) -> bytes:
    small = text.lower()
    if not small.isascii():
        for sign in set(small.translate(None, _ASCII).decode()):
            small = small.replace(sign.encode(), _bare(sign))
    return small


_ASCII = bytes(range(128))


@lru_cache(maxsize=4096)
def _bare(sign: str) -> bytes:
    decomposed = normalize("NFKD", normalize("NFKD", sign).casefold())
    return "".join(each for each in decomposed if not combining(each)).encode()


def words_in(text: str) -> tuple[str, ...]:
    """The words to look for, each once; the longest first, which most texts do not have."""
    bare = {_EDGES.sub("", word) for word in plain(text).split()}
    return tuple(sorted((word for word in bare if word), key=lambda word: (-len(word), word)))


def has_all(text: bytes, words: Collection[bytes]) -> bool:
    """Of a text, whether every word occurs in it; all of it UTF-8."""
    compared = _compared(text)
    for word in words:  # noqa: SIM110  # `all` takes twice as long
        if word not in compared:
            return False
    return True


def snippet(text: str, words: Collection[str]) -> tuple[Piece, ...]:
    """Around the first word found, with every word in sight marked."""
    at = _places(text)
    compared = "".join(sign for sign, _ in at)
    spans = sorted(
        (at[m.start()][1], at[m.end() - 1][1] + 1)
        for word in words
        for m in re.finditer(re.escape(word), compared)
    )
    if not spans:
        return ()
    first, last = max(spans[0][0] - AROUND, 0), spans[0][1] + AROUND
    return _cut(text, first, min(last, len(text)), [each for each in spans if each[1] <= last])


def _places(text: str) -> list[tuple[str, int]]:
    """Each compared sign with the place in the text it comes from."""
    return [(sign, place) for place, each in enumerate(text) for sign in plain(each)]


def _cut(text: str, first: int, last: int, spans: list[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces, done = [Piece("…", False)] if first else [], first
    for start, end in spans:
        if start >= done:
            pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
            done = end
    pieces.append(Piece(text[done:last] + ("…" if last < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece.text)


def marks_in(text: str, *, key: bytes) -> Marks:
    """By what somebody in these words may be found: the whole as a number or address, those that stand in
    it, and a name with a date of birth or a postcode."""
    told = [text, *(text[found.start : found.end] for found in identifiers_in(text))]
    pairs = ((kind, index_of(kind, each, key=key)) for kind in INDEXED for each in told)
    return Marks(
        frozenset((kind.value, index) for kind, index in pairs if index),
        frozenset(keys_of(_person_in(text), key=key)),
    )


def _person_in(text: str) -> list[IdentityAnswer]:
    dates = _DATE.findall(text)
    name = _DATE.sub(" ", text)
    told = [(IdentityKind.NAME, name), (IdentityKind.ADDRESS, text)]
    told += [(IdentityKind.BIRTH_DATE, each) for each in dates]
    return [IdentityAnswer(kind=kind, value=value) for kind, value in told]


def number_in(text: str) -> str:
    """The beginning of a number of ours, however it is typed: "mh7k3f9" → "MH-7K3F-9". "" for none."""
    signs = re.sub(r"[^0-9A-Z]", "", text.upper()).removeprefix("MH")
    if not 2 <= len(signs) <= 8 or not re.fullmatch(r"[\w\s-]+", text, re.ASCII):
        return ""
    return f"MH-{signs[:4]}" + (f"-{signs[4:]}" if len(signs) > 4 else "")
