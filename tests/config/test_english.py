"""Who chooses English reads English: no Dutch text of ours is left on a page."""

import pytest

from baken.casework.states import Kind, State
from tests.factories import registration_at
from tests.words import left_in_dutch


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
