"""Reads: the file of municipalities, and copies in memory of what hardly changes."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from time import monotonic

from baken.organisations.models import Municipality, RegionMunicipality
from baken.organisations.rules import Place, Places, words_of
from baken.organisations.states import ELSEWHERE

# How long a process may still show what another process changed.
REMEMBER_SECONDS = 30


@dataclass(frozen=True)
class Map:
    """Every municipality, and each region's open-ended area by region code."""

    places: Places
    areas: Mapping[str, frozenset[str]]


def whole_map() -> Map:
    """All municipalities and areas, read at most once per half minute in each process."""
    return _whole_map(int(monotonic() // REMEMBER_SECONDS))


@lru_cache(maxsize=1)
def _whole_map(_half_minute: int) -> Map:
    rows = sorted(Municipality.objects.all(), key=lambda row: words_of(row.display_name))
    areas: dict[str, set[str]] = {}
    for row in RegionMunicipality.objects.filter(valid_to=None).select_related("region"):
        areas.setdefault(row.region.code, set()).add(row.municipality_id)
    return Map(
        Places({row.code: Place(row.code, row.name, row.display_name) for row in rows}),
        {code: frozenset(area) for code, area in areas.items()},
    )


def forget_map() -> None:
    """Read municipalities and areas again at the next question."""
    _whole_map.cache_clear()


def safety_regions() -> dict[str, tuple[str, list[str]]]:
    """The safety regions of the file by code (VR09): name, and the codes of the municipalities in it."""
    found: dict[str, tuple[str, list[str]]] = {}
    for row in _file_rows():
        _name, codes = found.setdefault(row["safety_region_code"], (row["safety_region_name"], []))
        codes.append(row["code"])
    return dict(sorted(found.items()))


def file_places() -> list[Place]:
    """The municipalities, as the package describes them, and what stands for none of them."""
    real = [Place(row["code"], row["name"], row["display_name"]) for row in _file_rows()]
    return [*real, *(Place(code, name, name) for code, name in ELSEWHERE.items())]


def _file_rows() -> list[dict[str, str]]:
    path = files("baken.organisations") / "data" / "municipalities_2023.csv"
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
