"""Files a person or an attacker might upload as a register, each wrong in one way.

``BROKEN[name](path)`` writes the file; the name has the right extension for an upload. Some can
be read as a sheet and are wrong only in what they say: those end in ``_for_importer``.
"""

import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.lib.sheets import containers as c

HEADER = "Nummer;Soort;Jaar;Regio;Aard van uitbuiting\r\n"
FIRST = "M001;melding;2023;Utrecht;Criminele uitbuiting\r\n"
SECOND = "M002;advies;2023;Utrecht;\r\n"
NAMES = ("Nummer", "Soort", "Jaar")

Builder = Callable[[Path], None]


def text(content: str, encoding: str = "utf-8") -> Builder:
    return lambda path: path.write_bytes(content.encode(encoding))


def raw(content: bytes) -> Builder:
    return lambda path: path.write_bytes(content)


def row(line: str) -> Builder:
    """A good register with this line as row 3."""
    return text(HEADER + FIRST + line + "\r\n")


def xlsx(rows: str, after: str = "", **other: str) -> Builder:
    return lambda path: c.write_xlsx(path, c.xlsx_row(*NAMES) + rows, after, **other)


def ods(rows: str, doctype: str = "") -> Builder:
    return lambda path: c.write_ods(path, c.ods_row(*NAMES) + rows, doctype)


def ole(stream: str) -> Builder:
    """The start of an OLE2 container with one named stream in its directory."""
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return raw(
        start + "Root Entry".encode("utf-16-le").ljust(128, b"\0") + stream.encode("utf-16-le")
    )


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.write(HEADER.encode())
        file.truncate(200 * 1024 * 1024)


def truncated(path: Path) -> None:
    c.write_xlsx(path, c.xlsx_row(*NAMES))
    path.write_bytes(path.read_bytes()[:-40])


def corrupted(path: Path) -> None:
    c.write_xlsx(path, c.xlsx_row(*NAMES) + c.xlsx_row("M001", "melding", "2023") * 50)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"xl/worksheets/sheet1.xml", 0, data.index(b"PK\x01\x02"))
    data[at + 60 : at + 70] = b"\xff" * 10
    path.write_bytes(data)


def ods_encrypted(path: Path) -> None:
    manifest = f"{c.ODF}:manifest:1.0"
    entry = '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'
    parts = c.ods_parts("\x03\x07 niet leesbaar")
    parts["META-INF/manifest.xml"] = f'<m:manifest xmlns:m="{manifest}">{entry}</m:manifest>'
    c.write_zip(path, parts)


def word_document(path: Path) -> None:
    parts = c.xlsx_parts("")
    parts["xl/workbook.xml"] = f'<w:document xmlns:w="{c.MAIN}"/>'
    c.write_zip(path, parts)


def other_zip(path: Path) -> None:
    c.write_zip(path, {"foto.txt": "niets"})


def xlsx_bomb(path: Path) -> None:
    c.write_bomb(path, c.xlsx_parts(c.worksheet("")), "xl/worksheets/sheet1.xml", 210)


def ods_bomb(path: Path) -> None:
    c.write_bomb(path, c.ods_parts(c.ods_content("")), "content.xml", 210)


def ratio_bomb(path: Path) -> None:
    c.write_bomb(path, c.xlsx_parts(c.worksheet("")), "xl/sharedStrings.xml", 20)


def lying_bomb(path: Path) -> None:
    """Unpacks to 30 MB and claims to be 900 bytes."""
    c.write_bomb(path, c.xlsx_parts(c.worksheet("")), "xl/worksheets/sheet1.xml", 30)
    size = 30 * 1024 * 1024 + len(c.worksheet(""))
    data = path.read_bytes()
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (900).to_bytes(4, "little")))


def bzip2_bomb(path: Path) -> None:
    c.write_zip(path, c.xlsx_parts(c.worksheet("") + " " * 9_000_000), zipfile.ZIP_BZIP2)


def million_parts(path: Path) -> None:
    """A contents list of 300,000 entries, without the entries."""
    entry = b"PK\x01\x02" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"a"
    count = 300_000
    end = b"PK\x05\x06" + bytes(8) + (len(entry) * count).to_bytes(4, "little")
    start = b"PK\x03\x04" + bytes(26)
    path.write_bytes(start + entry * count + end + len(start).to_bytes(4, "little") + bytes(2))


def million_columns_xlsx(path: Path) -> None:
    cells = "".join(f"<c><v>{number}</v></c>" for number in range(1_000_000))
    c.write_xlsx(path, f"<row>{cells}</row>")


def million_columns_ods(path: Path) -> None:
    c.write_ods(path, c.ods_row(*map(str, range(1_000_000))))


ENTITIES = "<!DOCTYPE b [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
MERGE = '<mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells>'
GOOD_XLSX = c.xlsx_row("M001", "melding", "2023")
GOOD_ODS = c.ods_row("M001", "melding", "2023")
XLSX_FORMULA = '<row><c r="A2"><f>SUM(1,2)</f><v>3</v></c></row>'
ODS_FORMULA = (
    "<table:table-row>" + c.ods_cell("3", 'table:formula="of:=SUM(1;2)"') + "</table:table-row>"
)

BROKEN: dict[str, Builder] = {
    # the file
    "empty.csv": raw(b""),
    "only_white_space.csv": raw(b"\xef\xbb\xbf \r\n\r\n"),
    "200_mb.csv": too_large,
    "pdf.csv": raw(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    "web_page.xls": raw(b"<html><table><tr><td>Nummer</td></tr></table></html>"),
    "image.xlsx": raw(b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "password.xlsx": ole("EncryptedPackage"),
    "password.ods": ods_encrypted,
    "old_excel.xls": ole("Workbook"),
    "old_word.doc": ole("WordDocument"),
    "word.docx": word_document,
    "other.zip": other_zip,
    "truncated.xlsx": truncated,
    "corrupted.xlsx": corrupted,
    "zip_bomb.xlsx": xlsx_bomb,
    "zip_bomb.ods": ods_bomb,
    "ratio_bomb.xlsx": ratio_bomb,
    "lying_bomb.xlsx": lying_bomb,
    "bzip2_bomb.xlsx": bzip2_bomb,
    "million_parts.xlsx": million_parts,
    "entity_bomb.ods": ods(c.ods_row("&b;"), ENTITIES),
    "entity_bomb.xlsx": lambda path: c.write_zip(
        path, c.xlsx_parts(ENTITIES + c.worksheet(GOOD_XLSX))
    ),
    "deep.xlsx": xlsx("<a>" * 200 + "</a>" * 200),
    "no_sheets.xlsx": xlsx("", workbook=c.workbook("")),
    "hidden_sheet.xlsx": xlsx(
        GOOD_XLSX, workbook=c.workbook('<sheet name="R" sheetId="1" r:id="r1" state="hidden"/>')
    ),
    "empty_sheet.ods": lambda path: c.write_ods(path, ""),
    # text
    "wrong_separator.csv": text(HEADER + FIRST.replace(";", ",") + SECOND.replace(";", ",")),
    "pipes.csv": text((HEADER + FIRST).replace(";", "|")),
    "title_above.csv": text("Register Utrecht\r\n" + HEADER + FIRST + SECOND),
    "mixed_encodings.csv": raw(
        HEADER.encode()
        + "M001;melding;2023;Súdwest;\r\n".encode()
        + FIRST.encode()
        + "M003;melding;2023;Súdwest;\r\n".encode("cp1252")
    ),
    "undefined_byte.csv": raw(HEADER.encode() + b"M001;melding;2023;Utr\x81cht;\r\n"),
    "nul_bytes.csv": raw((HEADER + FIRST).encode() + b"M002;mel\0ding;2023;Utrecht;\r\n"),
    "half_utf16.csv": raw((HEADER + FIRST).encode("utf-16")[:-1]),
    "nul_in_utf16.csv": text(HEADER + "M\0;melding;2023;Utrecht;\r\n", "utf-16"),
    "open_quote.csv": text(HEADER + FIRST + 'M002;"melding;2023;Utrecht;\r\n' + FIRST * 20),
    "sloppy_quote.csv": row('M002;"melding"en;2023;Utrecht;'),
    "endless_quote.csv": text(HEADER + FIRST + 'M002;"' + FIRST * 40_000),
    "quoted_lines.csv": text(HEADER + FIRST + '"\n";' * 1_000_000),
    # the header
    "only_header.csv": text(HEADER),
    "only_header.xlsx": xlsx(""),
    "only_header.ods": ods(""),
    "no_header.csv": text(FIRST + SECOND),
    "nameless_column.csv": text("Nummer;;Jaar\r\nM001;melding;2023\r\n"),
    "duplicate_column.csv": text("Nummer;Jaar;jaar \r\nM001;2022;2023\r\n"),
    "header_twice.csv": text(HEADER + FIRST + HEADER + SECOND),
    "million_columns.csv": text("kolom;" * 1_000_000 + "\r\n"),
    "million_columns_below.csv": text(HEADER + FIRST + "1;" * 1_000_000 + "\r\n"),
    "million_columns.xlsx": million_columns_xlsx,
    "million_columns.ods": million_columns_ods,
    "far_column.xlsx": xlsx('<row><c r="XFD2"><v>1</v></c></row>'),
    # rows and cells
    "million_rows.ods": ods(
        GOOD_ODS.replace("-row>", '-row table:number-rows-repeated="1000000">', 1)
    ),
    "ragged_rows.csv": row("M002;melding;2023;Utrecht;Overig;te veel"),
    "ragged_rows.xlsx": xlsx(GOOD_XLSX + c.xlsx_row("M002", "melding", "2023", "te veel")),
    "long_cell.csv": row(f"M002;{'a' * 2001};2023;Utrecht;"),
    "endless_cell.csv": row(f"M002;{'a' * 1_000_000};2023;Utrecht;"),
    "long_cell.xlsx": xlsx(c.xlsx_row("M001", "a" * 2001)),
    "long_shared_text.xlsx": xlsx(
        '<row><c t="s"><v>0</v></c></row>',
        shared=f'<sst xmlns="{c.MAIN}"><si><t>{"a" * 9000}</t></si></sst>',
    ),
    "long_cell.ods": ods(c.ods_row("M001", "a" * 2001)),
    "endless_spaces.ods": ods(
        '<table:table-row><table:table-cell><text:p><text:s text:c="1000000000"/></text:p>'
        "</table:table-cell></table:table-row>"
    ),
    "merged.xlsx": xlsx(GOOD_XLSX, MERGE),
    "merged.ods": ods(
        "<table:table-row>"
        + c.ods_cell("M001")
        + c.ods_cell("melding", 'table:number-rows-spanned="3"')
        + "</table:table-row>"
    ),
    # a good sheet with bad contents: the importer refuses the cell
    "formula_for_importer.csv": row("=1+1;melding;2023;Utrecht;"),
    "formula_for_importer.xlsx": xlsx(XLSX_FORMULA),
    "formula_for_importer.ods": ods(ODS_FORMULA),
    "error_value_for_importer.csv": row("M002;#N/B;2023;Utrecht;"),
    "impossible_day_for_importer.csv": row("M002;melding;31-02-2023;Utrecht;"),
    "excel_serial_for_importer.csv": row("M002;melding;45123;Utrecht;"),
    "future_year_for_importer.csv": row("M002;melding;2203;Utrecht;"),
    "no_date_for_importer.csv": row("M002;melding;vorig jaar;Utrecht;"),
    "duplicate_number_for_importer.csv": row(FIRST.strip()),
    "unknown_form_for_importer.csv": row("M002;melding;2023;Utrecht;Ruimtevaart"),
    "unknown_kind_for_importer.csv": row("M002;gerucht;2023;Utrecht;"),
    # unusual but good
    "bom_for_importer.csv": text("\ufeff" + HEADER + FIRST),
    "utf16_for_importer.csv": text(HEADER.replace(";", "\t") + FIRST.replace(";", "\t"), "utf-16"),
}
