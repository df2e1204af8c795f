"""What a session remembers opens with its cookie only."""

import pytest
from django.conf import settings
from django.test import Client

from baken.accounts.models import Session
from baken.accounts.session_data import open_data, seal_data

COOKIE, OTHER = "a" * 43, "b" * 43
DATA = {"list": "nummer=kanarie", "n": 1}


def test_with_its_cookie():
    assert open_data(seal_data(DATA, cookie=COOKIE), cookie=COOKIE) == DATA


@pytest.mark.parametrize(
    ("sealed", "cookie"),
    [
        (seal_data(DATA, cookie=COOKIE), OTHER),
        (seal_data(DATA, cookie=COOKIE)[:-8], COOKIE),
        ("A" + seal_data(DATA, cookie=COOKIE)[1:], COOKIE),
        ("", COOKIE),
        ("eyJuIjogMX0=", COOKIE),
        ("é", COOKIE),
    ],
)
def test_without(sealed, cookie):
    assert open_data(sealed, cookie=cookie) == {}


@pytest.mark.django_db
def test_search_is_remembered_for_who_searched(caseworker_client):
    caseworker_client.get("/registraties/?nummer=kanarie")

    assert caseworker_client.session["last_list"] == "nummer=kanarie"
    assert "kanarie" not in Session.objects.get().data


@pytest.mark.django_db
def test_data_moved_to_another_session(caseworker_client, coordinator_client):
    """Who can write in the table cannot give a session somebody else's."""
    cookie = coordinator_client.cookies[settings.SESSION_COOKIE_NAME].value
    theirs = Session.objects.get(user__email="noor@demo.invalid")
    Session.objects.filter(user__email="robin@demo.invalid").update(data=theirs.data)
    moved = Client()
    moved.cookies[settings.SESSION_COOKIE_NAME] = cookie

    assert moved.get("/registraties/").status_code == 302
