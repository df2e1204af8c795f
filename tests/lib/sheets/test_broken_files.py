"""Every broken file is refused with a sentence that says where and what to do."""

import pickle

import pytest

from baken.lib.sheets import Formula, SheetError, UnreadableSheet, errors, open_sheet
from tests.lib.sheets.broken_files import BROKEN

# name: exception, row, column, words of the sentence
REFUSALS = {
    "empty.csv": (errors.EmptyFile, None, None, "kolomnamen"),
    "only_white_space.csv": (errors.EmptyFile, None, None, "leeg"),
    "200_mb.csv": (errors.TooLarge, None, None, "200 MB. Het mag niet groter zijn dan 50 MB"),
    "pdf.csv": (errors.NotASheet, None, None, "een PDF"),
    "web_page.xls": (errors.NotASheet, None, None, "een webpagina"),
    "image.xlsx": (errors.NotASheet, None, None, "een afbeelding"),
    "password.xlsx": (errors.PasswordProtected, None, None, "haal het wachtwoord weg"),
    "password.ods": (errors.PasswordProtected, None, None, "haal het wachtwoord weg"),
    "old_excel.xls": (errors.OldExcelFormat, None, None, "sla het op als XLSX"),
    "old_word.doc": (errors.NotASheet, None, None, "een ander soort document"),
    "word.docx": (errors.NotASheet, None, None, "een ander soort document"),
    "other.zip": (errors.NotASheet, None, None, "een ingepakt bestand"),
    "truncated.xlsx": (errors.TruncatedArchive, None, None, "beschadigd"),
    "corrupted.xlsx": (errors.TruncatedArchive, None, None, "beschadigd"),
    "zip_bomb.xlsx": (errors.ZipBomb, None, None, "meer dan 200 MB"),
    "zip_bomb.ods": (errors.ZipBomb, None, None, "meer dan 200 MB"),
    "ratio_bomb.xlsx": (errors.ZipBomb, None, None, "op als CSV"),
    "lying_bomb.xlsx": (errors.TruncatedArchive, None, None, "beschadigd"),
    "bzip2_bomb.xlsx": (errors.TruncatedArchive, None, None, "beschadigd"),
    "million_parts.xlsx": (errors.ZipBomb, None, None, "op als CSV"),
    "entity_bomb.ods": (errors.ForbiddenMarkup, None, None, "nieuwe spreadsheet"),
    "entity_bomb.xlsx": (errors.ForbiddenMarkup, None, None, "nieuwe spreadsheet"),
    "deep.xlsx": (errors.ForbiddenMarkup, None, None, "nieuwe spreadsheet"),
    "no_sheets.xlsx": (errors.NoSheets, None, None, "geen zichtbaar werkblad"),
    "hidden_sheet.xlsx": (errors.NoSheets, None, None, "geen zichtbaar werkblad"),
    "empty_sheet.ods": (errors.EmptyFile, None, None, "eerste blad"),
    "wrong_separator.csv": (errors.UnknownSeparator, 2, None, "rij 2 is anders verdeeld"),
    "pipes.csv": (errors.UnknownSeparator, 1, None, "een puntkomma, een komma of een tab"),
    "title_above.csv": (errors.UnknownSeparator, 2, None, "Staat er een titel boven"),
    "mixed_encodings.csv": (errors.MixedEncoding, 4, None, "rij 4 anders opgeslagen"),
    "undefined_byte.csv": (errors.UnknownCharacters, 2, None, "rij 2"),
    "nul_bytes.csv": (errors.ControlCharacter, 3, None, "rij 3"),
    "half_utf16.csv": (errors.UnknownCharacters, 1, None, "CSV UTF-8"),
    "nul_in_utf16.csv": (errors.ControlCharacter, 2, None, "rij 2"),
    "open_quote.csv": (errors.UnclosedQuote, 3, None, "rij 3 klopt een aanhalingsteken"),
    "sloppy_quote.csv": (errors.UnclosedQuote, 3, None, "tekst achter"),
    "endless_quote.csv": (errors.UnclosedQuote, 3, None, "rij 3"),
    "quoted_lines.csv": (errors.UnclosedQuote, 3, None, "rij 3"),
    "only_header.csv": (errors.OnlyHeader, 1, None, "Onder de kolomnamen in rij 1"),
    "only_header.xlsx": (errors.OnlyHeader, 1, None, "Onder de kolomnamen in rij 1"),
    "only_header.ods": (errors.OnlyHeader, 1, None, "Onder de kolomnamen in rij 1"),
    "no_header.csv": (errors.NoHeader, 1, "C", "rij 1 staat in kolom C een waarde"),
    "nameless_column.csv": (errors.NamelessColumn, 1, "B", "Kolom B heeft in rij 1 geen naam"),
    "duplicate_column.csv": (errors.DuplicateColumn, 1, "C", "kolommen B en C heten in rij 1"),
    "header_twice.csv": (errors.HeaderTwice, 3, None, "rij 3 staan de kolomnamen nog een keer"),
    "million_columns.csv": (errors.TooManyColumns, 1, None, "Rij 1 heeft meer dan 200"),
    "million_columns_below.csv": (errors.TooManyColumns, 3, None, "Rij 3 heeft meer dan 200"),
    "million_columns.xlsx": (errors.TooManyColumns, 1, None, "Rij 1 heeft meer dan 200"),
    "million_columns.ods": (errors.TooManyColumns, 1, None, "Rij 1 heeft meer dan 200"),
    "far_column.xlsx": (errors.TooManyColumns, 2, None, "Rij 2 heeft meer dan 200"),
    "million_rows.ods": (errors.TooManyRows, 250_002, None, "meer dan 250000 registraties"),
    "ragged_rows.csv": (errors.RowTooWide, 3, "F", "Rij 3 heeft een waarde in kolom F"),
    "ragged_rows.xlsx": (errors.RowTooWide, 3, "D", "Rij 3 heeft een waarde in kolom D"),
    "long_cell.csv": (errors.CellTooLong, 3, "B", "rij 3, kolom B"),
    "endless_cell.csv": (errors.CellTooLong, 3, "B", "meer dan 2000 tekens"),
    "long_cell.xlsx": (errors.CellTooLong, 2, "B", "rij 2, kolom B"),
    "long_shared_text.xlsx": (errors.CellTooLong, 2, "A", "rij 2, kolom A"),
    "long_cell.ods": (errors.CellTooLong, 2, "B", "rij 2, kolom B"),
    "endless_spaces.ods": (errors.CellTooLong, 2, "A", "rij 2, kolom A"),
    "merged.xlsx": (errors.MergedCells, 2, "B", "cellen B2:B4"),
    "merged.ods": (errors.MergedCells, 2, "B", "cellen B2:B4"),
}

# name: the last row as it is handed to the importer
CONTENTS = {
    "formula_for_importer.csv": (3, Formula("=1+1")),
    "formula_for_importer.xlsx": (2, Formula("=SUM(1,2)")),
    "formula_for_importer.ods": (2, Formula("=SUM(1;2)")),
    "error_value_for_importer.csv": (3, SheetError("#N/B")),
    "impossible_day_for_importer.csv": (3, "31-02-2023"),
    "excel_serial_for_importer.csv": (3, "45123"),
    "future_year_for_importer.csv": (3, "2203"),
    "no_date_for_importer.csv": (3, "vorig jaar"),
    "duplicate_number_for_importer.csv": (3, "M001"),
    "unknown_form_for_importer.csv": (3, "Ruimtevaart"),
    "unknown_kind_for_importer.csv": (3, "gerucht"),
    "bom_for_importer.csv": (2, "M001"),
    "utf16_for_importer.csv": (2, "M001"),
}


def test_every_broken_file_has_an_outcome():
    assert BROKEN.keys() == REFUSALS.keys() | CONTENTS.keys()


@pytest.mark.parametrize("name", REFUSALS)
def test_refused(name, tmp_path):
    kind, row, column, words = REFUSALS[name]
    BROKEN[name](tmp_path / name)

    with pytest.raises(UnreadableSheet) as caught:
        list(open_sheet(tmp_path / name).rows())

    error = caught.value
    assert (type(error), error.row, error.column) == (kind, row, column)
    assert words in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("name", CONTENTS)
def test_read_for_the_importer_to_judge(name, tmp_path):
    number, cell = CONTENTS[name]
    BROKEN[name](tmp_path / name)

    *_, last = open_sheet(tmp_path / name).rows()

    assert last.number == number
    assert cell in last.cells
