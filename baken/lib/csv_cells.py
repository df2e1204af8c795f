"""CSV that a spreadsheet opens without running anything (OWASP, *CSV Injection*)."""

import csv
from collections.abc import Iterable
from typing import IO

# A cell that begins with one of these may be run as a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: object) -> str:
    """The text of a cell; what could run gets an apostrophe in front, as spreadsheets use themselves."""
    text = "" if value is None else str(value).replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def write_rows(file: IO[str], rows: Iterable[Iterable[object]]) -> int:
    """Write rows as Dutch Excel reads them: semicolons, every cell quoted. Returns how many."""
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    written = 0
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        written += 1
    return written
