"""Keys and log-in: the passphrase opens them, the cookie carries them, nothing in the database does."""

import os
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baken.accounts.interface import User
from baken.accounts.models import Session
from baken.accounts.own_keys import own_keys
from baken.accounts.sessions import fingerprint
from baken.config.demo.people import PASSPHRASE, one_time_codes
from baken.keys.models import UserKey
from tests.factories import posted
from tests.keyrings import keyring_of

pytestmark = pytest.mark.django_db
NEW = "een heel andere lange wachtzin"


@pytest.fixture
def noor():
    user = User.objects.get(email="noor@demo.invalid")
    user.password = make_password(PASSPHRASE)
    user.save()
    return user


def log_in(passphrase=PASSPHRASE):
    client = Client()
    client.post(reverse("account_login"), {"login": "noor@demo.invalid", "password": passphrase})
    client.post(reverse("mfa_authenticate"), {"code": one_time_codes()[1]})
    return client


def test_passphrase_opens_the_keys_through_the_second_factor(noor):
    client = log_in()

    assert client.session.keyring.private == keyring_of(noor).private


def test_before_the_second_factor_no_page_sees_the_keys(noor):
    client = Client()
    client.post(reverse("account_login"), {"login": noor.email, "password": PASSPHRASE})

    assert client.get("/registraties/").status_code == 302


def test_stolen_table_of_sessions_holds_no_key(noor):
    log_in()
    row = Session.objects.get(user=noor)

    private = keyring_of(noor).private
    assert private not in bytes(row.keys)
    assert private.hex() not in row.data


def test_keys_of_a_session_do_not_open_in_another(noor):
    client, other = log_in(), log_in()
    taken = Session.objects.get(pk=_key(other)).keys
    Session.objects.filter(pk=_key(client)).update(keys=taken)

    assert client.get("/registraties/").status_code == 200
    assert client.session.keyring is None


def _key(client):
    return fingerprint(client.cookies[settings.SESSION_COOKIE_NAME].value)


def test_wrong_passphrase_opens_nothing(noor):
    client = log_in("een lange zin die niet klopt")

    assert client.session.keyring is None


def test_first_log_in_makes_keys(noor):
    UserKey.objects.filter(user_id=noor.pk).update(user_id=uuid4())

    client = log_in()

    own = UserKey.objects.get(user_id=noor.pk)
    assert client.session.keyring.user_id == noor.pk
    assert bytes(own.sealed_private) != client.session.keyring.private


def test_another_pepper_throws_nothing_away(noor, settings):
    settings.PEPPER = bytes(32)
    assert own_keys(noor, PASSPHRASE, now=timezone.now()) is None

    settings.PEPPER = bytes.fromhex(os.environ["BAKEN_TEST_PEPPER"])
    assert log_in().session.keyring.private == keyring_of(noor).private


def test_changed_passphrase_keeps_the_keys(noor):
    client = log_in()
    words = {"oldpassword": PASSPHRASE, "password1": NEW, "password2": NEW}

    changed = client.post(reverse("account_change_password"), words)

    assert changed.status_code == 302
    assert client.session.keyring.private == keyring_of(noor).private
    assert log_in(NEW).session.keyring.private == keyring_of(noor).private


def test_page_that_needs_keys_without_any(noor):
    """The sentence says what to do; the view's writes are rolled back."""
    client = log_in()
    Session.objects.filter(pk=_key(client)).update(keys=None)

    response = client.post("/registraties/concept/", posted(summary="Een zin."))

    assert response.status_code == 403
    assert "Log opnieuw in met uw wachtwoordzin" in response.content.decode()
