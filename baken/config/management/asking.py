"""Asking whoever runs a command. Secrets are typed without echo; through a pipe each answer is a line."""

import getpass
import sys
from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
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


def ask_passphrase(name: str) -> str:
    """A new passphrase that may be used, typed twice."""

    def clean(text: str) -> str:
        try:
            validate_password(text)
        except ValidationError as problem:
            raise WrongAnswer(" ".join(problem.messages)) from None
        return text

    chosen = ask(f"Wachtwoordzin van {name}, door {name} zelf te typen", clean, secret=True)

    def same(text: str) -> str:
        if text != chosen:
            raise WrongAnswer("Dit is niet twee keer dezelfde wachtwoordzin.")
        return text

    return ask("Nog een keer", same, secret=True)


def _read(question: str, secret: bool) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"{question}: ") if secret else input(f"{question}: ").strip()
    line = sys.stdin.readline()
    if not line:
        raise CommandError(f"Er ontbreekt een antwoord: {question}.")
    return line.rstrip("\n") if secret else line.strip()
