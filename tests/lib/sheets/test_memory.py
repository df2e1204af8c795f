"""No file within the limits brings a process that reads it over 500 MB.

Each is read in a process of its own, which reports the most memory it ever had.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.lib.sheets import containers as c
from tests.lib.sheets.broken_files import BROKEN, HEADER

ROOT = Path(__file__).parents[3]
MOST_MB = 500
READ = r"""
import re, sys
from pathlib import Path
from baken.lib.sheets import UnreadableSheet, open_sheet
try:
    outcome = sum(1 for _ in open_sheet(Path(sys.argv[1])).rows())
except UnreadableSheet as error:
    outcome = type(error).__name__
# Not ru_maxrss: that still holds what the process was before it became this one.
peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]
print(outcome, int(peak) // 1024)
"""


def read_apart(path: Path) -> tuple[str, int]:
    done = subprocess.run(
        [sys.executable, "-c", READ, path], capture_output=True, text=True, check=True, cwd=ROOT
    )
    outcome, megabytes = done.stdout.split()
    return outcome, int(megabytes)


def filled(unit: str, size: int = 48_000_000) -> str:
    return unit * (size // len(unit))


def numbered(template: str, count: int) -> str:
    return "".join(template.format(number) for number in range(count))


def stored_xlsx(path: Path, rows: str, **other: str) -> None:
    c.write_zip(path, c.xlsx_parts(c.worksheet(rows), **other), zipfile.ZIP_STORED)


def separators(path: Path) -> None:
    path.write_text(filled(";"))


def quoted_lines(path: Path) -> None:
    path.write_text(HEADER + filled('"\n";'))


def endless_quote(path: Path) -> None:
    path.write_text(HEADER + '"' + filled("a;b;c\n"))


def wide_characters(path: Path) -> None:
    path.write_text(HEADER + filled("😀", 12_000_000))


def endless_attribute(path: Path) -> None:
    stored_xlsx(path, f'<row r="{filled("1")}"/>')


def endless_comment(path: Path) -> None:
    stored_xlsx(path, f"<!--{filled('<')}-->")


def ever_new_names(path: Path) -> None:
    stored_xlsx(path, numbered("<a{0}/>", 1_000_000))


def ever_new_attributes(path: Path) -> None:
    stored_xlsx(path, numbered('<a b{0}=""/>', 1_000_000))


def ever_deeper(path: Path) -> None:
    stored_xlsx(path, filled("<a>", 8_000_000))


def tiny_cells(path: Path) -> None:
    stored_xlsx(path, "<row>" + filled("<c/>", 8_000_000) + "</row>")


def tiny_shared_texts(path: Path) -> None:
    texts = numbered("<si><t>{0}</t></si>", 1_900_000)
    rows = c.xlsx_row("A") + c.xlsx_row("1")
    stored_xlsx(path, rows, shared=f'<sst xmlns="{c.MAIN}">{texts}</sst>')


def repeated_rows(path: Path) -> None:
    row = '<table:table-row table:number-rows-repeated="9999999999999">'
    c.write_ods(path, c.ods_row("A") + row + c.ods_cell("1") + "</table:table-row>")


ATTACKS = {
    separators: "TooManyColumns",
    quoted_lines: "UnclosedQuote",
    endless_quote: "UnclosedQuote",
    wide_characters: "CellTooLong",
    endless_attribute: "ForbiddenMarkup",
    endless_comment: "ForbiddenMarkup",
    ever_new_names: "ForbiddenMarkup",
    ever_new_attributes: "ForbiddenMarkup",
    ever_deeper: "ForbiddenMarkup",
    tiny_cells: "EmptyFile",
    tiny_shared_texts: "1",
    repeated_rows: "TooManyRows",
}

HEAVY = [
    "200_mb.csv",
    "zip_bomb.xlsx",
    "zip_bomb.ods",
    "ratio_bomb.xlsx",
    "lying_bomb.xlsx",
    "million_parts.xlsx",
    "million_columns.csv",
    "million_columns.xlsx",
    "million_columns.ods",
    "million_rows.ods",
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_attack_stays_within_memory(attack, tmp_path):
    attack(tmp_path / "file")

    outcome, megabytes = read_apart(tmp_path / "file")

    assert outcome == ATTACKS[attack]
    assert megabytes < MOST_MB


@pytest.mark.parametrize("name", HEAVY)
def test_broken_file_stays_within_memory(name, tmp_path):
    BROKEN[name](tmp_path / name)

    _outcome, megabytes = read_apart(tmp_path / name)

    assert megabytes < MOST_MB
