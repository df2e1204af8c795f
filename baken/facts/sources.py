"""Sources: the tables of coded facts that apps above register to be counted."""

from dataclasses import dataclass

import pyarrow as pa

# Raised with every change to the columns of any source; figures name it with each table.
SCHEMA_VERSION = 1

# Separates the codes of a multi-answer inside one exported field; no code contains it.
LIST_SEPARATOR = "|"


@dataclass(frozen=True)
class Source:
    """One fact table: its columns, and the query that yields them for the region in scope.

    `query` selects, of the region `%(region)s` only, exactly the schema's columns, in order; the first
    is the row's key.
    List columns are selected as text joined by `LIST_SEPARATOR`, empty text for none.
    """

    name: str
    schema: pa.Schema
    query: str


@dataclass(frozen=True)
class Rows:
    """The rows of one source as PostgreSQL hands them over: CSV, and how many."""

    source: Source
    csv: bytes
    count: int


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Called once per source, when its app is ready."""
    _SOURCES[source.name] = source


def sources() -> list[Source]:
    return [_SOURCES[name] for name in sorted(_SOURCES)]
