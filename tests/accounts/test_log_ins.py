"""Coming in, going out, failing and being refused: who, when and what; never what was typed."""

import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from baken.accounts.interface import User
from baken.accounts.models import Session
from baken.accounts.second_factors import open_seed, seal_seed
from baken.audit.models import Entry
from baken.config.demo.people import PASSPHRASE, TOTP_SECRET, one_time_codes
from baken.lib.tenancy import region_scope
from baken.vault.interface import Refused

pytestmark = pytest.mark.django_db
EMAIL = "noor@demo.invalid"
WORDS = {"login": EMAIL, "password": PASSPHRASE}


@pytest.fixture
def noor(db):
    cache.clear()
    User.objects.filter(email=EMAIL).update(password=make_password(PASSPHRASE))
    return User.objects.get(email=EMAIL)


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO, "baken.security")
    return lambda: [r.getMessage() for r in caplog.records if r.name == "baken.security"]


def _events(region, user):
    with region_scope(region.pk):
        own = Entry.objects.filter(region_id=region.pk, actor_id=str(user.pk))
        return list(own.order_by("id").values_list("event", flat=True))


def test_coming_in_is_in_the_log(utrecht, noor):
    client, before = Client(), _events(utrecht, noor)

    client.post("/inloggen/login/", WORDS)
    half_way = _events(utrecht, noor)
    client.post("/inloggen/2fa/authenticate/", {"code": one_time_codes()[1]})

    assert half_way == before
    assert _events(utrecht, noor) == [*before, "login.succeeded"]


@pytest.mark.parametrize(("email", "who"), [(EMAIL, "noor"), ("niemand@x.invalid", "nobody")])
def test_wrong_passphrase_is_told(noor, told, email, who):
    Client().post("/inloggen/login/", {"login": email, "password": "kanarie in de mijn"})

    assert told() == [f"wrong passphrase: {noor.pk if who == 'noor' else who}"]


def test_going_out_is_told(noor, caseworker_client, told):
    caseworker_client.post(reverse("account_logout"))

    assert told() == [f"logged out: {noor.pk}"]


def test_page_of_another_role_is_told(auditor_client, told):
    auditor_client.get("/registraties/nieuw/")

    user = User.objects.get(email="wil@demo.invalid")
    assert told() == [f"refused, may not: {user.pk} GET registraties/nieuw/ "]


def test_form_from_another_site_is_told(client, told):
    client.post("/inloggen/blijf/", headers={"Sec-Fetch-Site": "cross-site"})

    assert told() == ["refused, sent from another site"]


def test_new_second_factor_ends_other_sessions(
    utrecht, noor, client, django_capture_on_commit_callbacks
):
    Authenticator.objects.filter(user=noor).delete()
    elsewhere = Client()
    for each in (client, elsewhere):
        each.force_login(noor)

    client.post("/inloggen/opnieuw/", {"password": PASSPHRASE})
    client.get("/inloggen/2fa/totp/activate/")
    _before, now, _after = yield_hotp_counters_from_time()
    code = format_hotp_value(hotp_value(client.session["mfa.totp.secret"], now))
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/inloggen/2fa/totp/activate/", {"code": code})

    assert "second_factor.added" in _events(utrecht, noor)
    assert Session.objects.filter(user=noor).count() == 1
    assert elsewhere.get("/registraties/").status_code == 302


# --- seeds in the database ---


def test_seed_is_sealed(noor):
    Authenticator.objects.filter(user=noor).delete()

    TOTP.activate(noor, TOTP_SECRET)

    kept = Authenticator.objects.get(user=noor)
    assert TOTP_SECRET not in str(kept.data)
    assert kept.wrap().validate_code(one_time_codes()[1])


def test_seed_under_another_pepper(settings):
    sealed = seal_seed(TOTP_SECRET)
    settings.PEPPER = bytes(32)

    with pytest.raises(Refused):
        open_seed(sealed)


def test_seed_from_before_there_was_a_seal():
    assert open_seed(TOTP_SECRET) == TOTP_SECRET
