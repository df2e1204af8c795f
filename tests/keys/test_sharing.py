"""Sharing one compartment with another team of the region."""

from datetime import timedelta

import pytest

from baken.keys.interface import (
    EndsInThePast,
    Ground,
    NoSeat,
    NoSuchGrant,
    NotAnotherTeam,
    Purpose,
    Refused,
    TurnReason,
    check_signature,
    grants_of,
    turn_keys,
)
from baken.keys.interface import share as share_container
from baken.keys.interface import withdraw as withdraw_grant
from baken.keys.keyring import Keyring
from baken.keys.models import Container, Grant
from baken.organisations.interface import open_team
from tests.keys.conftest import NOW, SYSTEM
from tests.keys.test_containers import again

TODAY = NOW.date()


@pytest.fixture
def experts(team, robin):
    experts = open_team(region=team.region, name="Expertteam", by=SYSTEM, now=NOW)
    founded = TurnReason.FOUNDED
    turn_keys(team=experts, members=[robin.user_id], reason=founded, by=SYSTEM, now=NOW)
    return experts


def share(keyring, row, team, **changes):
    return share_container(
        **{
            "keyring": keyring,
            "owner_id": row.owner_id,
            "compartment": row.compartment,
            "team": team,
            "ground": Ground.VITAL,
            "purpose": Purpose.CONSULT,
            "ends_on": TODAY + timedelta(days=30),
            "by": SYSTEM,
            "now": NOW,
            **changes,
        }
    )


@pytest.fixture
def row(container):
    return Container.objects.get(pk=container.id)


def withdraw(grant, user):
    return withdraw_grant(
        grant_id=grant.pk, region_id=grant.region_id, by=SYSTEM, user_id=user.user_id, now=NOW
    )


def test_other_team_opens_what_is_shared(row, container, noor, robin, experts):
    share(noor, row, experts)

    assert again(robin).open(row).key == container.key


def test_not_after_the_last_day(row, noor, robin, experts):
    share(noor, row, experts, ends_on=TODAY)
    tomorrow = Keyring(robin.user_id, robin.private, robin.signing, TODAY + timedelta(days=1))

    with pytest.raises(NoSeat):
        tomorrow.open(row)


def test_not_after_withdrawal(row, noor, robin, experts):
    grant = share(noor, row, experts)

    withdraw(grant, noor)

    with pytest.raises(NoSeat):
        again(robin).open(row)
    with pytest.raises(NoSuchGrant):
        withdraw(grant, noor)
    assert [g.withdrawn_by for g in grants_of(row.owner_id, region_id=row.region_id)] == [
        noor.user_id
    ]


def test_who_cannot_open_cannot_share(row, robin, experts):
    with pytest.raises(NoSeat):
        share(robin, row, experts)


def test_seat_in_two_teams_seals_for_the_first(row, noor, team, experts):
    later = NOW + timedelta(days=1)
    members = [noor.user_id]
    for _ in range(2):
        turn_keys(team=experts, members=members, reason=TurnReason.ROLE, by=SYSTEM, now=later)

    assert again(noor).newest(team.region_id).team_id == team.pk
    assert again(noor).newest(team.region_id, experts.pk).number == 3


def test_own_team(row, noor, team):
    with pytest.raises(NotAnotherTeam):
        share(noor, row, team)


def test_end_date_in_the_past(row, noor, experts):
    with pytest.raises(EndsInThePast):
        share(noor, row, experts, ends_on=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    "changed",
    [{"ends_on": TODAY + timedelta(days=999)}, {"ground": "consent"}, {"purpose": "care"}],
)
def test_signature_of_a_changed_grant(row, noor, experts, changed):
    grant = share(noor, row, experts)
    check_signature(Grant.objects.get(pk=grant.pk))
    Grant.objects.filter(pk=grant.pk).update(**changed)

    with pytest.raises(Refused):
        check_signature(Grant.objects.get(pk=grant.pk))
