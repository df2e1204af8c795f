"""Licence plates in free text: every Dutch series, and the foreign ones that look like nothing else.

The Dutch series ("sidecodes") are those of the RDW. With dashes any case is read; without them, or with
spaces, only capitals, and only series that no postal code, year or abbreviation looks like. Foreign
shapes that a reference number may have too (Poland, Hungary, Spain) count only after *kenteken*.
"""

import re
from collections.abc import Iterator

# X a letter, 9 a digit. The old ones, from before 1973, look like a postal code without dashes.
_OLD = "XX-99-99 99-99-XX"
# Two groups of letters side by side would be any word with a number.
_WORDLIKE = "XX-XX-99 99-XX-XX"
_MIXED = "99-XX-99 XX-99-XX 99-XXX-9 9-XXX-99 XX-999-X X-999-XX XXX-99-X X-99-XXX 9-XX-999 999-XX-9"
# Belgium; France and Italy; United Kingdom and Romania; Bulgaria and Ukraine.
_FOREIGN = "9-XXX-999 XX-999-XX XX-99-XXX XX-9999-XX"
_BRITISH = r"[A-Z]{2}\d\d [A-Z]{3}"
_GERMAN = r"[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?\d{1,4}[EH]?"
_AFTER_THE_WORD = re.compile(
    r"(?i:\bkenteken(?:plaat|nummer)?|\bnummerplaat|\blicen[cs]e plate|\b(?:number|registration) plate)"
    r"(?i: is| was|:|,| met| van| nr\.?| no\.?){0,3}\s{0,3}[\"'(]?"
    r"(?P<plate>(?:[A-Z0-9]{1,7}[ -]){0,2}[A-Z0-9]{1,8}(?![\w-])|[A-Za-z0-9-]{4,10}(?![\w-]))"
)
_MONTH = re.compile(
    r"(?<![a-z])(?:jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)(?![a-z])",
    re.IGNORECASE,
)
# One character for one, so that places in the text stay what they are.
_PLAIN = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013", "-") | {"\u00a0": " "})
_LETTER, _CONSONANT = "[A-Z]", "[B-DF-HJ-NP-TV-Z]"  # the RDW uses no vowels, so that no words arise


def _joined(shapes: str, separator: str, letter: str) -> str:
    spelled = [shape.replace("-", separator) for shape in shapes.split()]
    return "|".join(spelled).replace("9", r"\d").replace("X", letter)


def _alone(pattern: str, flags: int = 0) -> re.Pattern[str]:
    around = r"(?<![\w-])(?<!\d[.,/])", r"(?![\w-])(?![.,/:]\d)"
    return re.compile(f"{around[0]}(?:{pattern}){around[1]}", re.ASCII | flags)


_SHAPES = (
    _alone(_joined(f"{_OLD} {_WORDLIKE} {_MIXED} {_FOREIGN}", "-", _LETTER), re.IGNORECASE),
    _alone(_joined(f"{_WORDLIKE} {_MIXED} {_FOREIGN}", " ", _LETTER)),
    _alone(_joined(f"{_MIXED} {_FOREIGN}", "", _LETTER)),
    _alone(_joined(_WORDLIKE, "", _CONSONANT)),
    _alone(_BRITISH),
    _alone(_GERMAN),
)


def plates_in(text: str) -> Iterator[tuple[int, int]]:
    """Where plates begin and end; the same one may be told twice."""
    text = text.translate(_PLAIN)
    for shape in _SHAPES:
        yield from (each.span() for each in shape.finditer(text) if not _MONTH.search(each[0]))
    for found in _AFTER_THE_WORD.finditer(text):
        if _is_plate(found["plate"]):
            yield found.span("plate")


def _is_plate(text: str) -> bool:
    bare = re.sub(r"[ -]", "", text)
    mixed = not bare.isdigit() and not bare.isalpha()
    return mixed and 4 <= len(bare) <= 9 and not _MONTH.search(text)
