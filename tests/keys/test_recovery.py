"""The recovery key: its shares typed back, lost before anybody proved them, and made anew."""

import pytest

from baken.keys.interface import (
    AlreadyProven,
    MistypedShare,
    NoSeat,
    NothingToRecover,
    Refused,
    ShareOfAnother,
    TurnReason,
    check_share,
    found_recovery_again,
    prove_shares,
    recover_team,
    recovery_of,
    renew_recovery,
    turn_keys,
)
from baken.keys.models import Container
from tests.keys.conftest import NOW, SYSTEM
from tests.keys.test_containers import again

WHO = {"by": SYSTEM, "now": NOW}


def _typed(shares):
    return [" ".join(groups) for groups in shares]


def test_every_share_names_itself(region, shares):
    assert [check_share(region=region, text=text.lower()) for text in shares] == [1, 2, 3]


def test_share_without_its_last_group(region, shares):
    with pytest.raises(MistypedShare) as refusal:
        check_share(region=region, text=" ".join(shares[0].split()[:9]))

    assert refusal.value.group == 10


def test_share_in_a_region_without_a_recovery_key(region):
    with pytest.raises(NothingToRecover):
        check_share(region=region, text="x")


def test_lost_shares_are_made_again(region, team, noor, robin, shares, container):
    fresh = _typed(found_recovery_again(region=region, keyring=again(noor), **WHO))

    assert recovery_of(region).edition == 2
    with pytest.raises(ShareOfAnother):
        prove_shares(region=region, shares=shares[:2], **WHO)
    recover_team(region=region, shares=fresh[1:], members=[robin.user_id], **WHO)
    assert again(robin).open(Container.objects.get(pk=container.id)).key == container.key


def test_lost_shares_are_made_again_by_who_opens_everything(region, team, noor, sam):
    turn_keys(team=team, members=[sam.user_id], reason=TurnReason.ROLE, **WHO)

    for keyring in (None, again(noor)):
        with pytest.raises(NoSeat):
            found_recovery_again(region=region, keyring=keyring, **WHO)


def test_lost_shares_before_there_is_a_team_need_no_keys(region, shares):
    fresh = _typed(found_recovery_again(region=region, keyring=None, **WHO))

    prove_shares(region=region, shares=fresh[:2], **WHO)


def test_proven_recovery_key_is_not_made_again(region, team, noor, shares):
    prove_shares(region=region, shares=shares[:2], **WHO)

    with pytest.raises(AlreadyProven):
        found_recovery_again(region=region, keyring=again(noor), **WHO)


def test_new_recovery_key_from_two_shares(region, team, robin, shares, container):
    fresh = _typed(renew_recovery(region=region, shares=shares[:2], **WHO))

    with pytest.raises(Refused):
        recover_team(region=region, shares=shares[:2], members=[robin.user_id], **WHO)
    recover_team(region=region, shares=fresh[:2], members=[robin.user_id], **WHO)
    assert again(robin).open(Container.objects.get(pk=container.id)).key == container.key
    assert recovery_of(region).proven_at is None
