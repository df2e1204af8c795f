"""The glossary has every word the screens get from the code."""

import csv
import re
from pathlib import Path

import pytest
from django.utils import translation

from baken.accounts.interface import Role
from baken.casework.states import Kind, State, Urgency
from baken.taxonomy.states import CodeListName

ROOT = Path(__file__).parents[2]


def rows():
    """The cells of every row: Dutch, English, in code, meaning, source."""
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    return [row for row in cells if row[0] != "Dutch" and not set(row[0]) <= {"-"}]


TERMS = [row[0].lower() for row in rows()]
IN_CODE = {name for row in rows() for name in re.findall(r"`([^`]+)`", row[2])}


@pytest.mark.parametrize("enum", [Kind, State, Urgency, Role], ids=lambda enum: enum.__name__)
def test_glossary_has_every_label(enum):
    with translation.override("nl"):
        labels = {str(member.label).lower() for member in enum}

    assert labels - set(TERMS) == set()
    assert {f"{enum.__name__}.{member.name}" for member in enum} - IN_CODE == set()


def test_glossary_has_every_code_list():
    assert {name.value for name in CodeListName} - IN_CODE - {"urgency"} == set()


def test_glossary_has_the_name_of_every_code_list():
    lists = ROOT / "baken" / "taxonomy" / "data" / "lists.csv"
    with lists.open(encoding="utf-8") as file:
        labels = {row["label_nl"].lower() for row in csv.DictReader(file)}

    assert labels - set(TERMS) == set()


def test_term_has_one_meaning():
    assert sorted(set(TERMS)) == sorted(TERMS)


def test_row_is_complete():
    assert [row for row in rows() if len(row) != 5 or not all(row)] == []
