"""XLSX and ODS registers, written by other programs and by hand."""

from datetime import date, datetime

import openpyxl
import pytest
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from baken.lib.sheets import Formula, Kind, SheetError, open_sheet
from baken.lib.sheets.cells import (
    column_letter,
    column_number,
    excel_text,
    number_text,
    serial_date,
)
from baken.lib.sheets.workbook import shown_date
from tests.lib.sheets import containers as c


def read(path):
    sheet = open_sheet(path)
    return sheet, list(sheet.rows())


def test_workbook_of_openpyxl(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Register & meer"
    page.append(["Nummer", "Datum", "Jaar", "Ja of nee", "Berekend", None])
    page.append(["M001", date(2023, 2, 5), 2023, True, "=SUM(C2:C3)", None])
    page["A5"], page["B5"], page["C5"] = "M002", datetime(2023, 5, 1, 23, 59), 2.5
    book.create_sheet("Uitleg")
    book.save(tmp_path / "a.xlsx")

    sheet, rows = read(tmp_path / "a.xlsx")

    assert (sheet.kind, sheet.name, sheet.other_names) == (
        Kind.XLSX,
        "Register & meer",
        ("Uitleg",),
    )
    assert sheet.columns == ("Nummer", "Datum", "Jaar", "Ja of nee", "Berekend")
    assert rows == [
        (2, ("M001", date(2023, 2, 5), "2023", "WAAR", Formula("=SUM(C2:C3)"))),
        (5, ("M002", date(2023, 5, 1), "2.5", None, None)),
    ]
    assert list(sheet.rows()) == rows


def test_xlsx_styles_decide_what_is_a_date(tmp_path):
    cells = "".join(f'<c s="{style}"><v>45123.5</v></c>' for style in range(4))
    c.write_xlsx(tmp_path / "a.xlsx", c.xlsx_row("A", "B", "C", "D") + f"<row>{cells}</row>")

    _sheet, rows = read(tmp_path / "a.xlsx")

    assert rows[0].cells == ("45123.5", date(2023, 7, 16), date(2023, 7, 16), "45123.5")


def test_xlsx_that_counts_days_from_1904(tmp_path):
    rows = c.xlsx_row("A") + '<row><c s="1"><v>43661</v></c></row>'
    c.write_xlsx(tmp_path / "a.xlsx", rows, workbook=c.workbook(pr='<workbookPr date1904="1"/>'))

    assert read(tmp_path / "a.xlsx")[1][0].cells == (date(2023, 7, 16),)


def test_xlsx_kinds_of_cells(tmp_path):
    shared = (
        f'<sst xmlns="{c.MAIN}"><si><r><t>mel</t></r><r><t>ding</t></r>'
        "<rPh><t>niet</t></rPh></si></sst>"
    )
    cells = (
        '<c t="s"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2023-05-01T00:00:00</v></c>'
        '<c t="b"><v>0</v></c><c t="str"><v>tekst</v></c><c s="1"/>'
    )
    c.write_xlsx(tmp_path / "a.xlsx", c.xlsx_row(*"ABCDEF") + f"<row>{cells}</row>", shared=shared)

    assert read(tmp_path / "a.xlsx")[1][0].cells == (
        "melding",
        SheetError("#N/A"),
        date(2023, 5, 1),
        "ONWAAR",
        "tekst",
        None,
    )


def test_xlsx_skips_hidden_sheets_and_reads_prefixed_names(tmp_path):
    sheets = (
        '<sheet name="Lijsten" sheetId="1" r:id="r9" state="veryHidden"/>'
        '<sheet name="Register" sheetId="2" r:id="r1"/>'
    )
    page = c.worksheet(c.xlsx_row("A") + c.xlsx_row("1"))
    page = page.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    c.write_zip(tmp_path / "a.xlsx", c.xlsx_parts(page, workbook=c.workbook(sheets)))

    sheet, rows = read(tmp_path / "a.xlsx")

    assert (sheet.name, sheet.other_names, rows) == ("Register", (), [(2, ("1",))])


def odf_row(*cells):
    row = TableRow()
    for cell in cells:
        row.addElement(cell)
    return row


def odf_text(text, **attributes):
    cell = TableCell(valuetype="string", **attributes)
    cell.addElement(P(text=text))
    return cell


def test_spreadsheet_of_odfpy(tmp_path):
    noted = odf_text("M001")
    note = Annotation()
    note.addElement(P(text="opmerking"))
    noted.addElement(note)
    book = OpenDocumentSpreadsheet()
    page = Table(name="Register & meer")
    page.addElement(odf_row(odf_text("Nummer"), odf_text("Datum"), odf_text("Jaar")))
    page.addElement(
        odf_row(
            noted,
            TableCell(valuetype="date", datevalue="2023-02-05"),
            TableCell(valuetype="float", value="2023"),
            TableCell(numbercolumnsrepeated=16_381),
        )
    )
    page.addElement(TableRow(numberrowsrepeated=1_048_574))
    book.spreadsheet.addElement(page)
    book.spreadsheet.addElement(Table(name="Uitleg"))
    book.save(tmp_path / "a.ods")

    sheet, rows = read(tmp_path / "a.ods")

    assert (sheet.kind, sheet.name, sheet.other_names) == (
        Kind.ODS,
        "Register & meer",
        ("Uitleg",),
    )
    assert rows == [(2, ("M001", date(2023, 2, 5), "2023"))]


def test_ods_repeated_rows_and_cells_keep_their_numbers(tmp_path):
    rows = (
        c.ods_row("A", "B", "C")
        + '<table:table-row table:number-rows-repeated="7"><table:table-cell/></table:table-row>'
        + '<table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        + c.ods_cell("x", 'table:number-columns-repeated="2"')
        + "</table:table-row>"
        + c.ods_row("laatste")
    )
    c.write_ods(tmp_path / "a.ods", rows)

    assert read(tmp_path / "a.ods")[1] == [
        (9, (None, "x", "x")),
        (10, (None, "x", "x")),
        (11, ("laatste", None, None)),
    ]


def test_ods_text_with_spaces_and_lines(tmp_path):
    cell = (
        '<table:table-cell office:value-type="string"><text:p>een<text:s text:c="2"/>'
        "<text:span>twee</text:span><text:line-break/>drie</text:p><text:p>vier</text:p>"
        "</table:table-cell>"
    )
    c.write_ods(tmp_path / "a.ods", c.ods_row("A") + f"<table:table-row>{cell}</table:table-row>")

    assert read(tmp_path / "a.ods")[1][0].cells == ("een  twee\ndrie\nvier",)


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        ("1", date(1900, 1, 1)),
        ("60", date(1900, 2, 28) + (date(1900, 3, 1) - date(1900, 2, 28))),
        ("61", date(1900, 3, 1)),
        ("45123", date(2023, 7, 16)),
        ("0.5", None),
        ("9999999999", None),
        ("tekst", None),
    ],
)
def test_serial_date(serial, day):
    assert serial_date(serial, from_1904=False) == day


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2023", "2023"), ("2023.0", "2023"), ("2.023E3", "2023"), ("0.1", "0.1"), ("1e999", "1e999")],
)
def test_number_text(written, shown):
    assert number_text(written) == shown


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("d-m-yyyy", "%Y-%m-%d"),
        ("[$-413]d mmmm yyyy;@", "%Y-%m-%d"),
        ("mmm-yy", "%Y-%m"),
        ("yyyy", "%Y"),
        ("h:mm", None),
        ("mm:ss.0", None),
        ("General", None),
        ('0 "dagen"', None),
        ("#,##0.00_);[Red](#,##0.00)", None),
    ],
)
def test_how_much_of_a_date_a_format_shows(code, shape):
    assert shown_date(code) == shape


def test_xlsx_month_without_a_day_is_not_given_one(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Datum", "Jaar"])
    book.active.append([date(2023, 5, 1), date(2023, 1, 1)])
    book.active["A2"].number_format, book.active["B2"].number_format = "mmm-yy", "yyyy"
    book.save(tmp_path / "a.xlsx")

    assert read(tmp_path / "a.xlsx")[1][0].cells == ("2023-05", "2023")


def test_excel_text():
    assert excel_text("een_x000D_\ntwee _x005F_ _xZZZZ_ _x00EB_") == "een\ntwee _ _xZZZZ_ _x00EB_"


def test_column_letters():
    assert [column_letter(number) for number in (1, 26, 27, 702, 16_384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "XFD",
    ]
    assert column_number("XFD") == 16_384
