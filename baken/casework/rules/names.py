"""Names as they are compared: without accents, case, titles of grammar or the accidents of spelling."""

import re
from unicodedata import combining, normalize

# What NFKD leaves whole. Kept short: letters of names seen in the Netherlands.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_NO_WORD = re.compile(r"[^\w]+|_")
# Between given name and surname, and no part of either: written, left out and moved about at will.
_PARTICLES = (
    "van von de den der het t te ter ten des du la le el al ul bin ben ibn abu bint da do dos di"
)
_BETWEEN = frozenset(_PARTICLES.split())
# From left to right; each brings spellings of one sound together, as names from everywhere are written
# down here by ear: Dijkstra and Dykstra, Youssef and Yusuf, Kowalski and Kovalski, Achmed and Ahmed.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(.)\1+", r"\1"),
        (r"sch|sj|sh|tsj|tch|tj|ch(?=[aeiou])", "S"),
        (r"ij|ei|ey|y(?![aeiou])", "i"),
        (r"dj|dz|zh|y|^i(?=[aeou])|g(?=[ei])", "j"),
        (r"ph|v|w", "f"),
        (r"ch(?=m)", ""),
        (r"kh|gh|ch", "g"),
        (r"c(?=[eiy])|sz|z", "s"),
        (r"x", "ks"),
        (r"ck|c|q", "k"),
        (r"th|dt|d$", "t"),
        (r"(?<=.)h|^h(?![aeiou])", ""),
        (r"(?<=.)[aeiou]+", ""),
        (r"^[aeiou]", "A"),
    )
)


def folded(text: str) -> str:
    """Words in small letters with one space between, without accents and punctuation."""
    decomposed = normalize("NFKD", normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in decomposed if not combining(letter))
    return _NO_WORD.sub(" ", bare.translate(_LETTERS)).strip()


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, without *van der*, *el* and the like, unless nothing else is left."""
    words = folded(name).split()
    return tuple(word for word in words if word not in _BETWEEN) or tuple(words)


def sound_of(word: str) -> str:
    """How a folded word sounds, roughly: its first sound and its consonants. Mohammed, Muhammad: *mmt*."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
