"""Seats in a team: given, taken, and recovered when nobody is left."""

from uuid import uuid4

import pytest

from baken.keys.interface import (
    AlreadyFounded,
    LastSeat,
    MistypedShare,
    NoOwnKey,
    NoSeat,
    SameShare,
    ShareOfAnother,
    TurnReason,
    found_recovery,
    give_seat,
    make_own_key,
    prove_shares,
    recover_team,
    seats_in,
    take_seats,
)
from baken.keys.models import Container, RegionRecovery
from baken.vault.interface import new_key, share_to_text
from tests.keys.conftest import NOW, SYSTEM, make_container
from tests.keys.test_containers import again

LEAVES = {"reason": TurnReason.LEAVER, "by": SYSTEM, "now": NOW}


def give(keyring, team, to):
    return give_seat(keyring=keyring, team=team, user_id=to, by=SYSTEM, now=NOW)


def test_given_a_seat_opens_what_was_sealed_before(team, noor, robin, container):
    assert give(noor, team, robin.user_id) == 1

    opened = again(robin).open(Container.objects.get(pk=container.id))

    assert opened.key == container.key
    assert seats_in(team) >= {noor.user_id, robin.user_id}


def test_nobody_gives_what_they_do_not_have(team, robin, sam):
    with pytest.raises(NoSeat):
        give(robin, team, sam.user_id)


def test_seat_for_who_has_no_key_yet(team, noor):
    with pytest.raises(NoOwnKey):
        give(noor, team, uuid4())


def test_leaver_opens_nothing_that_comes_next(team, noor, sam):
    take_seats(team=team, user_id=sam.user_id, **LEAVES)

    later = make_container(again(noor), team.region_id)

    with pytest.raises(NoSeat):
        again(sam).open(Container.objects.get(pk=later.id))
    assert seats_in(team) == {noor.user_id}


def test_old_key_of_a_leaver_on_a_new_epoch(team, noor, sam):
    """Who kept a copy of the team key has nothing to use it on."""
    kept = sam.team_keys(team.region_id)
    take_seats(team=team, user_id=sam.user_id, **LEAVES)

    later = Container.objects.get(pk=make_container(again(noor), team.region_id).id)

    assert later.epoch_id not in kept


def test_last_seat_cannot_be_taken(team, noor, sam):
    take_seats(team=team, user_id=sam.user_id, **LEAVES)

    with pytest.raises(LastSeat):
        take_seats(team=team, user_id=noor.user_id, **LEAVES)


def test_reset_passphrase_opens_again_after_a_colleague_gave_a_seat(team, noor, sam, container):
    fresh = make_own_key(
        user_id=sam.user_id, passphrase="een nieuwe lange zin hier", by=SYSTEM, now=NOW
    )
    row = Container.objects.get(pk=container.id)
    with pytest.raises(NoSeat):
        fresh.open(row)

    give(noor, team, sam.user_id)

    assert again(fresh).open(row).key == container.key


# --- recovery ---


@pytest.mark.parametrize("which", [(0, 1), (1, 2), (2, 0)])
def test_any_two_shares_let_a_new_team_in(team, robin, container, shares, which):
    pair = [shares[number] for number in which]

    recover_team(region=team.region, shares=pair, members=[robin.user_id], by=SYSTEM, now=NOW)

    assert again(robin).open(Container.objects.get(pk=container.id)).key == container.key


def test_drill(region, shares):
    prove_shares(region=region, shares=shares[:2], by=SYSTEM, now=NOW)

    assert RegionRecovery.objects.get(region=region).proven_at == NOW


def test_same_share_twice(region, shares):
    with pytest.raises(SameShare):
        prove_shares(region=region, shares=[shares[0]] * 2, by=SYSTEM, now=NOW)


def test_mistyped_share_names_its_group(region, shares):
    groups = shares[1].split()
    groups[3] = groups[3][:-1] + ("A" if groups[3][-1] != "A" else "B")

    with pytest.raises(MistypedShare) as refusal:
        prove_shares(region=region, shares=[shares[0], " ".join(groups)], by=SYSTEM, now=NOW)

    assert refusal.value.group == 4


def test_share_of_another_region(shares, region, flevoland):
    other = share_to_text(1, new_key()[:16], of=flevoland.pk)

    with pytest.raises(ShareOfAnother):
        prove_shares(region=region, shares=[" ".join(other), shares[1]], by=SYSTEM, now=NOW)


def test_recovery_is_founded_once(region, shares):
    with pytest.raises(AlreadyFounded):
        found_recovery(region=region, by=SYSTEM, now=NOW)
