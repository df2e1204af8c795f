"""The sweep of the keystore: as the worker, on real commits, with a keystore of the test's own."""

import os
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from baken.keys import keystore
from baken.keys.actions import sweeping
from baken.keys.interface import SeesTooLittle, TooManyOrphans, prepare_keystore, sweep
from baken.lib.tenancy import region_scope
from tests.keys.conftest import make_container
from tests.own_database import (
    connect_to,
    own_caseworker,
    own_database,
    own_stranger,
    superuser,
)

__all__ = ["own_caseworker", "own_database", "own_stranger"]


def _address(role, name):
    parts = urlsplit(os.environ[f"BAKEN_TEST_URL_KEYSTORE_{role}"])
    return urlunsplit(parts._replace(path=f"/{name}"))


@pytest.fixture
def keys(own_database, settings):
    """An empty keystore, reached as the office; as the owner on the returned connection."""
    name = f"keystore_{uuid4().hex[:12]}"
    with superuser() as server:
        server.execute(f"CREATE DATABASE {name} OWNER baken_owner")
    with superuser(name) as inside:
        inside.execute("GRANT USAGE ON SCHEMA public TO baken_office, baken_worker")
    settings.KEYSTORE_URL = _address("OWNER", name)
    prepare_keystore()
    settings.KEYSTORE_URL = _address("OFFICE", name)
    with psycopg.connect(_address("OWNER", name), autocommit=True) as owner:
        yield owner
    with superuser() as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def containers(keys, own_caseworker, own_stranger):
    """Twelve in one region and twelve in another, two hours old."""
    made = []
    for member in (own_caseworker, own_stranger):
        with region_scope(member.region.pk):
            made += [make_container(member.keys, member.region.pk).id for _ in range(12)]
    _grow_old(keys)
    return set(made)


def _grow_old(keys):
    keys.execute("UPDATE shred_key SET made_at = now() - interval '2 hours'")


def _orphans(keys, number):
    made = {uuid4(): os.urandom(32) for _ in range(number)}
    keystore.keep(made)
    _grow_old(keys)
    return made


@pytest.fixture
def as_worker(own_database, containers, keys, settings):
    """Called when everything is made: from then on it is the worker who looks."""

    def become():
        connect_to(own_database, "worker")
        name = keys.info.dbname
        settings.KEYSTORE_URL = _address("WORKER", name)

    return become


def _left(keys):
    return {row[0] for row in keys.execute("SELECT container FROM shred_key")}


def test_key_of_a_container_in_any_region_stays(as_worker, containers, keys):
    orphans = _orphans(keys, 2)
    as_worker()

    assert sweep() == 2

    assert _left(keys) == containers
    assert not orphans.keys() & containers


def test_young_key_stays(as_worker, containers, keys):
    keystore.keep({uuid4(): os.urandom(32)})
    as_worker()

    assert sweep() == 0
    assert len(_left(keys)) == len(containers) + 1


def test_without_its_policy_the_worker_sweeps_nothing(as_worker, own_database, containers, keys):
    with superuser(own_database) as server:
        server.execute("DROP POLICY sweep ON keys_container")
    as_worker()

    with pytest.raises(SeesTooLittle):
        sweep()

    assert _left(keys) == containers


def test_planted_defect_without_the_guards(as_worker, own_database, containers, keys, monkeypatch):
    """What the guards are for: the same, with both taken away, loses every key."""
    monkeypatch.setattr(sweeping, "_check_sees_all", lambda: None)
    monkeypatch.setattr(sweeping, "_check_plausible", lambda orphans, known: None)
    with superuser(own_database) as server:
        server.execute("DROP POLICY sweep ON keys_container")
    as_worker()

    assert sweep() == len(containers)
    assert _left(keys) == set()


def test_office_sweeps_nothing(containers, keys):
    with pytest.raises(SeesTooLittle):
        sweep()

    assert _left(keys) == containers


def test_database_of_before_yesterday(as_worker, own_database, containers, keys):
    """An old copy of the main database was put back: what came since has keys and no containers."""
    with superuser(own_database) as server:
        server.execute("DELETE FROM keys_container")
    as_worker()

    with pytest.raises(TooManyOrphans):
        sweep()

    assert _left(keys) == containers


@pytest.mark.parametrize(("orphans", "swept"), [(100, 100), (101, None)])
def test_more_than_a_sweep(as_worker, containers, keys, orphans, swept):
    _orphans(keys, orphans)
    as_worker()

    if swept:
        assert sweep() == swept
    else:
        with pytest.raises(TooManyOrphans):
            sweep()
    assert containers <= _left(keys)
