"""Municipalities in the database, regions with their area, legal frames, teams."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from baken.audit.interface import SYSTEM, history
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
from baken.organisations.interface import (
    UnknownRegion,
    area_of,
    municipalities_matching,
    municipality_by_text,
    municipality_choices,
    name_of,
    region_by_code,
    regions,
)
from baken.organisations.models import Municipality, Region, RegionMunicipality
from baken.organisations.queries import forget_map

NOW = datetime(2024, 1, 1, 23, 30, tzinfo=UTC)  # already 2 January in Amsterdam


pytestmark = pytest.mark.role("owner")  # code lists and regions are the owner's to load


@pytest.fixture(autouse=True)
def _loaded(db):
    forget_map()
    load_municipalities(by=SYSTEM, now=NOW)
    yield
    forget_map()


def a_region(code="proefregio", municipality_codes=(), **other):
    return open_region(
        code=code,
        name="Proefregio",
        telephone="0800-0000",
        municipality_codes=municipality_codes,
        by=SYSTEM,
        now=NOW,
        **other,
    )


@pytest.fixture
def free():
    """Two municipalities that no region of the test database has: Amersfoort and Zeist."""
    codes = ("GM0307", "GM0355")
    RegionMunicipality.objects.filter(municipality__in=codes).delete()
    forget_map()
    return codes


def test_load_again_changes_nothing():
    assert Municipality.objects.filter(code__startswith="GM").count() == 342
    assert load_municipalities(by=SYSTEM, now=NOW) == 0


def test_load_corrects_a_name():
    Municipality.objects.filter(code="GM0344").update(display_name="Utreg")

    assert load_municipalities(by=SYSTEM, now=NOW) == 1
    assert name_of("GM0344") == "Utrecht"


def test_open_region_with_its_area(free):
    region = a_region(municipality_codes=free)

    assert region_by_code("proefregio") == region
    assert region.legal_frames == ["wmo_task", "outside_wmo", "signal_only"]
    assert area_of(region) == frozenset(free)
    assert set(region.area.values_list("valid_from", flat=True)) == {date(2024, 1, 2)}
    assert region in regions()
    assert [event.event for event in history("region:proefregio")] == ["region.opened"]


def test_open_region_with_a_code_in_use():
    a_region()

    with pytest.raises(RegionExists):
        a_region()


def test_open_region_with_a_municipality_that_does_not_exist():
    with pytest.raises(UnknownMunicipality, match="GM9999"):
        a_region(municipality_codes=["GM9999"])


def test_open_region_with_a_municipality_of_another_region(free):
    a_region(municipality_codes=free)

    with pytest.raises(MunicipalityTaken, match="GM0307"):
        a_region("tweede", municipality_codes=["GM0307"])


def test_database_keeps_a_municipality_in_one_region(free):
    a_region(municipality_codes=free)
    other = a_region("tweede")

    with pytest.raises(IntegrityError, match="organisations_municipality_in_one_region"):
        RegionMunicipality.objects.create(
            region=other, municipality_id=free[0], valid_from=date(2024, 1, 1)
        )


def test_area_moves_to_another_region_from_a_day(free):
    old, new = a_region(municipality_codes=free), a_region("tweede")
    day = date(2025, 1, 1)
    old.area.filter(municipality=free[0]).update(valid_to=day)
    RegionMunicipality.objects.create(region=new, municipality_id=free[0], valid_from=day)

    before = RegionMunicipality.objects.filter(municipality=free[0]).valid_on(date(2024, 12, 31))
    after = RegionMunicipality.objects.filter(municipality=free[0]).valid_on(day)

    assert [row.region for row in before] == [old]
    assert [row.region for row in after] == [new]


def test_set_legal_frames_in_a_fixed_order():
    region = a_region()

    set_legal_frames(region=region, codes=["signal_only", "wmo_task"], by=SYSTEM, now=NOW)

    assert region_by_code("proefregio").legal_frames == ["wmo_task", "signal_only"]


@pytest.mark.parametrize(("codes", "error"), [(["iets"], UnknownLegalFrame), ([], NoLegalFrame)])
def test_set_legal_frames_to_what_cannot_be(codes, error):
    with pytest.raises(error):
        set_legal_frames(region=a_region(), codes=codes, by=SYSTEM, now=NOW)


@pytest.mark.parametrize("frames", [[], ["iets"]])
def test_database_refuses_other_legal_frames(frames):
    with pytest.raises(IntegrityError, match="organisations_region_legal_frames"):
        Region.objects.create(code="x", name="X", telephone="1", legal_frames=frames)


def test_open_team_twice():
    region = a_region()
    open_team(region=region, name="Voordeur", by=SYSTEM, now=NOW)

    with pytest.raises(TeamExists):
        open_team(region=region, name="Voordeur", by=SYSTEM, now=NOW)


def test_region_that_does_not_exist():
    with pytest.raises(UnknownRegion):
        region_by_code("nergens")


def test_name_of_a_municipality_that_does_not_exist():
    with pytest.raises(UnknownMunicipality):
        name_of("GM9999")


def test_type_ahead_puts_the_own_region_first(free):
    region = a_region(municipality_codes=free)

    assert [place.display_name for place in municipalities_matching("am", region, limit=2)] == [
        "Amersfoort",
        "Ameland",
    ]
    assert [place.display_name for place in municipalities_matching("", region)] == [
        "Amersfoort",
        "Zeist",
    ]


def test_choices_and_text():
    offered = municipality_choices()

    assert len(offered) == 342 + 2
    assert offered[0] == ("GM1680", "Aa en Hunze")
    assert {("UNK", "Onbekend"), ("ABR", "Buiten Nederland")} < set(offered)
    assert municipality_by_text("den haag") == "GM0518"
    assert municipality_by_text("nergens") is None


def test_reading_places_costs_two_queries_in_half_a_minute(django_assert_num_queries):
    forget_map()

    with django_assert_num_queries(2):
        municipality_choices()
        municipalities_matching("utr")
        name_of("GM0344")
