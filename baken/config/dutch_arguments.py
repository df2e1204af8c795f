"""What `argparse` says about the words of a command, in Dutch.

It looks its sentences up with `gettext`, in catalogues that Python does not ship; here they are.
"""

import argparse

_DUTCH = {
    "usage: ": "gebruik: ",
    "options": "opties",
    "positional arguments": "woorden",
    "show this help message and exit": "toon deze uitleg",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "bij %(argument_name)s: %(message)s",
    "the following arguments are required: %s": "dit ontbreekt nog: %s",
    "one of the arguments %s is required": "een van deze ontbreekt nog: %s",
    "not allowed with argument %s": "dit kan niet samen met %s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r bestaat niet; kies uit %(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "%(parser_name)r bestaat niet; kies uit %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "dit is geen goede waarde: %(value)r",
    "unrecognized arguments: %s": "dit kennen we niet: %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s kan van alles zijn: %(matches)s"
    ),
    "ignored explicit argument %r": "hier hoort geen waarde bij: %r",
    "expected one argument": "hier hoort één waarde bij",
    "expected at most one argument": "hier hoort hoogstens één waarde bij",
    "expected at least one argument": "hier hoort minstens één waarde bij",
    "expected %s argument": "hier hoort %s waarde bij",
    "expected %s arguments": "hier horen %s waarden bij",
    "unexpected option string: %s": "deze optie kennen we niet: %s",
    "can't open '%(filename)s': %(error)s": "'%(filename)s' gaat niet open",
}


def speak_dutch() -> None:
    """From here on every parser of this process does."""
    setattr(argparse, "_", _in_dutch)  # noqa: B010  mypy knows no such name there
    setattr(argparse, "ngettext", _counted)  # noqa: B010


def _in_dutch(text: str) -> str:
    return _DUTCH.get(text, text)


def _counted(one: str, more: str, count: int) -> str:
    return _in_dutch(one if count == 1 else more)
