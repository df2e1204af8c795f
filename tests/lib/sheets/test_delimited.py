"""CSV registers as different programs write them."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from baken.lib.sheets import Formula, Kind, Limits, open_sheet
from baken.lib.sheets.cells import mark
from baken.lib.sheets.errors import TooManyRows

NAMES = ("Nummer", "Soort", "Plaats")
ONE = "Nummer;Soort;Plaats\r\nM001;melding;België\r\n"


def read(path: Path, content: bytes):
    path.write_bytes(content)
    sheet = open_sheet(path)
    return sheet, list(sheet.rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encoding_and_separator_are_found(encoding, separator, tmp_path):
    sheet, rows = read(tmp_path / "a.csv", ONE.replace(";", separator).encode(encoding))

    assert sheet.columns == NAMES
    assert sheet.kind is Kind.CSV
    assert rows == [(2, ("M001", "melding", "België"))]


def test_upper_case_and_curly_quote_in_windows_1252(tmp_path):
    content = ONE.replace("België", "“BELGIË” é").encode("cp1252")

    _sheet, rows = read(tmp_path / "a.csv", content)

    assert rows[0].cells[2] == "“BELGIË” é"


def test_numbers_count_empty_rows_and_rows_of_several_lines(tmp_path):
    content = 'Nummer;Soort\r\n\r\nM001;"een\r\ntwee"\r\n;\r\nM002;advies\r\n'

    _sheet, rows = read(tmp_path / "a.csv", content.encode())

    assert rows == [(3, ("M001", "een\r\ntwee")), (5, ("M002", "advies"))]


def test_rows_above_the_header_may_be_empty(tmp_path):
    sheet, rows = read(tmp_path / "a.csv", b";;\r\nNummer;Soort;;\r\nM001;melding;;\r\n")

    assert (sheet.header_row, sheet.columns) == (2, ("Nummer", "Soort"))
    assert rows == [(3, ("M001", "melding"))]


def test_short_rows_are_filled_and_empty_cells_are_none(tmp_path):
    _sheet, rows = read(tmp_path / "a.csv", b"Nummer,Soort,Jaar\nM001\nM002,,2023\n")

    assert rows == [(2, ("M001", None, None)), (3, ("M002", None, "2023"))]


def test_excel_may_write_many_empty_columns(tmp_path):
    line = ";" * 16_380 + "\r\n"

    _sheet, rows = read(tmp_path / "a.csv", f"Nummer;Soort{line}M001;melding{line}".encode())

    assert rows == [(2, ("M001", "melding"))]


def test_one_column(tmp_path):
    sheet, rows = read(tmp_path / "a.csv", b"Nummer\nM001\nM002\n")

    assert sheet.columns == ("Nummer",)
    assert rows == [(2, ("M001",)), (3, ("M002",))]


def test_separator_announced_to_excel(tmp_path):
    _sheet, rows = read(tmp_path / "a.csv", b"sep=|\r\nNummer|Soort\r\nM001|melding\r\n")

    assert rows == [(2, ("M001", "melding"))]


def test_decimal_commas_do_not_win_from_semicolons(tmp_path):
    _sheet, rows = read(tmp_path / "a.csv", b"Nummer;Bedrag\n1;2,50\n2;3,75\n")

    assert rows[1].cells == ("2", "3,75")


def test_old_mac_line_ends(tmp_path):
    _sheet, rows = read(tmp_path / "a.csv", ONE.replace("\r\n", "\r").encode())

    assert rows == [(2, ("M001", "melding", "België"))]


def test_rows_can_be_read_again_and_progress_ends_at_one(tmp_path):
    sheet, rows = read(tmp_path / "a.csv", ONE.encode())

    assert list(sheet.rows()) == rows
    assert sheet.progress == 1.0


def test_last_row_within_the_limit(tmp_path):
    (tmp_path / "a.csv").write_text("a;b\n" + "1;2\n" * 4)

    assert len(list(open_sheet(tmp_path / "a.csv", limits=Limits(rows=4)).rows())) == 4
    with pytest.raises(TooManyRows, match="rij 5 is er een te veel"):
        list(open_sheet(tmp_path / "a.csv", limits=Limits(rows=3)).rows())


@pytest.mark.parametrize(
    ("text", "is_formula"),
    [
        ("=1+1", True),
        ("= A1", True),
        ("+A1", True),
        ("-2+3+cmd|' /C calc'!A0", True),
        ("@SUM(A1:A2)", True),
        ("-SOM(A1)", True),
        ("=", False),
        ("-", False),
        ("-5", False),
        ("+31612345678", False),
        ("- A4 gevonden", False),
        ("@gebruiker", False),
        ("-geen-", False),
    ],
)
def test_formula_or_text(text, is_formula):
    assert isinstance(mark(text), Formula) is is_formula


def test_the_register_that_utrecht_published():
    path = Path(__file__).parents[2] / "data" / "utrecht_2020_2023_register.csv"

    sheet = open_sheet(path)
    rows = list(sheet.rows())

    assert sheet.columns == ("Nummer", "Soort", "Jaar", "Regio", "Aard van uitbuiting")
    assert len(rows) == 623
    assert rows[-1] == (624, ("U-2023-A089", "advies", "2023", "Utrecht", None))


DUTCH = "abc XYZ 019;,\t\"'\r\né ë ï É ç € – ’"
EVERYTHING = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"
)
ENCODINGS = {
    "utf-8": st.text(EVERYTHING | st.sampled_from(DUTCH), max_size=20),
    "utf-16": st.text(EVERYTHING | st.sampled_from(DUTCH), max_size=20),
    "cp1252": st.text(st.sampled_from(DUTCH), max_size=20),
}


def is_also_utf8(content: bytes) -> bool:
    """Some texts in Windows-1252, like 'É–', are bytes that mean another text in UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return not content.isascii()


def harmless(text: str) -> bool:
    return text[:1] not in {"=", "+", "-", "@", "#"}


@settings(max_examples=60, deadline=None)
@given(data=st.data(), separator=st.sampled_from(";,\t"))
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_csv_writes_reads_back_identical(encoding, separator, data, tmp_path_factory):
    cells = ENCODINGS[encoding].filter(harmless)
    rows = data.draw(st.lists(st.tuples(st.just("M001"), cells, cells), min_size=1, max_size=8))
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows([NAMES, *rows])
    content = written.getvalue().encode(encoding)
    assume(encoding != "cp1252" or not is_also_utf8(content))
    path = tmp_path_factory.mktemp("csv") / "a.csv"

    _sheet, found = read(path, content)

    assert [row.cells for row in found] == [tuple(c or None for c in row) for row in rows]
    assert [row.number for row in found] == list(range(2, len(rows) + 2))
    assert not any(isinstance(c, date) for row in found for c in row.cells)
