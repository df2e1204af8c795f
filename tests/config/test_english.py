"""Who chooses English reads English: no Dutch text of ours is left on a page."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from baken.casework.states import Kind, State
from tests.factories import registration_at
from tests.words import texts_of

CATALOGUE = Path(__file__).parents[2] / "baken/locale/office/en/LC_MESSAGES/django.po"
# Lower case only: municipalities are called De Bilt and Het Hogeland.
DUTCH_WORDS = re.compile(r"\b(de|het|een|niet|wordt|voor|naar)\b")
# The language switch says the name of each language in that language.
IN_THEIR_OWN_LANGUAGE = {"Nederlands"}


@cache
def dutch():
    """Texts of which the English is different."""
    with CATALOGUE.open("rb") as file:
        messages = [m for m in read_po(file, locale="en") if m.id and m.id != m.string]
    ids = (text for m in messages for text in (m.id if m.pluralizable else (m.id,)))
    return frozenset(ids) - IN_THEIR_OWN_LANGUAGE


def left_in_dutch(response):
    assert response.status_code == 200, response.headers.get("Location")
    return [t for t in texts_of(response) if t in dutch() or DUTCH_WORDS.search(t)]


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
        ("caseworker", "/registraties/?soort=onzin&van=2024-99-01&q=niets"),
        ("caseworker", "/registraties/nieuw/"),
        ("coordinator", "/registraties/inlezen/"),
        ("coordinator", "/registraties/inlezen/nieuw/"),
        ("administrator", "/registraties/codelijsten/"),
        ("administrator", "/registraties/codelijsten/form/"),
        ("administrator", "/registraties/codelijsten/kaders/"),
        ("analyst", "/cijfers/"),
        ("caseworker", "/cijfers/?van=2023&tot=2020"),
        ("auditor", "/logboek/"),
        ("auditor", "/registraties/"),
    ],
)
def test_page(request, english, who, url):
    client = request.getfixturevalue(who if who == "client" else f"{who}_client")

    response = english(client).get(url)
    response.status_code = 200

    assert left_in_dutch(response) == []


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("page", ["", "wijzigen/", "omzetten/", "afsluiten/"])
def test_page_of_a_registration(caseworker, caseworker_client, english, kind, page):
    made = registration_at(State.ACTIVE, caseworker, kind=kind)

    response = english(caseworker_client).get(f"/registraties/{made.pk}/{page}")

    assert left_in_dutch(response) == []
