"""Recognises a register by what is in the file; its name and type are claims of the sender."""

from __future__ import annotations

import re
from mmap import ACCESS_READ, mmap
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from baken.lib.sheets.archive import Archive
from baken.lib.sheets.delimited import DelimitedSource
from baken.lib.sheets.errors import (
    EmptyFile,
    NotASheet,
    OldExcelFormat,
    PasswordProtected,
    TooLarge,
)
from baken.lib.sheets.ods import CONTENT, OdsSource
from baken.lib.sheets.sheet import MB, Limits, Sheet, Source
from baken.lib.sheets.xlsx import XlsxSource

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENT_TYPES = "[Content_Types].xml"
MIMETYPE = "mimetype"
OPEN_DOCUMENT = b"opendocument.spreadsheet"
# The first bytes of what people choose by mistake.
STRANGERS = (
    (b"%PDF", _("een PDF")),
    (b"\x89PNG", _("een afbeelding")),
    (b"\xff\xd8\xff", _("een afbeelding")),
    (b"GIF8", _("een afbeelding")),
    (b"{\\rtf", _("een tekstdocument")),
    (b"\x1f\x8b", _("een ingepakt bestand")),
    (b"7z\xbc\xaf", _("een ingepakt bestand")),
    (b"Rar!", _("een ingepakt bestand")),
    (b"MZ", _("een programma")),
)
# Web pages and XML saved as .xls by older systems.
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|table)", re.IGNORECASE)


def open_sheet(path: Path, *, limits: Limits | None = None) -> Sheet:
    """The register in this file, its header read and checked.

    Raises an ``UnreadableSheet`` whose text says what is wrong, where, and what to do.
    """
    limits = limits or Limits()
    return Sheet(_source(path, limits), limits)


def _source(path: Path, limits: Limits) -> Source:
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise TooLarge(size=-(-size // MB), limit=limits.file_bytes // MB)
    with path.open("rb") as file:
        start = file.read(1024)
    if not start.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe") and size <= len(start):
        raise EmptyFile
    if start.startswith(OLE):
        raise _ole(path)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, limits)
    _refuse_strangers(start)
    return DelimitedSource(path, limits)


def _refuse_strangers(start: bytes) -> None:
    for magic, found in STRANGERS:
        if start.startswith(magic):
            raise NotASheet(found=found)
    if MARKUP.match(start):
        raise NotASheet(found=_("een webpagina of XML-bestand"))


def _ole(path: Path) -> Exception:
    """Excel wraps an encrypted XLSX in the container it once used for .xls."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return PasswordProtected()
        if data.find("Workbook".encode("utf-16-le")) >= 0 or data.find(b"B\0o\0o\0k\0\0") >= 0:
            return OldExcelFormat()
    return NotASheet(found=_("een ander soort document"))


def _zipped(path: Path, limits: Limits) -> Source:
    archive = Archive(path, limits)
    if CONTENT_TYPES in archive.names:
        return XlsxSource(archive, limits)
    if MIMETYPE not in archive.names or CONTENT not in archive.names:
        raise NotASheet(found=_("een ingepakt bestand"))
    if OPEN_DOCUMENT not in next(archive.chunks(MIMETYPE), b""):
        raise NotASheet(found=_("een ander soort document"))
    return OdsSource(archive, limits)
