"""Turning and rewrapping, stopped at the worst moment: everything still opens."""

import pytest
from django.db import DatabaseError, connection, transaction

from baken.keys import keystore
from baken.keys.interface import (
    Compartment,
    HasKeys,
    KeystoreAway,
    NoOwnKey,
    TurnReason,
    found_keys,
    keys_of,
    rewrap,
    share,
    turn_keys,
)
from baken.keys.models import Container
from baken.keys.states import Ground, Purpose
from baken.organisations.interface import open_team
from tests.keys.conftest import NOW, SYSTEM, make_container
from tests.keys.test_containers import again

WHO = {"by": SYSTEM, "now": NOW}


@pytest.fixture
def made(team, noor):
    """Seven containers under the first keys of a team whose keys have turned since."""
    made = [make_container(noor, team.region_id) for _ in range(7)]
    turn_keys(team=team, members=[noor.user_id], reason=TurnReason.AGE, **WHO)
    return {each.id: each.key for each in made}


def opened(keyring, made):
    rows = Container.objects.filter(pk__in=made)
    return {pk: container.key for pk, container in again(keyring).open_many(rows).items()}


def _rewrap(keyring, team, most=500):
    return rewrap(keyring=again(keyring), region_id=team.region_id, team_id=team.pk, most=most)


@transaction.atomic
def _rewrap_and_die(keyring, team):
    _rewrap(keyring, team)
    raise KeyboardInterrupt


@transaction.atomic
def _rewrap_and_turn(keyring, team, disk):
    with disk:
        _rewrap(keyring, team)
        turn_keys(team=team, members=[keyring.user_id], reason=TurnReason.AGE, **WHO)


def test_stopped_between_two_slices(team, noor, made):
    assert _rewrap(noor, team, most=3) == 3
    assert keys_of(team).to_rewrap == 4
    assert opened(noor, made) == made

    assert [_rewrap(noor, team, most=3) for _ in range(3)] == [3, 1, 0]

    assert keys_of(team).to_rewrap == 0
    assert opened(noor, made) == made


def test_killed_inside_a_slice(team, noor, made):
    """The slice is one transaction: what it did is gone, and it is done again."""
    with pytest.raises(KeyboardInterrupt):
        _rewrap_and_die(noor, team)

    assert keys_of(team).to_rewrap == 7
    assert opened(noor, made) == made
    assert _rewrap(noor, team) == 7
    assert opened(noor, made) == made


def _full_disk(table):
    """PostgreSQL refuses to write to this table any more."""

    def refuse(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")) and table in sql:
            raise DatabaseError("could not extend file: No space left on device")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(refuse)


@pytest.mark.parametrize("table", ["keys_container", "keys_seat", "keys_teamepoch", "audit_"])
def test_full_disk(team, noor, made, table):
    with pytest.raises(DatabaseError):
        _rewrap_and_turn(noor, team, _full_disk(table))

    assert keys_of(team).number == 2
    assert opened(noor, made) == made


def test_keystore_away_while_rewrapping(team, noor, made, settings):
    there = settings.KEYSTORE_URL
    settings.KEYSTORE_URL = "postgresql://baken_office:x@127.0.0.1:1/keystore"

    with pytest.raises(KeystoreAway), transaction.atomic():
        _rewrap(noor, team)

    settings.KEYSTORE_URL = there
    assert keys_of(team).to_rewrap == 7
    assert opened(noor, made) == made


def test_turning_needs_no_keystore(team, noor, settings):
    settings.KEYSTORE_URL = "postgresql://baken_office:x@127.0.0.1:1/keystore"

    epoch = turn_keys(team=team, members=[noor.user_id], reason=TurnReason.AGE, **WHO)

    assert epoch.number == 2


def test_destroyed_container_from_an_old_copy_does_not_stop_it(team, noor, made):
    gone = next(iter(made))
    keystore.destroy([gone])

    assert [_rewrap(noor, team, most=4) for _ in range(3)] == [4, 3, 0]

    left = {pk: key for pk, key in made.items() if pk != gone}
    assert opened(noor, left) == left


def test_rewrapping_one_team_of_two(team, noor, made):
    other = open_team(region=team.region, name="Andere", **WHO)
    for _ in range(4):
        turn_keys(team=other, members=[noor.user_id], reason=TurnReason.AGE, **WHO)

    assert _rewrap(noor, team) == 7

    assert set(Container.objects.filter(pk__in=made).values_list("epoch__team", flat=True)) == {
        team.pk
    }
    assert opened(noor, made) == made


def test_grant_opens_after_the_giver_rewrapped(team, noor, robin, made):
    other = open_team(region=team.region, name="Expertteam", **WHO)
    found_keys(team=other, members=[robin.user_id], **WHO)
    row = Container.objects.get(pk=next(iter(made)))
    share(
        keyring=again(noor), owner_id=row.owner_id, compartment=Compartment.WORK, team=other,
        ground=Ground.VITAL, purpose=Purpose.CONSULT, ends_on=NOW.date(), **WHO,
    )  # fmt: skip

    _rewrap(noor, team)

    assert opened(robin, [row.pk]) == {row.pk: made[row.pk]}


def test_first_keys_of_a_team_are_made_once(team, noor):
    with pytest.raises(HasKeys):
        found_keys(team=team, members=[noor.user_id], **WHO)


def test_first_keys_for_somebody_without_keys(region, shares, noor):
    team = open_team(region=region, name="Nieuw", **WHO)

    for members in ([], [noor.user_id, region.pk]):
        with pytest.raises(NoOwnKey):
            found_keys(team=team, members=members, **WHO)
