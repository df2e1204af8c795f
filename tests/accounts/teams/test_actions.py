"""Who may give, take and turn the keys of a team, and what the last seat means."""

from datetime import timedelta

import pytest
from django.utils import timezone

from baken.accounts.actions import change_roles, disable_colleague
from baken.accounts.interface import NotAllowed, NotInRegion, Role, system_member
from baken.accounts.teams.actions import (
    NotProvenYet,
    end_sharing,
    found_team,
    give_access,
    open_new_team,
    recover,
    rewrap_slice,
    take_access,
    turn_team,
)
from baken.accounts.teams.queries import age_of, are_old, shared_in, team_members
from baken.accounts.teams.states import Standing
from baken.audit.interface import history
from baken.keys.interface import (
    Compartment,
    Ground,
    HasKeys,
    LastSeat,
    NoOwnKey,
    NoSeat,
    NotUnlocked,
    Purpose,
    TurnReason,
    keys_of,
    seats_in,
    share,
)
from baken.keys.models import Container
from tests.accounts.teams.conftest import NOW, add, container, member_of, person
from tests.keyrings import keyring_of


def by(who):
    return {"by": who, "now": NOW}


def standings(team):
    return {row.name: row.standing for row in team_members(team, timezone.localdate(NOW))}


def opens(user, pk, keyring=None):
    row = Container.objects.get(pk=pk)
    return bool((keyring or keyring_of(user)).open_many([row]))


# --- giving ---


def test_everybody_stands_somewhere(team, newcomer, in_utrecht):
    add(in_utrecht, Role.FOCAL_POINT, name="Sleutelloos Bedacht", has_key=False)
    add(in_utrecht, Role.ANALYST, name="Telt Alleen")

    found = standings(team)

    assert found["Noor Fictief"] == found["Sam Verzonnen"] == Standing.HAS_SEAT
    assert found["Nieuw Bedacht"] == Standing.WAITS
    assert found["Sleutelloos Bedacht"] == Standing.NO_KEY
    assert "Telt Alleen" not in found


def test_colleague_with_access_gives_it(team, newcomer, caseworker):
    assert give_access(team_id=team.pk, user_id=newcomer.pk, **by(caseworker)) == 1

    assert standings(team)["Nieuw Bedacht"] == Standing.HAS_SEAT
    assert history(f"team:{team.pk}")[0].detail == {"to": str(newcomer.pk), "epochs": 1}


def test_administrator_opens_nothing_and_gives_nothing(team, newcomer, administrator):
    with pytest.raises(NotAllowed):
        give_access(team_id=team.pk, user_id=newcomer.pk, **by(administrator))


def test_who_waits_gives_nothing(team, newcomer):
    waiting = member_of(newcomer)

    with pytest.raises(NotUnlocked):
        give_access(team_id=team.pk, user_id=newcomer.pk, **by(waiting))


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR])
def test_role_that_opens_nothing_is_given_nothing(team, in_utrecht, caseworker, role):
    somebody = add(in_utrecht, role)

    with pytest.raises(NotInRegion):
        give_access(team_id=team.pk, user_id=somebody.pk, **by(caseworker))


def test_stranger_is_given_nothing(team, caseworker):
    with pytest.raises(NotInRegion):
        give_access(team_id=team.pk, user_id=person("bo").pk, **by(caseworker))


def test_team_of_another_region(team, stranger, newcomer):
    with pytest.raises(NotInRegion):
        give_access(team_id=team.pk, user_id=newcomer.pk, **by(stranger))


# --- taking and turning ---


def test_access_taken_away(team, administrator, caseworker):
    sam = person("sam")

    assert take_access(team_id=team.pk, user_id=sam.pk, **by(administrator))

    assert keys_of(team).number == 2
    later, _key = container(caseworker, team.region_id)
    assert not opens(sam, later)
    assert standings(team)["Sam Verzonnen"] == Standing.WAITS


def test_last_access_stays(team, administrator):
    for user_id in seats_in(team) - {person("noor").pk}:
        take_access(team_id=team.pk, user_id=user_id, **by(administrator))

    with pytest.raises(LastSeat):
        take_access(team_id=team.pk, user_id=person("noor").pk, **by(administrator))
    assert seats_in(team) == {person("noor").pk}


def test_disabled_colleague_leaves_the_team(team, administrator, caseworker):
    sam = person("sam")

    disable_colleague(user_id=sam.pk, **by(administrator))

    assert sam.pk not in seats_in(team)
    assert keys_of(team).reason == TurnReason.LEAVER


def _disable_all(team, administrator):
    """Noor last."""
    others = seats_in(team) - {person("noor").pk}
    for user_id in (*others, person("noor").pk):
        disable_colleague(user_id=user_id, **by(administrator))


def test_disabled_colleague_with_the_last_access_is_out_all_the_same(team, administrator):
    _disable_all(team, administrator)

    assert not person("noor").is_active
    assert seats_in(team) == {person("noor").pk}
    assert standings(team)["Noor Fictief"] == Standing.STRANGER


def test_recovery_puts_out_who_had_the_last_access(team, administrator, shares, newcomer):
    _disable_all(team, administrator)

    recover(shares=shares[:2], user_ids=[newcomer.pk], **by(administrator))

    assert seats_in(team) == {newcomer.pk}


def test_role_that_opens_nothing_any_more_leaves_the_team(team, administrator):
    sam = person("sam")

    change_roles(user_id=sam.pk, roles=frozenset({Role.ANALYST}), **by(administrator))

    assert sam.pk not in seats_in(team)
    assert keys_of(team).reason == TurnReason.ROLE


def test_another_role_that_opens_stays_in_the_team(team, administrator):
    sam = person("sam")

    change_roles(user_id=sam.pk, roles=frozenset({Role.CASEWORKER}), **by(administrator))

    assert sam.pk in seats_in(team)
    assert keys_of(team).number == 1


def test_turning_leaves_out_who_has_no_role_any_more(team, administrator):
    _disable_all(team, administrator)

    with pytest.raises(LastSeat):
        turn_team(team_id=team.pk, reason=TurnReason.AGE, **by(administrator))


def test_keys_turn_on_the_command_line(team, in_utrecht):
    system = system_member(in_utrecht)

    assert turn_team(team_id=team.pk, reason=TurnReason.AGE, **by(system)) == 2


@pytest.mark.parametrize(("days", "old"), [(0, False), (89, False), (90, True)])
def test_keys_are_old_after_ninety_days(team, days, old):
    keys = keys_of(team)
    at = keys.made_at + timedelta(days=days)

    assert (age_of(keys, at), are_old(keys, at)) == (days, old)


def test_slices_until_all_is_sealed(team, administrator, caseworker):
    made = dict(container(caseworker, team.region_id) for _ in range(5))
    turn_team(team_id=team.pk, reason=TurnReason.AGE, **by(administrator))
    noor = member_of(person("noor"), keyring_of(person("noor")))

    done = [rewrap_slice(team_id=team.pk, most=3, **by(noor)) for _ in range(3)]

    assert done == [3, 2, 0]
    rows = Container.objects.filter(pk__in=made)
    assert {pk: c.key for pk, c in keyring_of(person("noor")).open_many(rows).items()} == made


# --- a second team, and sharing ---


def test_second_team_has_keys_of_its_own(team, administrator, newcomer, caseworker):
    experts = open_new_team(name="Expertteam", **by(administrator))

    found_team(team_id=experts.pk, user_ids=[newcomer.pk], **by(administrator))

    assert seats_in(experts) == {newcomer.pk}
    assert standings(team)["Nieuw Bedacht"] == Standing.ELSEWHERE
    assert standings(experts)["Noor Fictief"] == Standing.ELSEWHERE
    with pytest.raises(NoSeat):
        give_access(team_id=experts.pk, user_id=person("sam").pk, **by(caseworker))
    with pytest.raises(HasKeys):
        found_team(team_id=experts.pk, user_ids=[newcomer.pk], **by(administrator))


def test_first_access_for_somebody_without_a_key(administrator, in_utrecht):
    somebody = add(in_utrecht, Role.CASEWORKER, has_key=False)
    experts = open_new_team(name="Expertteam", **by(administrator))

    with pytest.raises(NoOwnKey):
        found_team(team_id=experts.pk, user_ids=[somebody.pk], **by(administrator))


def test_no_team_keys_before_the_recovery_key_works(region):
    opener = member_of(add(region, Role.ADMINISTRATOR))
    somebody = add(region, Role.CASEWORKER)
    team = open_new_team(name="Meldpunt", **by(opener))

    with pytest.raises(NotProvenYet):
        found_team(team_id=team.pk, user_ids=[somebody.pk], **by(opener))


def test_what_is_shared_is_listed_until_it_ends(
    team, administrator, newcomer, caseworker, in_utrecht
):
    experts = open_new_team(name="Expertteam", **by(administrator))
    found_team(team_id=experts.pk, user_ids=[newcomer.pk], **by(administrator))
    pk, _key = container(caseworker, team.region_id)
    today = timezone.localdate(NOW)
    grant = share(
        keyring=caseworker.keys, owner_id=Container.objects.get(pk=pk).owner_id,
        compartment=Compartment.WORK, team=experts, ground=Ground.VITAL, purpose=Purpose.CONSULT,
        ends_on=today, by=caseworker.actor, now=NOW,
    )  # fmt: skip

    shown = [
        (row.what, row.team, row.given_by, row.is_over) for row in shared_in(in_utrecht, today)
    ]
    later = shared_in(in_utrecht, today + timedelta(days=1))
    end_sharing(grant_id=grant.pk, **by(caseworker))

    assert shown == [("Werk", "Expertteam", "Noor Fictief", False)]
    assert [row.is_over for row in later] == [True]
    assert [row.is_over for row in shared_in(in_utrecht, today)] == [True]
