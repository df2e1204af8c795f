"""The worker reads the chained log and makes alerts of it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from baken.audit.interface import SYSTEM, Actor, record, seal
from baken.lib.tenancy import set_region
from baken.oversight.models import Alert, Watch
from baken.oversight.tasks import watch_log
from baken.oversight.watching import watch
from tests.factories import NOW

pytestmark = [pytest.mark.usefixtures("in_utrecht"), pytest.mark.role("worker")]
NIGHT = NOW.replace(hour=23)
SOMEBODY = UUID(int=5)


@pytest.fixture(autouse=True)
def read(in_utrecht):
    """What was there before has been read."""
    while seal():
        pass
    watch()


def _look(region, *, user=SOMEBODY, at=NOW, relation="handler", subject=None, actor=None):
    record(
        "registration.opened",
        actor=actor or Actor("user", str(user)),
        subject=subject or f"registration:{uuid4()}",
        region=region.pk,
        at=at,
        detail={"page": "detail", "relation": relation},
    )


def _alerts():
    while seal():
        pass
    watch()
    found = Alert.objects.order_by("kind", "day", "first_at")
    return list(found.values_list("kind", "looks", "state"))


def test_look_with_a_relation_by_day_is_no_alert(utrecht):
    _look(utrecht)

    assert _alerts() == []


def test_looks_of_one_day_are_one_alert(utrecht):
    for minute in range(3):
        _look(utrecht, relation="none", at=NOW + timedelta(minutes=minute))

    assert _alerts() == [("no_relation", 3, "open")]
    alert = Alert.objects.get()
    assert (alert.user_id, alert.first_at, alert.last_at) == (
        SOMEBODY, NOW, NOW + timedelta(minutes=2),
    )  # fmt: skip


def test_every_day_and_everybody_apart(utrecht):
    _look(utrecht, relation="none")
    _look(utrecht, relation="none", at=NOW + timedelta(days=1))
    _look(utrecht, relation="none", user=UUID(int=6))

    assert _alerts() == [("no_relation", 1, "open")] * 3


def test_many_within_an_hour(utrecht):
    for number in range(32):
        _look(utrecht, at=NOW + timedelta(seconds=number))

    assert _alerts() == [("many", 32, "open")]


def test_many_over_two_readings_of_the_log(utrecht):
    for _number in range(30):
        _look(utrecht)
    assert _alerts() == []

    _look(utrecht, at=NOW + timedelta(minutes=59))

    assert _alerts() == [("many", 31, "open")]


def test_at_night(utrecht):
    _look(utrecht, at=NIGHT)

    assert _alerts() == [("night", 1, "open")]


def test_system_raises_no_alert(utrecht):
    _look(utrecht, at=NIGHT, relation="none", actor=SYSTEM)

    assert _alerts() == []


def test_what_was_read_is_not_read_again(utrecht):
    _look(utrecht, at=NIGHT)
    _alerts()

    assert watch() == 0
    assert Alert.objects.get().looks == 1


def test_nothing_is_passed_over_when_it_is_read_in_parts(utrecht):
    for minute in range(5):
        _look(utrecht, relation="none", at=NOW + timedelta(minutes=minute))
    while seal():
        pass

    while watch(most=2):
        pass

    assert Alert.objects.get().looks == 5


def test_what_is_not_chained_yet_is_not_read(utrecht):
    _look(utrecht, at=NIGHT)

    assert watch() == 0
    assert _alerts() == [("night", 1, "open")]


def test_alert_belongs_to_the_region_of_the_look(utrecht, flevoland):
    _look(flevoland, at=NIGHT)

    assert _alerts() == [("night", 1, "open")]
    set_region(utrecht.pk)
    assert not Alert.objects.exists()


def test_every_minute(utrecht):
    _look(utrecht, at=NIGHT)
    while seal():
        pass

    watch_log(timestamp=0)

    assert Alert.objects.count() == 1
    assert Watch.objects.get().number > 0
