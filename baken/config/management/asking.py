"""Asking whoever runs a command. Secrets are typed without echo; through a pipe each answer is a line."""

import getpass
import sys
from collections.abc import Callable
from typing import TypeVar

from django.core.management.base import CommandError

Value = TypeVar("Value")


class WrongAnswer(Exception):
    """Dit kan niet."""


def ask(question: str, clean: Callable[[str], Value], *, secret: bool = False) -> Value:
    """The answer as `clean` gives it. At a terminal a `WrongAnswer` is said and asked again; from a pipe it
    ends the command."""
    while True:
        try:
            return clean(_read(question, secret))
        except WrongAnswer as problem:
            if not sys.stdin.isatty():
                raise CommandError(f"{question}: {problem}") from None
            print(problem, file=sys.stderr)


def _read(question: str, secret: bool) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"{question}: ") if secret else input(f"{question}: ").strip()
    line = sys.stdin.readline()
    if not line:
        raise CommandError(f"Er ontbreekt een antwoord: {question}.")
    return line.rstrip("\n") if secret else line.strip()
