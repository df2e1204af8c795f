"""The door of regions, teams and municipalities.

Municipalities come as `Place` values from a copy in memory that is at most half a minute old.
"""

from baken.organisations.actions import (
    MunicipalityTaken,
    NoLegalFrame,
    RegionExists,
    TeamExists,
    UnknownLegalFrame,
    UnknownMunicipality,
    load_municipalities,
    open_region,
    open_team,
    set_legal_frames,
)
from baken.organisations.models import Region, Team
from baken.organisations.queries import safety_regions, whole_map
from baken.organisations.rules import Place, matching, named
from baken.organisations.states import ELSEWHERE, LEGAL_FRAMES

__all__ = [
    "LEGAL_FRAMES",
    "MunicipalityTaken",
    "NoLegalFrame",
    "Place",
    "Region",
    "RegionExists",
    "Team",
    "TeamExists",
    "UnknownLegalFrame",
    "UnknownMunicipality",
    "UnknownRegion",
    "area_of",
    "last_known_telephone",
    "load_municipalities",
    "municipalities_matching",
    "municipality_by_text",
    "municipality_choices",
    "name_of",
    "open_region",
    "open_team",
    "region_by_code",
    "regions",
    "safety_regions",
    "set_legal_frames",
    "teams_of",
]


_last_known = {"telephone": "0800-2000"}


class UnknownRegion(Exception):
    """Deze regio bestaat niet."""


def region_by_code(code: str) -> Region:
    """The region with this code. Raises `UnknownRegion`."""
    try:
        return Region.objects.get(code=code)
    except Region.DoesNotExist as error:
        raise UnknownRegion(code) from error


def regions() -> list[Region]:
    """All regions, by name."""
    found = list(Region.objects.order_by("name"))
    if found:
        _last_known.update(telephone=found[0].telephone)
    return found


def last_known_telephone() -> str:
    """A number to show when the database is away: of the first region this process has seen, else the
    national number of Veilig Thuis, open day and night."""
    return _last_known["telephone"]


def teams_of(region: Region) -> list[Team]:
    """The teams of a region, by name."""
    return list(Team.objects.filter(region=region).order_by("name"))


def area_of(region: Region) -> frozenset[str]:
    """The codes of the municipalities that belong to the region now."""
    return whole_map().areas.get(region.code, frozenset())


def municipalities_matching(
    text: str, region: Region | None = None, limit: int = 12
) -> list[Place]:
    """What a type-ahead offers: names that are this text, begin with it, have a word that does, or
    hold it, in that order; equally good ones of the region first. Case and accents do not count.

    Nothing typed: the region's own municipalities.
    """
    own = area_of(region) if region else frozenset()
    return matching(text, whole_map().places.by_code.values(), own)[:limit]


def municipality_by_text(text: str) -> str | None:
    """The code of the municipality with exactly this name or code ('Den Haag', 'GM0518', '518');
    None when there is none."""
    place = named(text, whole_map().places)
    return place.code if place else None


def municipality_choices() -> list[tuple[str, str]]:
    """Every municipality as a choice of a form field, by the name people use."""
    return [(place.code, place.label) for place in whole_map().places.by_code.values()]


def name_of(code: str) -> str:
    """The name people use. Raises `UnknownMunicipality`."""
    try:
        place = whole_map().places.by_code[code]
        return place.label if code in ELSEWHERE else place.display_name
    except KeyError as error:
        raise UnknownMunicipality(code) from error
