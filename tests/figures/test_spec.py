"""Runs the examples in `tests/spec`: facts in, figure out."""

import re
from pathlib import Path

import pytest

from baken.figures.texts import as_csv
from tests.figures.facts import table

SPEC = Path(__file__).parent.parent / "spec"
FILES = sorted(path for path in SPEC.glob("*.md") if path.name != "README.md")


def _grid(text):
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [cells[0], *cells[2:]]


def _facts(text):
    head, *rows = _grid(text)
    for row in rows:
        fact = {name: cell or None for name, cell in zip(head, row, strict=True)}
        year = fact["received_year"]
        yield {**fact, "received_year": int(year) if year else None}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_example(path):
    given, expected = path.read_text().split("\ngives\n")
    slug = re.search(r"^figure: (\S+)$", given, re.MULTILINE)[1]
    first, last = re.search(r"^period: (\d+)-(\d+)$", given, re.MULTILINE).groups()

    figure = table(slug, list(_facts(given)), int(first), int(last))

    assert [line.split(",") for line in as_csv(figure).splitlines()] == _grid(expected)
    assert list(figure.notes) == re.findall(r"^- (.*)$", expected, re.MULTILINE)


def test_there_are_examples():
    assert len(FILES) == 7
