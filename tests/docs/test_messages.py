"""The catalogues: everything has its English, and says the same with the same blanks to fill."""

import importlib.util
import io
import re
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted(ROOT.glob("baken/locale/*/*/LC_MESSAGES/*.po"))
ENGLISH = [path for path in CATALOGUES if path.parts[-3] == "en"]
# What is filled in, and the tags around it.
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+")
DUTCH = re.compile(r"\b(de|het|een|niet|en|van|voor|u|uw|wordt)\b", re.IGNORECASE)


def _name(path):
    return "-".join(path.relative_to(ROOT / "baken" / "locale").parts[:2])


def _load_tool():
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


messages = _load_tool()


def read(path):
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def texts(path):
    """Original and translation of every text, of a plural both."""
    for message in read(path):
        if message.id:
            ids, strings = message.id, message.string
            plural = message.pluralizable
            yield from zip(ids, strings, strict=True) if plural else [(ids, strings)]


@pytest.mark.parametrize("site", messages.SITES)
def test_every_text_has_its_english(site):
    _, brought_up_to_date = messages.translated(site)

    assert messages.missing(brought_up_to_date) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=_name)
def test_catalogue_compiles(path):
    catalogue = read(path)

    assert [str(error) for _, errors in catalogue.check() for error in errors] == []
    write_mo(io.BytesIO(), catalogue)


@pytest.mark.parametrize("path", CATALOGUES, ids=_name)
def test_translation_fills_in_the_same(path):
    different = [
        (original, translation)
        for original, translation in texts(path)
        if sorted(PLACES.findall(original)) != sorted(PLACES.findall(translation))
    ]

    assert different == []


@pytest.mark.parametrize("path", ENGLISH, ids=_name)
def test_english_is_english(path):
    assert [english for _, english in texts(path) if DUTCH.search(english)] == []


@pytest.mark.parametrize("path", ENGLISH, ids=_name)
def test_english_ends_as_the_dutch_does(path):
    ends = ".?…)"
    different = [
        english
        for original, english in texts(path)
        if original[-1] in ends and original[-1] != english[-1]
    ]

    assert different == []


def test_what_the_docstring_of_a_problem_says_is_collected():
    source = 'class Full(Exception):\n    """Er is geen\n    plaats meer."""\n'

    assert list(messages._sentences(source)) == ["Er is geen plaats meer."]
