"""The screens of teams and keys, recovery and rewrapping."""

import pytest
from django.urls import reverse

from baken.accounts.interface import Role
from baken.accounts.teams.actions import turn_team
from baken.audit.interface import history
from baken.keys.interface import TurnReason, keys_of, recovery_of, seats_in
from tests.accounts.teams.conftest import NOW, add, container, fresh, person

OVERVIEW, RECOVER = reverse("teams:overview"), reverse("teams:recover")


def words(client, url):
    return client.get(url).content.decode()


def test_colleague_sees_who_waits_and_gives_access(caseworker_client, team, newcomer):
    url = reverse("teams:give", args=[team.pk, newcomer.pk])
    assert "1 collega wacht op toegang." in words(caseworker_client, OVERVIEW)

    answer = caseworker_client.post(url)

    assert answer.url == reverse("teams:team", args=[team.pk])
    assert "Nieuw Bedacht heeft nu toegang." in words(caseworker_client, answer.url)
    assert newcomer.pk in seats_in(team)


def test_administrator_takes_access_away(administrator_client, team):
    client = fresh(administrator_client, "lou")
    sam = person("sam")

    client.post(reverse("teams:take", args=[team.pk, sam.pk]))

    assert "Sam Verzonnen heeft geen toegang meer" in words(client, OVERVIEW)
    assert sam.pk not in seats_in(team)


def test_last_access_is_explained(administrator_client, team):
    client = fresh(administrator_client, "lou")

    for user_id in seats_in(team):
        client.post(reverse("teams:take", args=[team.pk, user_id]))

    assert "Dit is de laatste collega die bij de sleutels van het team kan." in words(
        client, OVERVIEW
    )
    assert len(seats_in(team)) == 1


def test_taking_asks_for_a_fresh_log_in(administrator_client, team):
    client = fresh(administrator_client, "lou", seconds_ago=301)

    answer = client.post(reverse("teams:take", args=[team.pk, person("sam").pk]))

    assert answer.status_code == 403
    assert person("sam").pk in seats_in(team)


def test_administrator_turns_old_keys(administrator_client, team, monkeypatch):
    monkeypatch.setattr("baken.accounts.teams.queries.KEYS_AGE_DAYS", 0)
    client = fresh(administrator_client, "lou")
    assert "ouder dan negentig dagen" in words(client, OVERVIEW)

    client.post(reverse("teams:turn", args=[team.pk]))

    assert keys_of(team).number == 2


def test_another_team_name_twice(administrator_client, team):
    administrator_client.post(reverse("teams:open"), {"name": team.name})

    assert "Er is in deze regio al een team met deze naam." in words(administrator_client, OVERVIEW)


def test_team_of_nobody(caseworker_client, team):
    unknown = reverse("teams:team", args=[person("noor").pk])

    assert caseworker_client.get(unknown).status_code == 404


def test_stranger_sees_nothing_of_the_team(stranger_client, team):
    assert stranger_client.get(reverse("teams:team", args=[team.pk])).status_code == 404


def test_shared_with_nobody_cannot_be_withdrawn(caseworker_client, team):
    caseworker_client.post(reverse("teams:withdraw", args=[team.pk]))

    assert "Deze toegang bestaat niet, of is al ingetrokken." in words(caseworker_client, OVERVIEW)


# --- rewrapping ---


@pytest.fixture
def turned(team, caseworker, administrator):
    made = [container(caseworker, team.region_id) for _ in range(3)]
    turn_team(team_id=team.pk, reason=TurnReason.AGE, by=administrator, now=NOW)
    return made


def test_rewrapping_without_javascript(caseworker_client, team, turned):
    url = reverse("teams:rewrap", args=[team.pk])
    assert "0 van 3" in words(caseworker_client, url)

    answer = caseworker_client.post(url, {"begin": "3"})

    assert answer.url == f"{url}?begin=3"
    assert "3 van 3" in words(caseworker_client, answer.url)
    assert keys_of(team).to_rewrap == 0


def test_rewrapping_goes_on_by_itself(caseworker_client, team, turned, monkeypatch):
    url = reverse("teams:rewrap", args=[team.pk])
    monkeypatch.setattr("baken.accounts.teams.views.rewrap.SLICE", 2)

    first = caseworker_client.post(url, {"begin": "3"}, headers={"HX-Request": "true"})
    second = caseworker_client.post(url, {"begin": "3"}, headers={"HX-Request": "true"})

    assert 'hx-trigger="load, submit"' in first.content.decode()
    assert "Alles is verzegeld" in second.content.decode()
    assert "<html" not in second.content.decode()


def test_keystore_away_while_rewrapping(caseworker_client, team, turned, settings):
    settings.KEYSTORE_URL = "postgresql://baken_office:x@127.0.0.1:1/keystore"

    answer = caseworker_client.post(reverse("teams:rewrap", args=[team.pk]))

    assert answer.status_code == 503
    assert "De sleutelkluis is niet bereikbaar." in answer.content.decode()
    assert keys_of(team).to_rewrap == 3


@pytest.mark.parametrize("begin", ["", "x", "-1", "9" * 40, "²"])
def test_bar_that_begins_at_nonsense(caseworker_client, team, turned, begin):
    url = f"{reverse('teams:rewrap', args=[team.pk])}?begin={begin}"

    assert "0 van 3" in words(caseworker_client, url)


# --- recovery ---


def send(client, shares, *people, two="on"):
    values = {"members": [str(each.pk) for each in people], "are_two": two}
    return client.post(RECOVER, {**values, "share_one": shares[0], "share_two": shares[1]})


@pytest.mark.parametrize("who", ["administrator", "privacy_officer"])
def test_recovery_with_two_shares(request, who, shares, team, newcomer):
    slug = {"administrator": "lou", "privacy_officer": "jip"}[who]
    client = fresh(request.getfixturevalue(f"{who}_client"), slug)

    assert send(client, shares[1:], newcomer).url == OVERVIEW

    assert newcomer.pk in seats_in(team)
    event = history(f"region:{team.region_id}")[0]
    assert (event.event, event.user_id) == ("recovery.used", person(slug).pk)
    assert event.detail == {"to": str(newcomer.pk), "seats": 1}


def test_recovery_alone(administrator_client, shares, newcomer, team):
    client = fresh(administrator_client, "lou")

    answer = send(client, shares, newcomer, two="")

    assert answer.status_code == 422
    assert "Doe dit met twee mensen." in answer.content.decode()
    assert newcomer.pk not in seats_in(team)


def test_recovery_for_a_role_that_opens_nothing(administrator_client, shares, in_utrecht, team):
    client = fresh(administrator_client, "lou")

    answer = send(client, shares, add(in_utrecht, Role.ANALYST))

    assert answer.status_code == 422


def test_recovery_with_shares_of_a_key_that_was_replaced(
    administrator_client, shares, newcomer, team
):
    client = fresh(administrator_client, "lou")
    client.post(reverse("teams:renew"), {"share_one": shares[0], "share_two": shares[1]})
    assert recovery_of(team.region).waits

    assert send(client, shares, newcomer).url == OVERVIEW


def test_renewing_with_a_mistyped_share(administrator_client, shares, team):
    client = fresh(administrator_client, "lou")

    answer = client.post(reverse("teams:renew"), {"share_one": shares[0], "share_two": "x"})

    assert answer.status_code == 422
    assert recovery_of(team.region).edition == 2


@pytest.mark.parametrize("page", ["teams:recover", "teams:renew", "teams:first-run"])
def test_pages_where_shares_are_typed_are_kept_nowhere(administrator_client, team, page):
    answer = fresh(administrator_client, "lou").get(reverse(page))

    assert "no-store" in answer["Cache-Control"]
