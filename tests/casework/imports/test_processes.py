"""The import process killed, stopped, silent, refused: nothing is ever half imported."""

import contextlib
import os
import signal
import stat
import time
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from baken.casework.actions.import_steps import ImportElsewhere, cancel_import
from baken.casework.actions.undoing import begin_undo
from baken.casework.imports.files import keep_upload
from baken.casework.models import Classification, RegisterImport, Registration
from baken.casework.states import ImportState
from baken.lib.tenancy import region_scope
from tests.casework.imports.conftest import pid_of
from tests.factories import NOW

ROWS = 20_000


@pytest.fixture
def checked(house, register_file, mapping):
    """A large register, checked and waiting for "Alles inlezen": the address of its status."""
    lines = (f"U-{n};melding;2023;Utrecht;Criminele uitbuiting" for n in range(ROWS))
    import_id = uuid4()
    sha256 = keep_upload(import_id, [register_file(*lines).read_bytes()])
    with region_scope(house.coordinator.region.pk):
        RegisterImport.objects.create(
            pk=import_id,
            region=house.coordinator.region,
            created_by_id=house.coordinator.user_id,
            state=ImportState.CHECKED,
            file_sha256=sha256,
            mapping=mapping.as_json(),
            rows_total=ROWS,
        )
    return f"/registraties/inlezen/{import_id}/"


def _start(house, address):
    house.client.post(f"{address}alles/")


def _wait_until_writing(house):
    """The process has written rows, of which nothing is visible yet."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = house.the_import()
        if found.rows_done > found.rows_total > 0:
            return found
        time.sleep(0.02)
    raise AssertionError("the import does not write")


def _forget_heartbeat(house):
    with region_scope(house.coordinator.region.pk):
        found = RegisterImport.objects.get()
        found.heard_at -= timedelta(seconds=40)
        found.save()


def _assert_nothing_imported(house):
    assert (house.count(Registration), house.count(Classification)) == (0, 0)


@pytest.mark.slow
def test_process_killed_while_writing(house, checked):
    _start(house, checked)
    found = _wait_until_writing(house)

    os.kill(pid_of(found.pk), signal.SIGKILL)
    time.sleep(0.2)
    _assert_nothing_imported(house)
    assert b"baken-progress" in house.client.get(checked).content

    _forget_heartbeat(house)
    page = house.client.get(checked)

    assert page.context["result"].heading == "Niet ingelezen"
    assert "Er is niets ingelezen. Begin opnieuw." in page.content.decode()
    assert list(house.uploads.iterdir()) == []
    _assert_nothing_imported(house)


@pytest.mark.slow
def test_database_session_killed_while_writing(house, checked):
    _start(house, checked)
    found = _wait_until_writing(house)

    connection.close()
    with psycopg.connect(os.environ["BAKEN_TEST_URL_SUPERUSER"], autocommit=True) as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [connection.settings_dict["NAME"]],
        )
    page = house.follow(checked)

    assert page.context["result"].heading == "Niet ingelezen"
    assert found.pk == house.the_import().pk
    _assert_nothing_imported(house)


@pytest.mark.slow
def test_stopped_while_writing(house, checked):
    _start(house, checked)
    found = _wait_until_writing(house)

    with region_scope(house.coordinator.region.pk):
        cancel_import(import_id=found.pk, by=house.coordinator, now=NOW)
    with contextlib.suppress(TypeError):
        while pid_of(found.pk):
            time.sleep(0.05)

    assert house.the_import().state == ImportState.FAILED
    assert list(house.uploads.iterdir()) == []
    _assert_nothing_imported(house)


@pytest.mark.slow
def test_pressed_twice(house, checked):
    _start(house, checked)
    _start(house, checked)

    page = house.follow(checked)

    assert page.context["result"].heading == "20.000 registraties ingelezen"
    assert house.count(Registration) == ROWS


def test_the_file_is_for_this_account_only_and_goes_with_the_import(house, register_file):
    house.follow(house.upload(register_file("1;melding;2023;Utrecht;")))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in house.uploads.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(house.uploads.stat().st_mode) == 0o700

    found = house.the_import()
    house.client.post(f"/registraties/inlezen/{found.pk}/stoppen/")

    assert list(house.uploads.iterdir()) == []


def test_undo_what_was_never_imported(house, register_file):
    house.follow(house.upload(register_file("1;melding;2023;Utrecht;")))

    with region_scope(house.coordinator.region.pk), pytest.raises(ImportElsewhere):
        begin_undo(import_id=house.the_import().pk, by=house.coordinator, now=NOW)


def _wait_until_deleting(house):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = house.the_import()
        if found.rows_done:
            return found
        time.sleep(0.02)
    raise AssertionError("the undoing does not tell how far it is")


@pytest.fixture
def imported(house, checked):
    _start(house, checked)
    house.follow(checked)
    return checked


@pytest.mark.slow
def test_undo_is_done_by_a_process_that_tells_how_far_it_is(house, imported):
    answer = house.client.post(f"{imported}ongedaan/")
    assert answer.url == imported
    page = house.client.get(imported)
    assert "We verwijderen de registraties" in page.content.decode()
    assert "Stoppen" not in page.content.decode()

    page = house.follow(imported)

    assert page.context["result"].heading == "Ongedaan gemaakt"
    assert (house.count(Registration), house.count(Classification)) == (0, 0)


@contextmanager
def _one_row_held():
    """The last row that is deleted waits, so that the process is still busy when it is killed."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["BAKEN_TEST_URL_SUPERUSER"], dbname=name) as superuser:
        superuser.execute("SELECT FROM casework_registration ORDER BY id DESC LIMIT 1 FOR UPDATE")
        yield
        superuser.rollback()


@pytest.mark.slow
def test_process_killed_while_undoing(house, imported):
    with _one_row_held():
        house.client.post(f"{imported}ongedaan/")
        found = _wait_until_deleting(house)
        os.kill(pid_of(found.pk), signal.SIGKILL)
        time.sleep(0.2)

    _forget_heartbeat(house)
    page = house.client.get(imported)

    assert page.context["result"].heading == "20.000 registraties ingelezen"
    assert "Alle registraties staan er nog." in page.content.decode()
    assert house.count(Registration) == ROWS
    house.client.post(f"{imported}ongedaan/")
    assert house.follow(imported).context["result"].heading == "Ongedaan gemaakt"


def test_undoing_cannot_be_stopped(house, imported):
    with region_scope(house.coordinator.region.pk):
        found = RegisterImport.objects.get()
        found.state, found.mapping = ImportState.RUNNING, {"job": "undo"}
        found.save()

        with pytest.raises(ImportElsewhere):
            cancel_import(import_id=found.pk, by=house.coordinator, now=NOW)


def test_member_who_lost_the_right_meanwhile(house, register_file):
    from baken.accounts.models import Membership

    page = house.follow(house.upload(register_file("1;melding;2023;Utrecht;")))
    address = house.post(page, default_legal_frame="outside_wmo").url
    Membership.objects.filter(user_id=house.coordinator.user_id).update(role="caseworker")
    end = time.monotonic() + 20
    while house.the_import().state == ImportState.RUNNING and time.monotonic() < end:
        time.sleep(0.1)

    assert house.the_import().state in {ImportState.FAILED, ImportState.UPLOADED}
    assert house.client.get(address).status_code == 403


@pytest.mark.parametrize("text", ["", "a;a\n1;2\n"])
def test_unreadable_upload(house, register_file, text):
    path = register_file()
    path.write_text(text)

    page = house.follow(house.upload(path))

    assert page.context["result"].heading == "Niet ingelezen"
    assert page.context["problems"]
    assert list(house.uploads.iterdir()) == []
