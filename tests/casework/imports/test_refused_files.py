"""Every broken file, through the whole import: refused with a sentence, and nothing written."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command

from baken.casework.imports.mapping import ColumnMapping
from baken.casework.models import RegisterImport, Registration
from tests.casework.imports.conftest import DEMO
from tests.lib.sheets.broken_files import BROKEN
from tests.lib.sheets.test_broken_files import REFUSALS

# What the importer itself must find: (row and column as told, words of the sentence).
JUDGED = {
    "formula_for_importer.csv": ("Rij 3, kolom A", "formule"),
    "formula_for_importer.xlsx": ("Rij 2, kolom A", "formule"),
    "formula_for_importer.ods": ("Rij 2, kolom A", "formule"),
    "error_value_for_importer.csv": ("Rij 3, kolom B", "fout van een formule"),
    "impossible_day_for_importer.csv": ("Rij 3, kolom C", "31-02-2023 bestaat niet"),
    "future_year_for_importer.csv": ("Rij 3, kolom C", "2203 ligt in de toekomst"),
    "no_date_for_importer.csv": ("Rij 3, kolom C", "dit is geen datum"),
    "duplicate_number_for_importer.csv": ("Rij 3, kolom A", "dit nummer staat ook in rij 2"),
    "unknown_form_for_importer.csv": ("Rij 3, kolom E", "heeft nog geen code"),
    "unknown_kind_for_importer.csv": ("Rij 3, kolom B", "heeft nog geen code"),
}
GOOD = {
    "bom_for_importer.csv": 1,
    "utf16_for_importer.csv": 1,
    "excel_serial_for_importer.csv": 2,
}


def _rows_of_casework():
    models = apps.get_app_config("casework").get_models()
    return {model.__name__: model.objects.count() for model in models}


def _mapping(path, tmp_path):
    """The spreadsheets among the broken files have three columns."""
    if path.suffix == ".csv":
        return DEMO / "utrecht.toml"
    lines = (DEMO / "utrecht.toml").read_text().splitlines(keepends=True)
    short = tmp_path / "short.toml"
    short.write_text("".join(line for line in lines if not line.startswith("primary_form")))
    return short


def _import(path, tmp_path):
    """Run the command; returns its exit code and what it says on stderr."""
    said = io.StringIO()
    words = ["registrations", str(path), "--region", "utrecht", "--quiet", "--no-freeze"]
    words += ["--mapping", str(_mapping(path, tmp_path))]
    try:
        call_command("import_register", *words, stdout=io.StringIO(), stderr=said)
    except SystemExit as end:
        return end.code, said.getvalue()
    return 0, said.getvalue()


def test_every_broken_file_is_tried():
    assert BROKEN.keys() == REFUSALS.keys() | JUDGED.keys() | GOOD.keys()


@pytest.mark.parametrize("name", REFUSALS)
def test_unreadable_file(name, tmp_path, in_utrecht):
    _kind, row, column, words = REFUSALS[name]
    BROKEN[name](tmp_path / name)
    before = _rows_of_casework()

    code, said = _import(tmp_path / name, tmp_path)

    assert code == 1
    assert words in said
    assert row is None or f"rij {row}" in said.lower() or "cellen B2:B4" in said
    assert column is None or column in said
    assert _rows_of_casework() == before


@pytest.mark.parametrize("name", JUDGED)
def test_readable_file_with_something_wrong(name, tmp_path, in_utrecht):
    where, words = JUDGED[name]
    BROKEN[name](tmp_path / name)
    before = _rows_of_casework()

    code, said = _import(tmp_path / name, tmp_path)

    assert code == 1
    assert [line for line in said.splitlines() if line.startswith(where) and words in line]
    assert _rows_of_casework() == before


@pytest.mark.parametrize("name", GOOD)
def test_unusual_but_good_file(name, tmp_path, in_utrecht):
    BROKEN[name](tmp_path / name)

    code, said = _import(tmp_path / name, tmp_path)

    assert (code, Registration.objects.count()) == (0, GOOD[name]), said
    assert RegisterImport.objects.get().rows_total == GOOD[name]


def test_mapping_of_a_column_that_is_not_there(register_file, tmp_path, in_utrecht):
    path = register_file("1;melding;2023;Utrecht;")
    path.write_text(path.read_text().replace("Soort", "Type"))

    code, said = _import(path, tmp_path)

    assert code == 1
    assert "Het bestand heeft geen kolom 'Soort' (voor Soort). Wel: Nummer, Type" in said
    assert ColumnMapping.from_toml(DEMO / "utrecht.toml").columns["kind"] == "Soort"
