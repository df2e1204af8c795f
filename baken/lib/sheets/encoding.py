"""In which encoding a text file was saved.

A byte order mark decides. Without one, text that is valid UTF-8 from start to end is UTF-8:
Dutch text in Windows-1252 is practically never valid UTF-8 by accident. Everything else is
Windows-1252, what Excel writes as plain "CSV", unless part of the file is UTF-8 all the same:
such a file would be imported with "BelgiÃ«" in it, so it is refused.
"""

from __future__ import annotations

import codecs
import re
from mmap import ACCESS_READ, mmap
from pathlib import Path

from baken.lib.sheets.errors import ControlCharacter, MixedEncoding, UnknownCharacters

CHUNK = 1 << 20

# Letters with accents, quotation marks, dashes and the euro sign, in UTF-8. Not every valid
# sequence: an upper case Ë followed by a curly quote in Windows-1252 is also one.
UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x93-\xa6]|\xe2\x82\xac")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
UNDEFINED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def find_encoding(path: Path) -> str:
    """The codec to open this text file with; the file is not empty.

    Raises MixedEncoding, UnknownCharacters or ControlCharacter with the number of the row.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            _check_utf16(data)
            return "utf-16"
        if found := CONTROL.search(data):
            raise ControlCharacter(row=_row_at(data, found.start()))
        wrong = _first_not_utf8(data)
        if wrong is None:
            return "utf-8-sig"
        _check_1252(data, wrong)
        return "cp1252"


def _check_1252(data: mmap, wrong: int) -> None:
    """Byte ``wrong`` is not UTF-8: nothing in the file may be."""
    utf8 = UTF8_LETTER.search(data)
    if utf8 or data[:3] == codecs.BOM_UTF8:
        first = utf8.start() if utf8 else 0
        raise MixedEncoding(row=_row_at(data, max(first, wrong)))
    if found := UNDEFINED_IN_1252.search(data):
        raise UnknownCharacters(row=_row_at(data, found.start()))


def _first_not_utf8(data: mmap) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), CHUNK):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + CHUNK], final=start + CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return start - held + error.start
    return None


def _check_utf16(data: mmap) -> None:
    decoder = codecs.getincrementaldecoder("utf-16")()
    rows = 1
    for start in range(0, len(data), CHUNK):
        try:
            text = decoder.decode(data[start : start + CHUNK], final=start + CHUNK >= len(data))
        except UnicodeDecodeError:
            raise UnknownCharacters(row=rows) from None
        if "\0" in text:
            raise ControlCharacter(row=rows + text[: text.index("\0")].count("\n"))
        rows += text.count("\n")


def _row_at(data: mmap, offset: int) -> int:
    """The row a byte is in; line breaks inside quotation marks do not start a row."""
    end_of_line = b"\n" if data.find(b"\n") >= 0 else b"\r"
    rows, is_quoted = 1, False
    for start in range(0, offset, CHUNK):
        for index, part in enumerate(data[start : min(start + CHUNK, offset)].split(b'"')):
            is_quoted ^= index > 0
            rows += 0 if is_quoted else part.count(end_of_line)
    return rows
