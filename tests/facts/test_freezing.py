"""Peildatum: what is frozen stays what it was. With real commits, on a database of the test's own."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import ibis
import pyarrow.parquet
import pytest

from baken.accounts.interface import NotAllowed
from baken.audit.interface import history
from baken.casework.actions.registrations import register
from baken.casework.facts import REGISTRATION_SCHEMA, REGISTRATIONS, VICTIM_SCHEMA
from baken.facts import actions
from baken.facts.actions import AlreadyFrozen, freeze, freeze_now, request_snapshot
from baken.facts.files import folder_of, open_sealed
from baken.facts.models import Snapshot
from baken.facts.queries import SnapshotDamaged, open_facts, snapshots, unfinished_snapshot
from baken.facts.states import SnapshotState
from baken.facts.tasks import freeze_requested
from baken.lib.tenancy import region_scope
from tests.factories import NOW, YEAR, full_answers, registration

LATER = NOW + timedelta(days=1)


@pytest.fixture
def by(own_coordinator, settings, tmp_path):
    settings.HOME = tmp_path
    return own_coordinator


@pytest.fixture
def scope(by):
    return lambda: region_scope(by.region.pk)


def _rows(snapshot, by, table="registration"):
    return open_facts(snapshot, by=by).tables[table].to_pyarrow().to_pylist()


def _count(snapshot, by, table="registration"):
    return open_facts(snapshot, by=by).tables[table].to_pyarrow().num_rows


def _file(snapshot, name="registration.sealed"):
    return folder_of(snapshot.region_id, snapshot.pk) / name


def _content(snapshot):
    """What is in the sealed files, byte for byte."""
    return {
        name: Path(
            open_sealed(snapshot.region_id, snapshot.pk, name, sha256=entry["sha256"]).path
        ).read_bytes()
        for name, entry in snapshot.manifest.items()
    }


def _state(snapshot, scope):
    with scope():
        return Snapshot.objects.get(pk=snapshot.pk).state


# --- what goes wrong ---


@pytest.mark.parametrize("damage", ["changed", "shorter", "gone", "swapped"])
def test_damaged_file_that_was_whole_before(by, damage):
    snapshot = freeze_now(by=by, now=NOW)
    open_facts(snapshot, by=by)
    file = _file(snapshot)
    if damage == "changed":
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    elif damage == "shorter":
        file.write_bytes(file.read_bytes()[:-1])
    elif damage == "swapped":
        file.write_bytes(_file(snapshot, "presumed_victim.sealed").read_bytes())
    else:
        file.unlink()

    with pytest.raises(SnapshotDamaged):
        open_facts(snapshot, by=by)


def test_thief_reads_no_word_of_it(by, scope):
    with scope():
        made = registration(by)
    snapshot = freeze_now(by=by, now=NOW)

    content = b"".join(file.read_bytes() for file in _file(snapshot, ".").iterdir())

    assert b"PAR1" not in content
    assert str(made.row_key).encode() not in content


def test_another_key_opens_nothing(by, settings):
    snapshot = freeze_now(by=by, now=NOW)
    settings.SNAPSHOT_KEY = bytes(32)

    with pytest.raises(SnapshotDamaged):
        open_facts(snapshot, by=by)


def test_snapshot_of_another_region(by, own_stranger):
    snapshot = freeze_now(by=by, now=NOW)

    with pytest.raises(NotAllowed):
        open_facts(snapshot, by=own_stranger)


def test_failed_freeze_is_marked_and_shown(by, scope, monkeypatch):
    def full_disk(*words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions, "write_table", full_disk)

    with pytest.raises(OSError, match="No space left"):
        freeze_now(by=by, now=NOW)

    with scope():
        assert snapshots(by) == []
        assert unfinished_snapshot(by).state == SnapshotState.FAILED


def test_freezing_again_leaves_the_snapshot_as_it_is(by, scope):
    snapshot = freeze_now(by=by, now=NOW)
    before = _file(snapshot).read_bytes()

    with pytest.raises(AlreadyFrozen):
        freeze(snapshot.pk, region_id=by.region.pk, now=LATER)
    freeze_requested.func(str(snapshot.pk), str(by.region.pk))

    assert _state(snapshot, scope) == SnapshotState.READY
    assert _file(snapshot).read_bytes() == before
    assert len(_rows(snapshot, by)) == 0


def test_caseworker_freezes_nothing(own_caseworker):
    with region_scope(own_caseworker.region.pk), pytest.raises(NotAllowed):
        request_snapshot(by=own_caseworker, now=NOW)


# --- what is frozen ---


def test_rows_of_the_region_only(by, scope, own_stranger):
    with scope():
        registration(by, received=YEAR)
    with region_scope(own_stranger.region.pk):
        registration(own_stranger)
        registration(own_stranger)

    snapshot = freeze_now(by=by, now=NOW)

    assert [row["received_year"] for row in _rows(snapshot, by)] == [2023]
    assert snapshot.rows_total == snapshot.rows_done == 1


def test_everything_of_a_registration_as_coded_facts(by, scope):
    with scope():
        made = register(draft_id=uuid4(), answers=full_answers(), by=by, now=NOW)

    (row,) = _rows(freeze_now(by=by, now=NOW), by)

    assert {name: value for name, value in row.items() if not isinstance(value, list)} == {
        "row_key": str(made.row_key), "kind": "report", "origin": "contact", "state": "new",
        "legal_frame": "wmo_task", "urgency": 1, "received_year": 2024, "received_month": 6,
        "received_precision": "day", "channel": "TEL", "source_group": "SCHOOL",
        "reporter_is_professional": "yes", "anonymity": "open", "home_municipality": "GM0344",
        "exploitation_municipality": "GM0344", "reporter_municipality": "GM0344",
        "primary_form": "SEX", "primary_bucket": "SEX", "route": "BIN", "sector": "A",
        "relation": "PARTNER", "concerns_minor": "yes", "concerns_several": "no",
        "outcome": None, "is_imported": False, "presumed_victims": 1,
    }  # fmt: skip
    lists = {name: sorted(value) for name, value in row.items() if isinstance(value, list)}
    assert lists == {
        "forms": ["SEX", "SEX.HOTEL"],
        "recruitment": ["RELATIE", "SOCIAL"],
        "means": ["BEELD", "DREIG"],
        "signals": ["ALG.01", "SEX.02"],
    }


def test_no_names_numbers_or_days_are_frozen():
    names = {*REGISTRATION_SCHEMA.names, *VICTIM_SCHEMA.names}

    assert names.isdisjoint(
        {
            "number",
            "external_number",
            "received_on",
            "handler_id",
            "created_by_id",
            "id",
            "region_id",
        }
    )


def test_presumed_victims_each_have_a_row(by, scope):
    with scope():
        made = register(draft_id=uuid4(), answers=full_answers(), by=by, now=NOW)

    (row,) = _rows(freeze_now(by=by, now=NOW), by, "presumed_victim")

    assert row["registration_key"] == str(made.row_key)
    assert (row["age_band"], row["sex"], row["minor_at_report"]) == ("L16_17", "V", "yes")


@pytest.mark.parametrize("name", ["registration", "presumed_victim"])
def test_empty_region_has_the_schema(by, name):
    snapshot = freeze_now(by=by, now=NOW)

    sha256 = snapshot.manifest[name]["sha256"]
    opened = open_sealed(snapshot.region_id, snapshot.pk, name, sha256=sha256)
    schema = pyarrow.parquet.read_schema(opened.path)

    assert schema.equals({"registration": REGISTRATION_SCHEMA}.get(name, VICTIM_SCHEMA))
    assert _count(snapshot, by, name) == 0


def test_leeg_stays_leeg(by, scope):
    with scope():
        registration(by)

    (row,) = _rows(freeze_now(by=by, now=NOW), by)

    assert row["primary_form"] is None
    assert row["concerns_minor"] in (None, "")
    assert list(row["forms"]) in ([], [""])


def test_manifest_says_rows_and_hash_of_each_file(by):
    snapshot = freeze_now(by=by, now=NOW)

    beside = json.loads(_file(snapshot, "manifest.json").read_text())
    assert beside == {"schema_version": 1, "tables": snapshot.manifest}
    assert set(snapshot.manifest) == {"registration", "presumed_victim"}
    for name, entry in snapshot.manifest.items():
        content = _file(snapshot, f"{name}.sealed").read_bytes()
        assert entry == {"rows": 0, "sha256": hashlib.sha256(content).hexdigest()}


def test_files_are_for_the_owner_only(by):
    snapshot = freeze_now(by=by, now=NOW)

    assert _file(snapshot).stat().st_mode & 0o777 == 0o600
    assert _file(snapshot).parent.stat().st_mode & 0o777 == 0o700


def test_same_rows_same_bytes(by, scope):
    with scope():
        for number in range(20):
            registration(by, urgency=number % 3 + 1)

    one, other = freeze_now(by=by, now=NOW), freeze_now(by=by, now=LATER)

    assert _content(one) == _content(other)


def test_registration_made_later_is_in_the_new_peildatum_only(by, scope):
    with scope():
        registration(by)
    old = freeze_now(by=by, now=NOW)
    with scope():
        registration(by)

    new = freeze_now(by=by, now=LATER)

    assert (_count(old, by), _count(new, by)) == (1, 2)
    with scope():
        assert snapshots(by) == [new, old]


def test_log_says_who_asked_and_that_it_is_ready(by, scope):
    with scope():
        registration(by)

    snapshot = freeze_now(by=by, now=NOW)

    with scope():
        ready, requested = history(f"snapshot:{snapshot.pk}")
    assert (requested.event, requested.user_id) == ("snapshot.requested", by.user_id)
    assert (ready.event, ready.detail) == ("snapshot.ready", {"rows": 1})


def test_requested_snapshot_waits_for_the_worker(by, scope):
    with scope():
        snapshot = request_snapshot(by=by, now=NOW)
        assert unfinished_snapshot(by) == snapshot

    freeze_requested.func(str(snapshot.pk), str(by.region.pk))

    assert _state(snapshot, scope) == SnapshotState.READY
    with scope():
        assert unfinished_snapshot(by) is None


def test_source_selects_exactly_its_columns(by):
    freeze_now(by=by, now=NOW)

    assert REGISTRATIONS.schema.names[0] == "row_key"
    assert ibis.schema(REGISTRATION_SCHEMA).names == tuple(REGISTRATION_SCHEMA.names)
