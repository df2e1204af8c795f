"""Smallest XLSX and ODS files, written by hand so that they can be wrong in any way."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"

CONTENT_TYPES = f'<Types xmlns="{PACKAGE}/content-types"/>'


def relations(*entries: tuple[str, str, str]) -> str:
    body = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE_REL}/{kind}" Target="{target}"/>'
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'


def workbook(sheets: str = '<sheet name="Register" sheetId="1" r:id="r1"/>', pr: str = "") -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_REL}">{pr}<sheets>{sheets}</sheets></workbook>'
    )


# Style 0 is general, 1 shows a date, 2 a date in a format of its own, 3 a time.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="d\\-m\\-yyyy"/>'
    '</numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>'
)


def text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def xlsx_row(*texts: str) -> str:
    return f"<row>{''.join(map(text_cell, texts))}</row>"


def worksheet(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx_parts(sheet: str, **other: str) -> dict[str, str]:
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": other.get("workbook", workbook()),
        "xl/_rels/workbook.xml.rels": relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "styles", "styles.xml"),
            ("r3", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": other.get("shared", f'<sst xmlns="{MAIN}"/>'),
        "xl/worksheets/sheet1.xml": sheet,
    }


def write_zip(path: Path, parts: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def write_xlsx(path: Path, rows: str, after: str = "", **other: str) -> None:
    write_zip(path, xlsx_parts(worksheet(rows, after), **other))


def ods_cell(text: str, attributes: str = "") -> str:
    body = f"<text:p>{escape(text)}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="string" {attributes}>{body}</table:table-cell>'


def ods_row(*texts: str) -> str:
    return f"<table:table-row>{''.join(map(ods_cell, texts))}</table:table-row>"


def ods_content(rows: str, doctype: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{doctype}<office:document-content xmlns:office="{ODF}:office:1.0" '
        f'xmlns:table="{ODF}:table:1.0" xmlns:text="{ODF}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Register">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def ods_parts(content: str) -> dict[str, str]:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return {"mimetype": kind, "content.xml": content}


def write_ods(path: Path, rows: str, doctype: str = "") -> None:
    write_zip(path, ods_parts(ods_content(rows, doctype)))


def write_bomb(path: Path, parts: dict[str, str], big: str, megabytes: int) -> None:
    """``big`` is the part that unpacks to so many megabytes of spaces after what it holds."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            with archive.open(name, "w") as part:
                part.write(content.encode())
                for _ in range(megabytes if name == big else 0):
                    part.write(b" " * 1024 * 1024)
