"""Public numbers by the hundred thousand: the same as `rules.numbers.new_number` makes one at a time."""

import os
from collections.abc import Callable

# Crockford's base 32, repeated to 256: every byte is one of its signs, each as likely.
_SIGNS = (b"0123456789ABCDEFGHJKMNPQRSTVWXYZ" * 8)[:256]


def fresh_numbers(count: int, *, are_taken: Callable[[list[str]], set[str]]) -> list[str]:
    """Random numbers such as ``MH-7K3F-92QD``, no two the same, none of them taken."""
    numbers: set[str] = set()
    while missing := count - len(numbers):
        made = set(_made(missing)) - numbers
        numbers |= made - are_taken(list(made))
    return list(numbers)


def _made(count: int) -> list[str]:
    signs = os.urandom(8 * count).translate(_SIGNS).decode()
    starts = range(0, len(signs), 8)
    return [f"MH-{signs[at : at + 4]}-{signs[at + 4 : at + 8]}" for at in starts]
