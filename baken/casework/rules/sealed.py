"""Where something sealed stands. What is sealed for one place opens in no other."""

from typing import Protocol, TypedDict
from uuid import UUID


class Place(TypedDict):
    table: str
    column: str
    row: UUID
    version: int


class _Row(Protocol):
    pk: UUID


def place_of(row: _Row, version: int = 1) -> Place:
    """The column `sealed` of a row, written for the `version`-th time."""
    return {
        "table": type(row).__name__.lower(),
        "column": "sealed",
        "row": row.pk,
        "version": version,
    }
