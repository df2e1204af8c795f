"""Who chooses English reads English: no Dutch text of ours is left on a page."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from baken.accounts.teams.actions import turn_team
from baken.audit.interface import SYSTEM
from baken.casework.actions.words import add_note
from baken.casework.models import TwoPersonRequest
from baken.casework.rules.answers import IdentityAnswer, SubjectAnswer, Words
from baken.casework.states import IdentityKind, Kind, State
from baken.keys.interface import TurnReason
from baken.keys.models import Seat
from baken.organisations.interface import open_team
from baken.oversight.models import Alert
from baken.oversight.states import AlertKind, AlertState, BreakGlassReason, Outcome
from tests.accounts.teams.conftest import _new_region, add, fresh, opener, person, region, team
from tests.casework.colleagues import second_coordinator
from tests.casework.test_words import told
from tests.factories import NOW, registration_at
from tests.words import left_in_dutch

__all__ = ["_new_region", "opener", "region", "team"]
NAME = IdentityAnswer(kind=IdentityKind.NAME, value="Mina Verzonnen")
PHONE = IdentityAnswer(kind=IdentityKind.PHONE, value="06 12345678")
MINA = SubjectAnswer(role="MSO", identities=(NAME, PHONE))


@pytest.fixture
def english():
    """Makes a client read English."""

    def choose(client):
        client.cookies["baken-office-taal"] = "en"
        return client

    return choose


@pytest.mark.parametrize(
    ("who", "url"),
    [
        ("client", "/inloggen/login/"),
        ("client", "/geen-pagina/"),
        ("caseworker", "/registraties/"),
        ("caseworker", "/registraties/?soort=onzin&van=99&tot=x"),
        ("caseworker", "/registraties/nieuw/"),
        ("coordinator", "/registraties/inlezen/"),
        ("coordinator", "/registraties/inlezen/nieuw/"),
        ("administrator", "/registraties/codelijsten/"),
        ("administrator", "/registraties/codelijsten/form/"),
        ("administrator", "/registraties/codelijsten/kaders/"),
        ("administrator", "/uitnodigingen/"),
        ("administrator", "/uitnodigingen/nieuw/"),
        ("client", "/uitnodiging/?sleutel=x"),
        ("caseworker", "/uitnodiging/code/"),
        ("administrator", "/collegas/"),
        ("administrator", "/rollen/"),
        ("administrator", "/team/"),
        ("administrator", "/team/inrichten/"),
        ("administrator", "/team/herstellen/"),
        ("administrator", "/team/herstelsleutel/vernieuwen/"),
        ("caseworker", "/team/"),
        ("caseworker", "/registraties/zoeken/"),
        ("caseworker", "/registraties/verzoeken/"),
        ("caseworker", "/inloggen/2fa/"),
        ("coordinator", "/registraties/verzoeken/identiteiten/"),
        ("analyst", "/cijfers/"),
        ("caseworker", "/cijfers/?van=2023&tot=2020"),
        ("auditor", "/logboek/"),
        ("auditor", "/registraties/"),
    ],
)
def test_page(request, english, who, url):
    client = request.getfixturevalue(who if who == "client" else f"{who}_client")

    assert left_in_dutch(english(client).get(url)) == []


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("page", ["", "wijzigen/", "omzetten/", "afsluiten/"])
def test_page_of_a_registration(caseworker, caseworker_client, english, kind, page):
    made = registration_at(State.ACTIVE, caseworker, kind=kind)

    response = english(caseworker_client).get(f"/registraties/{made.pk}/{page}")

    assert response.status_code == 200
    assert left_in_dutch(response) == []


# --- what was told, and about whom ---


@pytest.fixture
def spoken(caseworker):
    """A melding with words, a note, somebody in it and a reporter; and an earlier one about her."""
    told(caseworker, words=Words(summary="Kapsalon."), subjects=(MINA,))
    words = Words(summary="Kapsalon.", reporter=(NAME,))
    made = told(caseworker, words=words, subjects=(MINA,), anonymity="shielded")
    add_note(registration_id=made.pk, text="Garage.", by=caseworker, now=NOW)
    return made


@pytest.mark.parametrize(
    "page", ["", "wijzigen/", "omzetten/", "afsluiten/", "delen/", "notitie/", "radar"]
)
def test_page_of_what_was_told(spoken, caseworker_client, focal_point_client, english, page):
    focal_point_client.post(f"/registraties/{spoken.pk}/melder/", {"reason": "contact"})
    url = f"/registraties/{spoken.pk}/{page}"
    if page == "radar":
        url = f"/registraties/radar/registratie/{spoken.pk}/"

    response = english(caseworker_client).get(url, follow=True)

    assert left_in_dutch(response) == []


def test_share_with_a_team(spoken, in_utrecht, caseworker_client, english):
    open_team(region=in_utrecht, name="Experts", by=SYSTEM, now=NOW)
    url = f"/registraties/{spoken.pk}/delen/"

    for response in (english(caseworker_client).get(url), caseworker_client.post(url, {})):
        assert left_in_dutch(response) == []


def test_radar_with_a_reason(spoken, caseworker_client, english):
    url = f"/registraties/radar/registratie/{spoken.pk}/"

    response = english(caseworker_client).post(url, {"reason": "safety"})

    assert "telephone number" in response.content.decode()
    assert left_in_dutch(response) == []


def test_identity(spoken, caseworker_client, english):
    url = f"/registraties/{spoken.pk}/mensen/{spoken.subjects.get().pk}/"

    response = english(caseworker_client).post(url, {"reason": "safety"})

    assert "Mina Verzonnen" in response.content.decode()
    assert left_in_dutch(response) == []


@pytest.mark.parametrize("q", ["kapsalon", "garage", "06 12345678", "MH-", "", "x"])
def test_search(spoken, caseworker_client, english, q):
    response = english(caseworker_client).post("/registraties/zoeken/", {"q": q})

    assert left_in_dutch(response) == []


def test_closed(spoken, caseworker, caseworker_client, english):
    Seat.objects.filter(user_id=caseworker.user_id).delete()
    url = f"/registraties/{spoken.pk}/mensen/{spoken.subjects.get().pk}/"

    response = english(caseworker_client).post(url, {"reason": "safety"})

    assert "This stays sealed" in response.content.decode()
    assert left_in_dutch(response) == []


# --- what takes two people ---


def test_requests(spoken, coordinator_client, english):
    other = english(second_coordinator()[1])
    ask = "/registraties/verzoeken/identiteiten/?soort=report"
    english(coordinator_client)
    coordinator_client.post(f"/registraties/{spoken.pk}/melder/", {"reason": "contact"})
    refused = coordinator_client.post(ask, {})
    asked = coordinator_client.post(ask, {"reason": "legal"}, follow=True)
    waiting = other.get("/registraties/verzoeken/")
    row = TwoPersonRequest.objects.filter(registration=None).get()
    allowed = other.post(f"/registraties/verzoeken/{row.pk}/toestaan/", follow=True)
    own = coordinator_client.get("/registraties/verzoeken/")

    for response in (refused, asked, waiting, allowed, own):
        assert left_in_dutch(response) == []


# --- teams, keys and colleagues ---


def test_team_with_everything(spoken, in_utrecht, team, administrator, caseworker_client, english):
    add(in_utrecht, "caseworker", name="Nieuw Bedacht")
    experts = open_team(region=in_utrecht, name="Experts", by=SYSTEM, now=NOW)
    turn_team(team_id=team.pk, reason=TurnReason.AGE, by=administrator, now=timezone.now())
    client = english(caseworker_client)

    for url in ("/team/", f"/team/{experts.pk}/", f"/team/{team.pk}/verzegelen/"):
        assert left_in_dutch(client.get(url)) == []


def test_first_run(opener, english):
    page = reverse("teams:first-run")
    first = english(opener).get(page)
    opener.post(reverse("teams:recovery-key"), {"edition": "0"})
    second = opener.get(page)
    refused = opener.post(page, {"share_one": "x", "share_two": ""})

    for response in (first, second, refused):
        assert left_in_dutch(response) == []


def test_colleague_in_and_out(administrator_client, english):
    client = fresh(english(administrator_client), "lou")
    url = f"/collegas/{person('sam').pk}/"
    before = client.get(url)
    out = client.post(f"{url}afsluiten/", follow=True)
    after = client.get(url)

    for response in (before, out, after, client.get("/collegas/")):
        assert left_in_dutch(response) == []


def test_invitations(administrator_client, english):
    client = fresh(english(administrator_client), "lou")
    words = {"name": "Pim", "email": "pim@x.invalid", "roles": ["analyst"], "language": "en"}
    sent = client.post("/uitnodigingen/nieuw/", words, follow=True)

    for response in (sent, client.get("/uitnodigingen/")):
        assert left_in_dutch(response) == []


# --- oversight ---


def test_log_with_everything(spoken, caseworker_client, privacy_officer_client, english):
    caseworker_client.post("/registraties/zoeken/", {"q": "kapsalon"})
    caseworker_client.post(f"/registraties/{spoken.pk}/melder/", {"reason": "contact"})

    assert left_in_dutch(english(privacy_officer_client).get("/logboek/")) == []


def test_alerts(spoken, in_utrecht, privacy_officer_client, english):
    seen = {"region": in_utrecht, "day": NOW.date(), "first_at": NOW, "last_at": NOW}
    glass = {"subject": spoken.subject, "reason": BreakGlassReason.COVER, "due_at": NOW}
    done = {"state": AlertState.REVIEWED, "outcome": Outcome.WORK, "reviewed_at": NOW}
    for kind in AlertKind:
        more = glass if kind == AlertKind.BREAK_GLASS else {}
        Alert.objects.create(kind=kind, user_id=uuid4(), **seen, **more)
    Alert.objects.create(kind="many", user_id=uuid4(), reviewed_by_id=uuid4(), **seen, **done)

    assert left_in_dutch(english(privacy_officer_client).get("/logboek/waarschuwingen/")) == []


def test_step_up(caseworker_client, english):
    client = fresh(english(caseworker_client), "noor", seconds_ago=3600)

    response = client.get("/inloggen/opnieuw/?next=/team/")

    assert response.status_code == 200
    assert left_in_dutch(response) == []
