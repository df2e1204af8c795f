"""What an installation is, is written once: a demo stays a demo, and a real one never becomes one."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from baken.config.installation import DemoDatabase, RealDatabase, is_demo_database, mark
from baken.config.models import Installation

NOW = datetime(2024, 7, 1, 10, tzinfo=UTC)
# The prepared database of the tests is marked as a demo.
pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.role("owner")]


@pytest.fixture
def unmarked(db):
    """As before the first start."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE config_installation DISABLE TRIGGER keep_mark")
        cursor.execute("DELETE FROM config_installation")
        cursor.execute("ALTER TABLE config_installation ENABLE TRIGGER keep_mark")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE config_installation SET is_demo = false",
        "UPDATE config_installation SET created_at = now()",
        "DELETE FROM config_installation",
        "TRUNCATE config_installation",
    ],
)
def test_demo_mark_cannot_be_taken_away(sql):
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        connection.cursor().execute(sql)

    assert is_demo_database()


def test_demo_stays_a_demo():
    with pytest.raises(DemoDatabase):
        mark(demo=False, now=NOW)

    assert mark(demo=True, now=NOW) is False


def test_second_row_beside_the_mark():
    with pytest.raises(IntegrityError, match="config_one_installation"), transaction.atomic():
        Installation.objects.create(id=2, is_demo=False, created_at=NOW)


@pytest.mark.parametrize("demo", [True, False])
def test_first_start_writes_the_mark(unmarked, demo):
    assert mark(demo=demo, now=NOW) is True
    assert mark(demo=demo, now=NOW) is False
    assert is_demo_database() is demo


def test_real_database_never_becomes_a_demo(unmarked):
    mark(demo=False, now=NOW)

    with pytest.raises(RealDatabase):
        mark(demo=True, now=NOW)

    assert not is_demo_database()


def test_without_a_mark_it_is_no_demo(unmarked):
    assert not is_demo_database()


@pytest.mark.parametrize("words", [("demo_people",), ("demo", "registrations"), ("demo", "tell")])
def test_demo_commands_refuse_a_real_database(unmarked, words):
    mark(demo=False, now=NOW)

    with pytest.raises(RealDatabase):
        call_command(*words, stdout=StringIO(), stderr=StringIO())


@pytest.mark.role("worker")
def test_commands_say_that_it_is_a_demo(capsys):
    call_command("audit", "verify")

    assert capsys.readouterr().err == "Let op: dit is een demo-database.\n"
