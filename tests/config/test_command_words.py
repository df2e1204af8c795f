"""What the command line says when the words are wrong: Dutch, one sentence, and no name of a class."""

import errno

import pytest

from baken.config.dutch_arguments import speak_dutch
from baken.config.management.commands.figures import Command as Figures
from baken.config.management.commands.import_register import Command as Import
from baken.lib.os_errors import reason_of

ENGLISH = ("argument ", "choose from", "required", "invalid", "expected", "usage", "Error")


@pytest.fixture(autouse=True)
def _dutch(monkeypatch):
    import argparse

    monkeypatch.setattr(argparse, "_", argparse._)
    monkeypatch.setattr(argparse, "ngettext", argparse.ngettext)
    speak_dutch()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "baken import: dit ontbreekt nog: registrations, file, --region"),
        (["registers", "x", "--region", "utrecht"], "'registers' bestaat niet; kies uit "),
        (["registrations", "x", "--region"], "bij --region: hier hoort één waarde bij"),
        (["registrations", "x", "--region", "a", "--los"], "dit kennen we niet: --los"),
    ],
)
def test_wrong_words(capsys, words, said):
    with pytest.raises(SystemExit) as end:
        Import().run_from_argv(["baken", "import_register", *words])

    told = capsys.readouterr().err
    assert end.value.code == 2
    assert said in told
    assert told.startswith("gebruik: baken import")
    assert not [word for word in ENGLISH if word in told]


def test_help_explains_only_what_is_ours(capsys):
    with pytest.raises(SystemExit):
        Import().run_from_argv(["baken", "import_register", "--help"])

    told = capsys.readouterr().out
    assert "toon deze uitleg" in told
    assert "--mapping" in told
    assert not [word for word in ("--settings", "show", *ENGLISH) if word in told]


@pytest.mark.django_db
def test_refusal_is_the_sentence_alone(capsys):
    words = ["baken", "figures", "table", "aard", "--region", "nergens"]

    with pytest.raises(SystemExit) as end:
        Figures().run_from_argv([*words, "--from", "2020", "--to", "2023"])

    assert end.value.code == 1
    said = capsys.readouterr().err.splitlines()
    assert said[-1] == "Er is geen regio 'nergens'."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "dit bestaat niet"),
        (errno.EACCES, "geen toestemming"),
        (errno.EXDEV, "fout EXDEV"),
        (None, "fout onbekend"),
    ],
)
def test_what_the_system_says_in_dutch(number, said):
    error = OSError("Something went wrong") if number is None else OSError(number, "in English")

    assert reason_of(error) == said
