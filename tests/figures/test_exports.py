"""Files: the same numbers, the same bytes, and what must go with them."""

import io
import os
import subprocess
import sys
import zipfile

import pytest
from odf import teletype
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from openpyxl import load_workbook

from baken.figures.exports import UnknownFormat, format_of
from tests.figures.facts import utrecht_published

# What a program reads from the table sheet, from the published one: no dash but a number.
EXPECTED = [line.split(",") for line in utrecht_published(2).replace("-", "0").splitlines()]
EXPECTED[0][0] = "Vorm"


def _ods_sheets(content):
    document = load(io.BytesIO(content))
    return {
        sheet.getAttribute("name"): [
            [teletype.extractText(cell) for cell in row.getElementsByType(TableCell)]
            for row in sheet.getElementsByType(TableRow)
        ]
        for sheet in document.spreadsheet.getElementsByType(Table)
    }


def test_xlsx_holds_the_table_and_its_notes(published):
    book = load_workbook(io.BytesIO(format_of("xlsx").write(published["aard"])))

    table, notes = book["Tabel"], dict(book["Toelichting"].iter_rows(values_only=True, max_row=9))

    assert [[str(cell.value) for cell in row] for row in table["A1:E6"]] == EXPECTED
    assert table.tables["Aard"].ref == "A1:E6"
    assert table["A8"].value == "intern, niet publiceren"
    assert notes["Eenheid"] == "registraties: meldingen"
    assert notes["Peildatum"] == "23 november 2026 10:15"
    assert notes["Versie van de definitie"] == "aard 1"


def test_ods_holds_the_table_and_its_notes(published):
    sheets = _ods_sheets(format_of("ods").write(published["aard"]))

    assert sheets["Tabel"][:6] == EXPECTED
    assert sheets["Tabel"][-1] == ["intern, niet publiceren"]
    assert ["Periode", "2020–2023"] in sheets["Toelichting"]
    assert sheets["Toelichting"][-1][1].startswith("totaal: van 74 in 2022 naar 118 in 2023 (+59%)")


def test_numbers_are_numbers_and_nothing_is_a_formula(published):
    for extension, part in [("xlsx", "xl/worksheets/sheet1.xml"), ("ods", "content.xml")]:
        content = format_of(extension).write(published["aard"])
        text = zipfile.ZipFile(io.BytesIO(content)).read(part).decode()

        assert "<f>" not in text
        assert "formula" not in text
        assert ("<v>53</v>" in text) or ('office:value="53"' in text)


def test_csv_says_by_its_name_that_it_is_internal(published):
    name = format_of("csv").name_for(published["aard"])

    assert name == "aard_utrecht_2020-2023_intern-niet-publiceren.csv"


def test_unknown_format():
    with pytest.raises(UnknownFormat):
        format_of("pdf")


SCRIPT = """
import django, hashlib
django.setup()
from tests.figures.facts import table, utrecht_register
from baken.figures.exports import FORMATS
figure = table("aard", list(utrecht_register()), 2020, 2023)
print([hashlib.sha256(each.write(figure)).hexdigest() for each in FORMATS])
"""


def test_another_process_at_another_time_writes_the_same_bytes():
    written = set()
    for seed, zone in [("1", "UTC"), ("2", "Asia/Tokyo")]:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        command = [sys.executable, "-c", SCRIPT]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        written.add(done.stdout)

    assert len(written) == 1
