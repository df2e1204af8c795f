"""Which passphrases are refused: short ones, common ones, and long ones that only look long.

No rules about capitals or signs (NIST SP 800-63B §3.1.1.2, ASVS 5.0 6.2): what makes a passphrase strong
is that nobody thinks of it. Lists and words stand in `data/`; `data/README.md` says where they are from.
"""

import re
from functools import cache
from importlib.resources import files

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What must be left of a passphrase without the words everybody here would think of.
OWN_LETTERS = 8
# Rows of keys and the two orders everybody knows; read forwards and backwards.
_RUNS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn"),
    *("1234567890", "0123456789", "abcdefghijklmnopqrstuvwxyz"),
)
_SHORTEST_RUN = 4


def is_common(passphrase: str) -> bool:
    """Somebody else's passphrase, as typed or without its capitals, spaces and signs."""
    return bool({passphrase.casefold().strip(), plain(passphrase)} & _common())


def is_repeated(passphrase: str) -> bool:
    """One piece of at most ten letters over and over: `hallohallohallo`."""
    return re.fullmatch(r"(.{1,10}?)\1+(?:\d{0,4})", plain(passphrase)) is not None


def is_run(passphrase: str) -> bool:
    """Nothing but rows of keys, the alphabet and counting."""
    left = plain(passphrase)
    while left:
        length = _run_at_the_start(left)
        if length < _SHORTEST_RUN:
            return len(left) < _SHORTEST_RUN
        left = left[length:]
    return True


def is_of_the_house(passphrase: str, own_words: tuple[str, ...] = ()) -> bool:
    """Little but words that everybody here would think of: the product, the work, the regions, months,
    and the colleague's own name."""
    left = plain(passphrase)
    for word in sorted({*_house_words(), *map(plain, own_words)}, key=len, reverse=True):
        if len(word) > 2:
            left = left.replace(word, " ")
    return sum(letter.isalpha() for letter in left) < OWN_LETTERS


def plain(text: str) -> str:
    """Letters and digits only, small."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


class GuessablePassphrase:
    """Django's validator: one sentence for each way in which a passphrase is easy to guess."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        own = (getattr(user, "name", ""), getattr(user, "email", ""))
        own_words = tuple(word for text in own for word in re.split(r"[^\w]+", text) if word)
        if is_common(password):
            raise ValidationError(_("Deze wachtwoordzin gebruiken veel mensen. Kies een andere."))
        if is_repeated(password) or is_run(password):
            raise ValidationError(
                _("Dit is een herhaling of een rij toetsen. Kies een paar losse woorden.")
            )
        if is_of_the_house(password, own_words):
            raise ValidationError(
                _(
                    "Dit raadt iemand die u of uw werk kent. Kies een paar woorden die er los van staan."
                )
            )

    def get_help_text(self) -> str:
        return _("Niet alleen uw naam, uw regio of woorden van het werk.")


def _run_at_the_start(text: str) -> int:
    """How many letters follow a row of keys from the start of the text."""
    best = 1
    for run in _both_ways():
        start = run.find(text[0])
        length = 0
        while (
            start >= 0
            and run[start + length : start + length + 1] == text[length : length + 1] != ""
        ):
            length += 1
        best = max(best, length)
    return best


@cache
def _both_ways() -> tuple[str, ...]:
    return (*_RUNS, *(run[::-1] for run in _RUNS))


@cache
def _common() -> frozenset[str]:
    lines = _lines("common_passphrases.txt")
    return frozenset(form for line in lines for form in (line.casefold(), plain(line)))


@cache
def _house_words() -> frozenset[str]:
    return frozenset(map(plain, _lines("house_words.txt")))


def _lines(name: str) -> list[str]:
    text = (files("baken.accounts") / "data" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
