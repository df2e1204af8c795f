"""Public numbers: random, so that they tell nothing about how many there are; short, to read aloud. And
what may be the number of a registration in another system."""

import os
import re
from collections.abc import Callable

# Crockford's base 32 (no I, L, O, U), repeated to 256: every byte is one of its signs, each as likely.
_SIGNS = (b"0123456789ABCDEFGHJKMNPQRSTVWXYZ" * 8)[:256]
# A number, not a place for sentences or names: free text is kept elsewhere, sealed.
EXTERNAL_NUMBER = re.compile(r"\A(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9./_-]{0,39}\Z")


def new_number() -> str:
    """A number such as ``MH-7K3F-92QD``: 32⁸ ≈ 10¹² of them; unique per region in the database."""
    return _made(1)[0]


def fresh_numbers(count: int, *, are_taken: Callable[[list[str]], set[str]]) -> list[str]:
    """As many of those numbers, no two the same, none of them taken."""
    numbers: set[str] = set()
    while missing := count - len(numbers):
        made = set(_made(missing)) - numbers
        numbers |= made - are_taken(list(made))
    return list(numbers)


def _made(count: int) -> list[str]:
    signs = os.urandom(8 * count).translate(_SIGNS).decode()
    starts = range(0, len(signs), 8)
    return [f"MH-{signs[at : at + 4]}-{signs[at + 4 : at + 8]}" for at in starts]
