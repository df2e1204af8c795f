"""Which looks ask for attention."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from baken.oversight.rules import Look, alerts_of, has_relation, is_many, is_night, relation_of
from baken.oversight.states import AlertKind, Relation

NOOR, SAM, LIV = (UUID(int=number) for number in (1, 2, 3))
NOON = datetime(2024, 7, 1, 10, tzinfo=UTC)


def _look(number=1, *, subject=None, at=NOON, relation="handler"):
    return Look(number, NOOR, subject or f"registration:{number}", at, relation)


@pytest.mark.parametrize(
    ("handler", "registered_by", "team", "relation"),
    [
        (NOOR, SAM, False, Relation.HANDLER),
        (NOOR, NOOR, True, Relation.HANDLER),
        (SAM, NOOR, False, Relation.REGISTERED),
        (SAM, LIV, True, Relation.TEAM),
        (SAM, LIV, False, Relation.NONE),
        (None, None, False, Relation.NONE),
        (None, None, True, Relation.TEAM),
    ],
)
def test_what_a_reader_has_to_do_with_it(handler, registered_by, team, relation):
    known = {"handler": handler, "registered_by": registered_by, "shares_team": team}

    assert relation_of(NOOR, **known) == relation
    assert has_relation(NOOR, **known) is (relation is not Relation.NONE)


def test_system_is_nobody_to_explain():
    assert relation_of(None, handler=None, registered_by=None) == Relation.SYSTEM


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2024, 7, 1, 20, 59, 59, tzinfo=UTC), False),  # 22:59:59, summer
        (datetime(2024, 7, 1, 21, 0, tzinfo=UTC), True),  # 23:00
        (datetime(2024, 7, 1, 3, 59, 59, tzinfo=UTC), True),  # 05:59:59
        (datetime(2024, 7, 1, 4, 0, tzinfo=UTC), False),  # 06:00
        (datetime(2024, 1, 1, 22, 0, tzinfo=UTC), True),  # 23:00, winter
        (datetime(2024, 1, 1, 4, 59, tzinfo=UTC), True),
        (datetime(2024, 1, 1, 5, 0, tzinfo=UTC), False),
    ],
)
def test_night_is_where_the_office_stands(at, night):
    assert is_night(at) is night


@pytest.mark.parametrize(("earlier", "many"), [(29, False), (30, True), (31, True)])
def test_more_than_thirty_within_an_hour(earlier, many):
    before = [_look(number, at=NOON - timedelta(minutes=59)) for number in range(earlier)]

    assert is_many(_look(999), before) is many


def test_the_same_one_again_is_not_many():
    before = [_look(number, subject="registration:1") for number in range(100)]

    assert not is_many(_look(101, subject="registration:1"), before)


def test_an_hour_ago_does_not_count():
    before = [_look(number, at=NOON - timedelta(minutes=60)) for number in range(40)]

    assert not is_many(_look(999), before)


def test_clock_that_went_back_hides_nothing_later():
    before = [_look(number, at=NOON + timedelta(days=1)) for number in range(40)]

    assert not is_many(_look(999), before)


@pytest.mark.parametrize(
    ("look", "kinds"),
    [
        (_look(), []),
        (_look(relation="none"), [AlertKind.NO_RELATION]),
        (_look(at=NOON + timedelta(hours=12)), [AlertKind.NIGHT]),
        (_look(at=NOON + timedelta(hours=12), relation="none"),
         [AlertKind.NO_RELATION, AlertKind.NIGHT]),
        (_look(relation=""), []),  # an entry from before relations were kept
    ],
)  # fmt: skip
def test_reasons_of_one_look(look, kinds):
    assert alerts_of(look, []) == kinds
