"""Step-up: showing once more that it is you, before something far-reaching."""

import pytest
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from baken.accounts.interface import Permission, User, fresh_login, requires
from baken.config.urls_office import urlpatterns as of_house
from tests.fresh import just_logged_in

PASSPHRASE = "een zin om te onthouden"
EXPORT = "/registraties/export.csv?soort=report"
pytestmark = pytest.mark.django_db


@requires(Permission.EXPORT_LIST)
@fresh_login(minutes=60)
def write_down(request, page):
    """What the tests send something to."""
    return HttpResponse(f"{page}: {request.POST.getlist('word')}")


urlpatterns = [*of_house, path("proef/<str:page>/", write_down, name="trial")]
on_trial = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def client(coordinator_client):
    """Logged in an hour and a minute ago."""
    User.objects.filter(email="robin@demo.invalid").update(password=make_password(PASSPHRASE))
    return _logged_in(seconds_ago=61 * 60)


def _logged_in(*, seconds_ago):
    client, user = Client(), User.objects.get(email="robin@demo.invalid")
    client.force_login(user)
    session = client.session
    session.update(just_logged_in(user, seconds_ago=seconds_ago))
    session.save()
    return client


@pytest.mark.parametrize(
    ("seconds_ago", "page", "asks"),
    [
        (299, EXPORT, False),
        (301, EXPORT, True),
        (-60, EXPORT, True),  # the clock was set back
        (3599, "/proef/x/", False),
        (3601, "/proef/x/", True),
    ],
)
@on_trial
def test_how_fresh(seconds_ago, page, asks, db):
    response = _logged_in(seconds_ago=seconds_ago).get(page)
    list(response)  # a download holds its file open until it is read

    assert (response.status_code == 302) is asks
    assert not asks or response.url.startswith(reverse("account_reauthenticate"))


@on_trial
def test_page_comes_back(client):
    asked = client.get("/proef/x/?a=1&b=2")

    confirmed = client.post(asked.url, {"password": PASSPHRASE, "next": "/proef/x/?a=1&b=2"})

    assert confirmed.url == "/proef/x/?a=1&b=2"
    assert client.get(confirmed.url).content == b"x: []"


def test_export_goes_by_a_page_to_stand_on(client):
    asked = client.get(EXPORT)
    confirmed = client.post(asked.url, {"password": PASSPHRASE}, follow=True)

    text = confirmed.content.decode()
    assert confirmed.status_code == 200
    assert f'content="0;url={EXPORT}"' in text
    assert b"".join(client.get(EXPORT).streaming_content).startswith(b'\xef\xbb\xbf"Nummer"')


@on_trial
def test_what_was_sent_is_not_lost(client):
    sent = {"word": ["een", '<b title="x">'], "csrfmiddlewaretoken": "x"}

    asked = client.post("/proef/x/?a=1", sent)
    done = client.post("/proef/x/?a=1", {**sent, "step_up_passphrase": PASSPHRASE})

    text = asked.content.decode()
    assert asked.status_code == 403
    assert 'name="word" value="een"' in text
    assert "&lt;b title=&quot;x&quot;&gt;" in text
    assert done.content.decode() == "x: ['een', '<b title=\"x\">']"
    assert client.post("/proef/y/", {"word": "twee"}).content == b"y: ['twee']"


@on_trial
def test_wrong_passphrase(client):
    sent = {"word": "een", "step_up_passphrase": "een andere zin"}

    refused = client.post("/proef/x/", sent)

    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Deze wachtwoordzin klopt niet." in text
    assert 'name="word" value="een"' in text
    assert "een andere zin" not in text


@on_trial
def test_guessing_is_slowed(client):
    answers = [client.post("/proef/x/", {"step_up_passphrase": f"poging {n}"}) for n in range(12)]

    assert "U probeerde het te vaak." in answers[-1].content.decode()
    right = client.post("/proef/x/", {"step_up_passphrase": PASSPHRASE})
    assert right.status_code == 422


@on_trial
def test_fragment(client):
    looked = client.get(
        "/proef/x/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/registraties/?x=1"},
    )
    sent = client.post("/proef/x/", {"word": "een"}, headers={"HX-Request": "true"})

    assert looked.headers["HX-Redirect"].endswith("?next=%2Fregistraties%2F%3Fx%3D1")
    assert (sent.status_code, sent.headers["HX-Retarget"]) == (200, "body")


@on_trial
def test_nobody_confirms_for_what_they_may_not_do(caseworker_client):
    assert caseworker_client.post("/proef/x/", {"word": "een"}).status_code == 403
    assert caseworker_client.get(EXPORT).status_code == 403


@pytest.mark.parametrize(
    "url", ["", "x", "//elders.example/x", "https://elders.example", "javascript:x"]
)
def test_file_from_elsewhere(coordinator_client, url):
    assert coordinator_client.get("/ophalen/", {"bestand": url}).status_code == 404
