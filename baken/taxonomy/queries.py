"""Reads: the files of the package, and all entries at once, remembered for half a minute."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import count
from time import monotonic

from baken.taxonomy.models import Entry
from baken.taxonomy.rules import CodeEntry
from baken.taxonomy.states import Quality, Scheme

# How long a process may still offer what another process switched off.
REMEMBER_SECONDS = 30
_EDITIONS = count()


@dataclass(frozen=True)
class Book:
    """Every entry there is, by list and code (in order), and by id. `edition` is another number for
    every reading, so that what was made from the entries can be remembered as long as they are."""

    lists: Mapping[str, Mapping[str, CodeEntry]]
    by_id: Mapping[str, CodeEntry]
    edition: int


def book() -> Book:
    """All entries, read at most once per half minute in each process: about 350 rows that hardly
    change, asked for dozens of times on every page. A change made here shows here at once."""
    return _book(int(monotonic() // REMEMBER_SECONDS))


@lru_cache(maxsize=1)
def _book(_half_minute: int) -> Book:
    rows = Entry.objects.select_related("parent").order_by("code_list_id", "order", "code")
    entries = [_as_value(row) for row in rows]
    lists: dict[str, dict[str, CodeEntry]] = {}
    for entry in entries:
        lists.setdefault(entry.list_code, {})[entry.code] = entry
    return Book(lists, {entry.id: entry for entry in entries}, next(_EDITIONS))


def forget_book() -> None:
    """Read the entries again at the next question."""
    _book.cache_clear()


def _as_value(row: Entry) -> CodeEntry:
    return CodeEntry(
        id=row.id,
        list_code=row.code_list_id,
        code=row.code,
        label_nl=row.label_nl,
        label_en=row.label_en,
        parent=row.parent.code if row.parent else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        order=row.order,
        is_heading=row.is_heading,
        report_bucket=row.report_bucket,
        criminalised_on=row.criminalised_on,
        applies_to=tuple(row.applies_to),
        definition_nl=row.definition_nl,
    )


# --- the files ---


@dataclass(frozen=True)
class FileList:
    """One row of `data/lists.csv`."""

    code: str
    label_nl: str
    label_en: str


@dataclass(frozen=True)
class FileMapping:
    """One `quality:value` of a mapping column."""

    scheme: Scheme
    quality: Quality
    value: str


@dataclass(frozen=True)
class FileEntry:
    """One row of a list's own file, and its mappings."""

    list_code: str
    code: str
    parent: str
    columns: Mapping[str, object]
    mappings: tuple[FileMapping, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.list_code, self.code


def file_lists() -> list[FileList]:
    """The lists, as the package describes them."""
    return [FileList(**row) for row in _rows("lists")]


def file_entries(list_code: str) -> list[FileEntry]:
    """The entries of a list, as the package describes them."""
    return [_file_entry(list_code, row) for row in _rows(list_code)]


@lru_cache(maxsize=1)
def synonyms() -> Mapping[str, list[tuple[str, str]]]:
    """Words people write in registers, as pairs of code and word per list."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _rows("synonyms"):
        found.setdefault(row["list"], []).append((row["code"], row["text"]))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (files("baken.taxonomy") / "data" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _file_entry(list_code: str, row: dict[str, str]) -> FileEntry:
    columns: dict[str, object] = {
        "label_nl": row["label_nl"],
        "label_en": row["label_en"],
        "definition_nl": row["definition_nl"],
        "order": int(row["order"]),
        "is_heading": row["is_heading"] == "1",
        "report_bucket": row["report_bucket"],
        "applies_to": [code for code in row["applies_to"].split(";") if code],
        "criminalised_on": _day(row["criminalised_on"]),
        "valid_from": _day(row["valid_from"]),
        "valid_to": _day(row["valid_to"]),
    }
    mappings = tuple(
        FileMapping(scheme, Quality(quality), value)
        for scheme in Scheme
        for quality, _, value in (cell.partition(":") for cell in row[scheme].split(";") if cell)
    )
    return FileEntry(list_code, row["code"], row["parent"], columns, mappings)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
