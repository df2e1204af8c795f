"""Containers: who opens them, and what happens when the keystore is away or forgot them."""

from uuid import uuid4

import pytest
from django.conf import settings as house

from baken.keys import keystore
from baken.keys.actions.containers import destroy, rewrap
from baken.keys.interface import (
    Compartment,
    KeystoreAway,
    NoSeat,
    Refused,
    Shredded,
    TurnReason,
    turn_keys,
)
from baken.keys.keyring import Keyring
from baken.keys.models import Container
from tests.keys.conftest import NOW, SYSTEM, make_container

PLACE = {"table": "registration", "column": "summary"}


def again(keyring):
    """The same colleague in another request."""
    return Keyring(keyring.user_id, keyring.private, keyring.signing, NOW.date())


def test_colleague_in_the_team_opens_what_another_sealed(container, sam):
    row = uuid4()
    sealed = container.seal("Een zin die niemand leest.", row=row, **PLACE)

    opened = again(sam).open(Container.objects.get(pk=container.id))

    assert opened.open(sealed, row=row, **PLACE) == "Een zin die niemand leest."


@pytest.mark.parametrize(
    "other",
    [
        {"row": uuid4()},
        {"column": "notes"},
        {"table": "note"},
        {"version": 2},
    ],
)
def test_sealed_for_one_place_does_not_open_in_another(container, other):
    row = uuid4()
    sealed = container.seal("tekst", row=row, **PLACE)

    with pytest.raises(Refused):
        container.open(sealed, **{"row": row, **PLACE, **other})


def test_colleague_without_a_seat(container, robin):
    with pytest.raises(NoSeat):
        robin.open(Container.objects.get(pk=container.id))
    with pytest.raises(NoSeat):
        make_container(robin, container.region_id)


def test_same_aggregate_has_one_container(team, noor, sam):
    owner = uuid4()

    first = make_container(noor, team.region_id, owner)
    second = make_container(sam, team.region_id, owner)

    assert first == second


def test_row_swapped_with_another_container(team, noor):
    one, other = (make_container(noor, team.region_id) for _ in range(2))
    swapped = Container.objects.get(pk=one.id)
    swapped.sealed = Container.objects.get(pk=other.id).sealed

    with pytest.raises(Refused):
        again(noor).open(swapped)


def test_destroyed_container_does_not_open_from_a_backup(
    container, noor, django_capture_on_commit_callbacks
):
    backup = Container.objects.get(pk=container.id)

    with django_capture_on_commit_callbacks(execute=True):
        destroyed = destroy(
            region_id=container.region_id,
            owner_id=backup.owner_id,
            compartments=[Compartment.WORK],
        )

    assert destroyed == 1
    with pytest.raises(Shredded):
        again(noor).open(backup)


def test_keystore_is_away(team, noor, container, settings):
    settings.KEYSTORE_URL = "postgresql://baken_office:x@127.0.0.1:1/keystore"
    before = Container.objects.count()

    with pytest.raises(KeystoreAway):
        make_container(noor, team.region_id)
    with pytest.raises(KeystoreAway):
        again(noor).open(Container.objects.get(pk=container.id))

    assert Container.objects.count() == before


def test_rewrapping_after_the_keys_turned(team, noor, sam):
    made = [make_container(noor, team.region_id) for _ in range(3)]
    turn_keys(team=team, members=[noor.user_id], reason=TurnReason.LEAVER, by=SYSTEM, now=NOW)
    stays, leaver = again(noor), again(sam)

    done = [rewrap(keyring=stays, region_id=team.region_id, most=2) for _ in range(3)]

    assert done == [2, 1, 0]
    rows = Container.objects.filter(pk__in=[each.id for each in made])
    assert {c.key for c in again(noor).open_many(rows).values()} == {c.key for c in made}
    assert leaver.open_many(rows) == {}


def test_sweep_leaves_what_is_young(container):
    assert house.KEYSTORE_URL
    assert container.id not in keystore.old_containers()
    assert container.id in keystore.fetch([container.id])
