"""What an XLSX says about itself outside its sheets: which sheets, which styles, which texts."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from baken.lib.sheets.archive import Archive
from baken.lib.sheets.cells import excel_text
from baken.lib.sheets.errors import NoSheets, NotASheet, TruncatedArchive
from baken.lib.sheets.markup import Attributes, Markup
from baken.lib.sheets.sheet import MB, Limits

SMALL_PART = 5 * MB
STYLES_PART = 10 * MB

# ECMA-376 part 1, 18.8.30: 14-17 and 22 show a date; 27-36 and 50-58 do in Asian editions.
# 17 is mmm-yy.
BUILT_IN_DATES = frozenset([*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)])
DAY, MONTH, YEAR = "%Y-%m-%d", "%Y-%m", "%Y"
NOT_A_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True)
class Workbook:
    """The first visible sheet of an XLSX, and what is needed to read it."""

    part: str
    name: str
    other_names: tuple[str, ...]
    is_from_1904: bool
    #: How a cell style that shows a date is written as text, by the number of the style.
    date_styles: dict[str, str]
    texts: list[str]


@dataclass
class _Contents:
    sheets: list[tuple[str, str]]
    is_workbook: bool = False
    is_from_1904: bool = False


def read_workbook(archive: Archive, limits: Limits) -> Workbook:
    """Raises NotASheet (a Word file), NoSheets, TruncatedArchive."""
    main = next(iter(_relations(archive, "", "officeDocument").values()), None)
    if main is None or main not in archive.names:
        raise TruncatedArchive
    if main.endswith(".bin"):
        raise NotASheet(found=_("een binair Excel-bestand (.xlsb)"))
    contents = _contents(archive, main)
    parts = _relations(archive, main, "worksheet")
    sheets = [(name, parts[key]) for name, key in contents.sheets if key in parts]
    if not sheets:
        raise NoSheets
    styles = next(iter(_relations(archive, main, "styles").values()), "")
    shared = next(iter(_relations(archive, main, "sharedStrings").values()), "")
    return Workbook(
        part=sheets[0][1],
        name=sheets[0][0],
        other_names=tuple(name for name, _part in sheets[1:]),
        is_from_1904=contents.is_from_1904,
        date_styles=_date_styles(archive, styles) if styles in archive.names else {},
        texts=_shared_texts(archive, shared, limits) if shared in archive.names else [],
    )


def _relations(archive: Archive, part: str, kind: str) -> dict[str, str]:
    """Parts of a kind that a part refers to, by id."""
    folder, file = posixpath.split(part)
    found: dict[str, str] = {}

    def relation(attributes: Attributes) -> None:
        if attributes.get("Type", "").endswith("/" + kind):
            target = posixpath.join("/", folder, attributes["Target"])
            found[attributes["Id"]] = posixpath.normpath(target).lstrip("/")

    name = posixpath.join(folder, "_rels", f"{file}.rels")
    if name in archive.names:
        Markup({"Relationship": relation}, {}).run(archive, name, SMALL_PART)
    return found


def _contents(archive: Archive, main: str) -> _Contents:
    contents = _Contents(sheets=[])

    def workbook(_attributes: Attributes) -> None:
        contents.is_workbook = True

    def properties(attributes: Attributes) -> None:
        contents.is_from_1904 = attributes.get("date1904") in ("1", "true")

    def sheet(attributes: Attributes) -> None:
        if attributes.get("state", "visible") == "visible":
            key = next((v for k, v in attributes.items() if k.endswith("|id")), "")
            contents.sheets.append((attributes.get("name", ""), key))

    handlers = {"workbook": workbook, "workbookPr": properties, "sheet": sheet}
    Markup(handlers, {}).run(archive, main, SMALL_PART)
    if not contents.is_workbook:
        raise NotASheet(found=_("een ander soort document"))
    return contents


def shown_date(code: str) -> str | None:
    """How much of a date a number format shows; None when it shows no date.

    Excel stores "mei 2023" as 1 May 2023: the format is all that says the day is not known.
    """
    letters = NOT_A_CODE.sub("", code.lower()).split(";")[0]
    if "d" in letters:
        return DAY
    if "y" in letters:
        return MONTH if "m" in letters else YEAR
    return DAY if "m" in letters and not re.search("[hs]", letters) else None


class _Styles:
    """Collects which of the cell formats show a date."""

    def __init__(self) -> None:
        self.date_formats = {str(number): DAY for number in BUILT_IN_DATES} | {"17": MONTH}
        self.date_styles: dict[str, str] = {}
        self.count = 0
        self.is_cell_formats = False

    def number_format(self, attributes: Attributes) -> None:
        shape = shown_date(attributes.get("formatCode", ""))
        self.date_formats.pop(attributes["numFmtId"], None)
        if shape:
            self.date_formats[attributes["numFmtId"]] = shape

    def cell_formats(self, _attributes: Attributes) -> None:
        self.is_cell_formats = True

    def end_cell_formats(self) -> None:
        self.is_cell_formats = False

    def cell_format(self, attributes: Attributes) -> None:
        if self.is_cell_formats:
            if shape := self.date_formats.get(attributes.get("numFmtId", "")):
                self.date_styles[str(self.count)] = shape
            self.count += 1


def _date_styles(archive: Archive, part: str) -> dict[str, str]:
    styles = _Styles()
    starts = {
        "numFmt": styles.number_format,
        "cellXfs": styles.cell_formats,
        "xf": styles.cell_format,
    }
    Markup(starts, {"cellXfs": styles.end_cell_formats}).run(archive, part, STYLES_PART)
    return styles.date_styles


class _Texts:
    """Collects the shared texts, each cut just past the longest we accept."""

    def __init__(self, limits: Limits) -> None:
        self.longest = limits.cell_chars + 1
        self.all: list[str] = []
        self.parts: list[str] = []
        self.length = 0
        self.is_text = False
        self.is_phonetic = False

    def item(self, _attributes: Attributes) -> None:
        self.parts, self.length = [], 0

    def end_item(self) -> None:
        self.all.append(excel_text("".join(self.parts))[: self.longest])

    def text(self, _attributes: Attributes) -> None:
        self.is_text = not self.is_phonetic

    def end_text(self) -> None:
        self.is_text = False

    def phonetic(self, _attributes: Attributes) -> None:
        self.is_phonetic = True

    def end_phonetic(self) -> None:
        self.is_phonetic = False

    def characters(self, data: str) -> None:
        if self.is_text and self.length < self.longest:
            self.parts.append(data)
            self.length += len(data)


def _shared_texts(archive: Archive, part: str, limits: Limits) -> list[str]:
    texts = _Texts(limits)
    starts = {"si": texts.item, "t": texts.text, "rPh": texts.phonetic}
    ends = {"si": texts.end_item, "t": texts.end_text, "rPh": texts.end_phonetic}
    markup = Markup(starts, ends, texts.characters)
    markup.run(archive, part, limits.shared_text_bytes)
    return texts.all
