"""Sharing a part of a registration with another team of the region."""

from datetime import timedelta

import pytest
from django.utils import timezone

from baken.audit.interface import SYSTEM
from baken.casework.queries.words import words_of
from baken.casework.rules.answers import Words
from baken.keys.interface import NoSeat, TurnReason, turn_keys
from baken.keys.models import Grant
from baken.organisations.interface import open_team
from tests.casework.test_words import SENTENCE, fresh, told
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def experts(in_utrecht, analyst):
    """A team of one who is in no other."""
    team = open_team(region=in_utrecht, name="Expertteam", by=SYSTEM, now=NOW)
    founded = TurnReason.FOUNDED
    turn_keys(team=team, members=[analyst.user_id], reason=founded, by=SYSTEM, now=NOW)
    return team


def share(client, made, to, **changes):
    data = {
        "team": str(to.pk),
        "compartment": "work",
        "ground": "vital",
        "purpose": "consult",
        "ends_on": (timezone.localdate() + timedelta(days=7)).isoformat(),
        **changes,
    }
    return client.post(f"/registraties/{made.pk}/delen/", data)


def test_other_team_reads_what_is_shared(experts, caseworker, caseworker_client, analyst):
    made = told(caseworker)
    with pytest.raises(NoSeat):
        words_of(made, by=fresh(analyst))

    answer = share(caseworker_client, made, experts)

    assert answer.status_code == 302
    assert words_of(made, by=fresh(analyst)).summary == SENTENCE
    assert Grant.objects.get().ends_on == timezone.localdate() + timedelta(days=7)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends_on": "2020-01-01"}, "vandaag of later"),
        ({"ends_on": "x"}, "geldige datum"),
        ({"team": "00000000-0000-0000-0000-000000000001"}, "geldige keuze"),
        ({"ground": "zomaar"}, "geldige keuze"),
        ({"compartment": "reporter"}, "geldige keuze"),
    ],
)
def test_what_is_refused(experts, caseworker, caseworker_client, changes, says):
    made = told(caseworker)

    answer = share(caseworker_client, made, experts, **changes)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Grant.objects.count() == 0


def test_nothing_was_told(experts, caseworker, caseworker_client):
    made = told(caseworker, words=Words(summary=""), subjects=())

    answer = share(caseworker_client, made, experts)

    assert "nog niets om te delen" in answer.content.decode()


def test_own_team_is_not_offered(experts, caseworker, caseworker_client):
    page = caseworker_client.get(f"/registraties/{told(caseworker).pk}/delen/").content.decode()

    assert "Expertteam" in page
    assert ">Meldpunt<" not in page
