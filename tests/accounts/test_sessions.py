"""Sessions: what the database knows of them, when they end, and what ends them."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from baken.accounts.interface import NoSession, User, session_secret
from baken.accounts.models import Session
from baken.accounts.sessions import SessionStore, fingerprint
from baken.accounts.tasks import clear_sessions

pytestmark = pytest.mark.django_db
PASSPHRASE = "een zin om te onthouden"
NAME = settings.SESSION_COOKIE_NAME


def _is_in(client):
    return client.get("/registraties/").status_code == 200


def _cookie(client):
    return client.cookies[NAME].value


def _with(cookie):
    client = Client()
    client.cookies[NAME] = cookie
    return client


def test_database_knows_only_the_hash(caseworker_client):
    cookie = _cookie(caseworker_client)

    row = Session.objects.get()

    assert len(cookie) == 43
    assert row.key_hash == fingerprint(cookie)
    assert cookie not in row.data
    assert row.user.email == "noor@demo.invalid"
    assert not _is_in(_with(row.key_hash))


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43, "é" * 43, "a" * 5000, "../" * 14 + "x"])
def test_cookie_of_nobody(cookie):
    assert not _is_in(_with(cookie))


def test_fixed_cookie_is_not_taken_over():
    client = _with("A" * 43)

    client.post(reverse("account_login"), {"login": "noor@demo.invalid", "password": "x"})

    assert not Session.objects.filter(pk=fingerprint("A" * 43)).exists()


def test_cookie_changes_at_log_in():
    client = Client()
    client.get("/")
    store = SessionStore()
    store["before"] = 1
    store.save()
    before = store.session_key
    client.cookies[NAME] = before

    client.force_login(User.objects.get(email="noor@demo.invalid"))

    assert _cookie(client) != before
    assert not Session.objects.filter(pk=fingerprint(before)).exists()


@pytest.mark.parametrize(("minutes", "is_in"), [(14, True), (16, False)])
def test_idle(caseworker_client, minutes, is_in):
    later = timezone.now() + timedelta(minutes=minutes)

    with time_machine.travel(later, tick=False):
        assert _is_in(caseworker_client) is is_in


@pytest.mark.parametrize("path", ["/registraties/", "/inloggen/blijf/"])
def test_ten_hours_whatever_is_done(caseworker_client, path):
    start = timezone.now()

    for minutes in range(10, 600, 10):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            send = caseworker_client.post if "blijf" in path else caseworker_client.get
            assert send(path).status_code in (200, 204), minutes
    with time_machine.travel(start + timedelta(minutes=601), tick=False):
        assert not _is_in(caseworker_client)


def test_use_is_written_down_once_a_minute(caseworker_client):
    _is_in(caseworker_client)
    first = Session.objects.get().last_used_at
    moments = []

    for seconds in (30, 59, 61, 100):
        with time_machine.travel(first + timedelta(seconds=seconds), tick=False):
            _is_in(caseworker_client)
        moments.append((Session.objects.get().last_used_at - first).total_seconds())

    assert moments == [0, 0, 61, 61]


def test_log_out(caseworker_client):
    copy = _with(_cookie(caseworker_client))

    response = caseworker_client.post(reverse("account_logout"))

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert Session.objects.filter(user__isnull=False).count() == 0
    assert not _is_in(copy)


def test_new_passphrase_ends_every_other_session(caseworker_client):
    user = User.objects.get(email="noor@demo.invalid")
    User.objects.filter(pk=user.pk).update(password=make_password(PASSPHRASE))
    client, elsewhere = Client(), Client()
    for each in (client, elsewhere):
        each.force_login(User.objects.get(pk=user.pk))
    old, started_at = (
        _with(_cookie(client)),
        Session.objects.filter(user=user).earliest("created_at"),
    )
    new = {"password1": "vier gewone losse woorden", "password2": "vier gewone losse woorden"}

    client.post(reverse("account_change_password"), {"oldpassword": PASSPHRASE, **new})

    assert [_is_in(each) for each in (client, elsewhere, old)] == [True, False, False]
    left = Session.objects.get(user=user)
    assert left.created_at < left.last_used_at  # no new ten hours
    assert left.created_at >= started_at.created_at


def test_passphrase_that_was_changed_elsewhere(caseworker_client):
    User.objects.filter(email="noor@demo.invalid").update(password=make_password("iets anders"))

    assert not _is_in(caseworker_client)
    assert Session.objects.count() == 0


def test_page_reads_session_user_and_memberships_at_once(
    caseworker_client, django_assert_max_num_queries
):
    _is_in(caseworker_client)

    with django_assert_max_num_queries(1) as asked:
        caseworker_client.post("/inloggen/blijf/")

    assert [" JOIN " in query["sql"] for query in asked.captured_queries] == [True]


def test_secret_belongs_to_the_cookie(caseworker_client):
    request = RequestFactory().get("/")
    request.session = SessionStore(_cookie(caseworker_client))
    secret = session_secret(request)

    again = session_secret(request)
    request.session.cycle_key()

    assert secret == again
    assert len(secret) == 32
    assert session_secret(request) != secret
    assert fingerprint(_cookie(caseworker_client)) != secret.hex()


def test_secret_without_session():
    request = RequestFactory().get("/")
    request.session = SessionStore()

    with pytest.raises(NoSession):
        session_secret(request)


@pytest.mark.parametrize(
    ("started", "used", "stays"),
    [(1, 1, True), (20, 14, True), (20, 16, False), (601, 1, False)],  # minutes ago
)
def test_worker_removes_what_has_ended(started, used, stays):
    now = timezone.now()
    Session.objects.create(
        key_hash="x", data="", created_at=now - timedelta(minutes=started),
        last_used_at=now - timedelta(minutes=used),
    )  # fmt: skip

    clear_sessions(0)

    assert Session.objects.exists() is stays


def test_link_from_a_page_elsewhere(client):
    response = client.get("/registraties/", headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 200
    assert b'http-equiv="refresh" content="0"' in response.content


def test_cookie_flags(caseworker_client):
    caseworker_client.get("/registraties/?sorteer=nummer")
    cookie = caseworker_client.cookies[NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert (cookie["max-age"], cookie["domain"]) == ("", "")


def test_form_that_stays_open_keeps_the_session(caseworker_client):
    page = caseworker_client.get("/registraties/nieuw/").content.decode()

    assert "data-keep-alive>" in page
    assert 'data-idle="900"' in page
    assert "session.js" in page
