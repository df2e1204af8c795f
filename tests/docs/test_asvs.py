"""docs/security/asvs.csv has every requirement once, says where each is met, and the page shows it."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOL, DATA = ROOT / "tools/asvs.py", ROOT / "docs/security/asvs.csv"


def _rows():
    with DATA.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _check(text, tmp_path):
    """What the tool says about other data."""
    tool = TOOL.read_text().replace("Path(__file__).parents[1]", f"Path({str(ROOT)!r})")
    tool = tool.replace('ROOT / "docs/security/asvs.csv"', f"Path({str(tmp_path / 'asvs.csv')!r})")
    (tmp_path / "asvs.csv").write_text(text)
    done = subprocess.run([sys.executable, "-c", tool, "--check"], capture_output=True, text=True)
    return done.returncode, done.stderr


def _changed(name, **values):
    rows = _rows()
    for row in rows:
        if row["id"] == name:
            row.update(values)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def test_page_and_data_agree_and_every_place_exists():
    done = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_numbers_of_the_standard():
    levels = [row["level"] for row in _rows()]

    assert (levels.count("1"), levels.count("2"), len(levels)) == (70, 183, 253)


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("6.2.1", {"verdict": "not met"}, "6.2.1: level 1 is not met"),
        ("6.2.1", {"verdict": "maybe"}, "6.2.1: verdict, level or place is missing"),
        ("6.2.1", {"where": ""}, "6.2.1: is met, but nothing shows where"),
        ("6.2.1", {"where": "`tests/nowhere.py`"}, "6.2.1: tests/nowhere.py does not exist"),
        ("6.2.1", {"where": "`tools/asvs.py::no_such`"}, "tools/asvs.py::no_such does not exist"),
        ("6.2.1", {"where": "`NO_SUCH_SETTING`"}, "6.2.1: NO_SUCH_SETTING does not exist"),
        ("6.2.1", {"where": "`docs/security.md#no-heading`"}, "does not exist"),
        ("6.2.1", {"level": "2"}, "chapter 6: (12, 23) requirements, the standard has (13, 22)"),
        ("6.2.1", {"id": "6.2.2"}, "6.2.2: 2 times"),
    ],
)
def test_what_is_wrong_is_said(name, values, sentence, tmp_path):
    code, said = _check(_changed(name, **values), tmp_path)

    assert code == 1
    assert sentence in said
