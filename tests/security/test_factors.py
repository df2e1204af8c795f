"""The second factor: a code counts once, and a code of yesterday not at all."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from baken.accounts.interface import User
from baken.config.demo.people import PASSPHRASE, one_time_codes

pytestmark = pytest.mark.django_db
WORDS = {"login": "noor@demo.invalid", "password": PASSPHRASE}


@pytest.fixture(autouse=True)
def _fast():
    cache.clear()
    User.objects.filter(email=WORDS["login"]).update(password=make_password(PASSPHRASE))


def _enters(code):
    client = Client()
    client.post("/inloggen/login/", WORDS)
    client.post("/inloggen/2fa/authenticate/", {"code": code})
    return "_auth_user_id" in client.session


def test_code_counts_once():
    code = one_time_codes()[1]

    assert [_enters(code), _enters(code)] == [True, False]


@pytest.mark.parametrize("code", ["", "000", "abcdef", "٠١٢٣٤٥", "0" * 10_000])
def test_what_is_no_code(code):
    assert not _enters(code)


def test_code_of_two_minutes_ago():
    code = one_time_codes()[1]

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert not _enters(code)
