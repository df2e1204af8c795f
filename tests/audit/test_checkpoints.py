"""Checkpoints: when they are made, where they go, and what they find that the chain alone cannot."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from baken.audit.interface import (
    Stream,
    export_checkpoints,
    kept_in_database,
    kept_in_folder,
    make_checkpoints,
    places_reached,
    verify,
)
from baken.audit.models import Checkpoint, Entry, Link
from tests.audit.logs import KEY, sealed, signed, tamper, write
from tests.factories import NOW

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.role("worker")]


@pytest.fixture(autouse=True)
def before(db):
    """Both chains have a checkpoint of yesterday: the preparation of the database is in them."""
    sealed(0)
    return signed(NOW - timedelta(days=1))


def _made(**wanted):
    return [each.stream for each in make_checkpoints(key=KEY, **wanted)]


def test_checkpoint_is_of_the_newest_link():
    sealed(1)

    assert _made(now=NOW) == ["access"]
    newest = Checkpoint.objects.order_by("-id").first()
    assert newest.number == Link.objects.filter(stream="access").count()


def test_next_checkpoint_comes_after_an_hour():
    sealed(1)
    signed()
    sealed(1)

    assert _made(now=NOW + timedelta(minutes=59)) == []
    assert _made(now=NOW + timedelta(minutes=60)) == ["access"]


def test_next_checkpoint_comes_after_so_many_entries():
    sealed(1)
    signed()
    sealed(3)

    assert _made(now=NOW, every_entries=4) == []
    assert _made(now=NOW, every_entries=3) == ["access"]


def test_log_that_stood_still_gets_no_checkpoint():
    sealed(1)
    signed()

    assert _made(now=NOW + timedelta(days=9)) == []


def test_clock_that_went_back_does_not_stop_checkpoints():
    sealed(1)
    signed()
    sealed(1)

    assert _made(now=NOW - timedelta(days=1)) == ["access"]


def test_each_stream_has_its_own():
    write(1, Stream.SECURITY)
    sealed(1)

    assert [each.stream for each in signed()] == ["access", "security"]


@pytest.mark.role("owner")
@pytest.mark.parametrize(
    "sql", ["UPDATE audit_checkpoint SET text = ''", "DELETE FROM audit_checkpoint",
            "TRUNCATE audit_checkpoint"]
)  # fmt: skip
def test_checkpoint_is_not_changed(sql):
    Checkpoint.objects.create(stream="access", number=1, at=NOW, text="x")

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


# --- folders ---


def test_every_folder_gets_every_checkpoint(tmp_path, before):
    folders = [tmp_path / "one", tmp_path / "two"]
    sealed(1)
    first = signed()
    export_checkpoints(folders, now=NOW)
    sealed(1)
    second = signed(NOW + timedelta(seconds=1))

    export_checkpoints(folders, now=NOW)

    for folder in folders:
        assert set(kept_in_folder(folder, KEY.public).statements) == {*before, *first, *second}
    assert kept_in_database(KEY.public).statements == before + first + second
    assert places_reached(now=NOW) == 2


def test_folder_that_was_away_is_caught_up(tmp_path, before):
    sealed(1)
    made = signed()
    export_checkpoints([tmp_path / "one"], now=NOW)

    export_checkpoints([tmp_path / "one", tmp_path / "new"], now=NOW)

    assert set(kept_in_folder(tmp_path / "new", KEY.public).statements) == {*before, *made}


def test_folder_that_cannot_be_written_stops_no_other(tmp_path, caplog, before):
    (tmp_path / "file").touch()
    sealed(1)
    made = signed()

    export_checkpoints([tmp_path / "file" / "in", tmp_path / "good"], now=NOW)

    assert set(kept_in_folder(tmp_path / "good", KEY.public).statements) == {*before, *made}
    assert places_reached(now=NOW) == 1
    assert "cannot be written" in caplog.text


def test_what_stands_in_a_folder_is_never_written_over(tmp_path):
    sealed(1)
    [made] = signed()
    (tmp_path / made.file_name).write_text("mine")

    export_checkpoints([tmp_path], now=NOW)

    assert (tmp_path / made.file_name).read_text() == "mine"
    assert kept_in_folder(tmp_path, KEY.public).strange == [str(tmp_path / made.file_name)]


def test_place_that_was_not_reached_for_hours_does_not_count(tmp_path):
    export_checkpoints([tmp_path], now=NOW)

    assert places_reached(now=NOW + timedelta(hours=2)) == 1
    assert places_reached(now=NOW + timedelta(hours=4)) == 0


def test_place_that_is_no_longer_named_is_forgotten(tmp_path):
    export_checkpoints([tmp_path / "old"], now=NOW)
    export_checkpoints([tmp_path / "new"], now=NOW)

    assert places_reached(now=NOW) == 1


# --- what only a checkpoint finds ---


def _access(checkpoints, **wanted):
    return next(v for v in verify(checkpoints, **wanted) if v.stream == "access")


def test_checkpoints_that_agree_are_counted():
    sealed(2)
    known = signed()
    sealed(2)
    known += signed(NOW + timedelta(seconds=1))

    verdict = _access(known + known)

    assert (verdict.holds, verdict.agreeing) == (True, 2)


@pytest.mark.role("superuser")
def test_end_cut_off():
    sealed(3)
    known = signed()
    last = Link.objects.filter(stream="access").order_by("-number").first()
    tamper(
        f"DELETE FROM audit_link WHERE entry_id = {last.entry_id}; "
        f"DELETE FROM audit_entry WHERE id = {last.entry_id}"
    )

    assert _access([]).holds  # the chain alone does not know
    assert (_access(known).broken_at, _access(known).by_checkpoint) == (last.number, True)


@pytest.mark.role("superuser")
def test_everything_rewritten_with_hashes_that_fit():
    sealed(3)
    known = signed()
    last = Entry.objects.filter(stream="access").order_by("-id").first()
    tamper(
        f"UPDATE audit_entry SET event = 'thing.never' WHERE id = {last.pk}; "
        "DELETE FROM audit_link; INSERT INTO audit_pending (entry_id) SELECT id FROM audit_entry"
    )
    sealed(0)

    assert _access([]).holds
    assert (_access(known).holds, _access(known).broken_at) == (False, known[0].number)


# --- beginning at a checkpoint ---


def test_check_that_begins_at_a_checkpoint():
    sealed(3)
    [start] = signed()
    sealed(2)

    assert _access([], start=start) == _access([start], start=start)
    assert _access([], start=start).links == start.number + 2
    assert _access([], start=start).head == _access([]).head


@pytest.mark.role("superuser")
def test_check_that_begins_at_a_checkpoint_finds_what_comes_after():
    sealed(3)
    [start] = signed()
    sealed(2)
    last = Entry.objects.order_by("-id").first()
    tamper(f"UPDATE audit_entry SET actor_id = 'x' WHERE id = {last.pk}")

    assert _access([], start=start).broken_at == start.number + 2


def test_check_that_begins_at_a_checkpoint_of_another_log():
    sealed(3)
    [start] = signed()
    other = type(start)(start.stream, start.number, bytes(32), start.at)

    assert _access([], start=other).broken_at == start.number
