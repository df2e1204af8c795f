"""Styles hold what pages use and nothing else, and stay small enough for a slow line."""

import gzip
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "baken"
SHEETS = sorted((HOUSE / "static" / "baken").rglob("*.css"))
USED_IN = {".html", ".py", ".js"}
BY_OTHERS = {"htmx-request"}  # htmx puts it on what waits for an answer


def _classes(sheet):
    plain = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet.read_text(), flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", plain)) - BY_OTHERS


def _is_used(name, text):
    """As a whole word, or as the stem of what a template completes: `baken-status--{{ kind }}`."""
    if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
        return True
    stems = [name[: at + 1] for at, sign in enumerate(name) if sign == "-"]
    return any(f"{stem}{{" in text for stem in stems)


@pytest.fixture(scope="module")
def pages():
    files = [path for path in HOUSE.rglob("*") if path.suffix in USED_IN]
    return "\n".join(path.read_text() for path in files)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"{sheet.parent.name}/{sheet.name}")
def test_every_class_stands_on_a_page(sheet, pages):
    assert {name for name in _classes(sheet) if not _is_used(name, pages)} == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"{sheet.parent.name}/{sheet.name}")
def test_no_selector_stands_twice_in_a_row_of_rules(sheet):
    heads = re.findall(r"^([^\s@/}][^{}]*?)\s*\{", sheet.read_text(), flags=re.MULTILINE)

    assert sorted({head for head in heads if heads.count(head) > 1 and head != ":root"}) == []


def test_every_component_is_drawn_somewhere(pages):
    components = (HOUSE / "templates" / "components").glob("*.html")

    assert [path.name for path in components if f"components/{path.name}" not in pages] == []


def test_styles_fit_in_one_first_answer():
    """Ten packets of a new connection; as a browser gets them when a proxy compresses."""
    whole = b"".join(sheet.read_bytes() for sheet in SHEETS)

    assert len(gzip.compress(whole)) < 14_600
