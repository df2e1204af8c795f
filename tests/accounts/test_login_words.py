"""At the door allauth speaks. It says what the rest of the house says: *u* and *wachtwoordzin*."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from baken.accounts.interface import User
from tests.pages import office_pages
from tests.words import texts_of

PASSPHRASE = "een zin om te onthouden"
NOT_DUTCH_OF_OURS = re.compile(
    r"\b(je|jij|jou|jouw|afmelden|aanmelden|twee-factor\S*|authenticati\w+|authenticeer|password|your?|this)\b|wachtwoord(?!zin)",
    re.IGNORECASE,
)
NOT_ENGLISH_OF_OURS = re.compile(
    r"\b(password\w*|sign|two-factor|de|het|een|niet|uw?|naar|van)\b", re.IGNORECASE
)
OF_LANGUAGE = {"nl": NOT_DUTCH_OF_OURS, "en": NOT_ENGLISH_OF_OURS}
PAGES = sorted(page.name for page in office_pages() if page.is_allauth)
# Reached without being logged in, or in the middle of logging in.
BEFORE = {"account_login", "mfa_authenticate"}
WITHOUT_WORDS = {"mfa_download_recovery_codes"}
# The other page that asks once more; it wants the credential of a real key.
NEEDS_A_REAL_KEY = {"mfa_reauthenticate_webauthn"}
NEED_A_KEY = {"mfa_edit_webauthn", "mfa_remove_webauthn"}
ALONE = sorted(set(PAGES) - BEFORE - WITHOUT_WORDS - NEEDS_A_REAL_KEY - NEED_A_KEY)

language = pytest.mark.parametrize("language", ["nl", "en"])
pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    user = User.objects.get(email="noor@demo.invalid")
    User.objects.filter(pk=user.pk).update(password=make_password(PASSPHRASE))
    return user


@pytest.fixture
def client(noor, language):
    client = Client()
    client.cookies["baken-office-taal"] = language
    return client


@pytest.fixture
def inside(client, noor):
    """Logged in, and asked once more just now."""
    client.force_login(User.objects.get(pk=noor.pk))
    client.post(reverse("account_reauthenticate"), {"password": PASSPHRASE})
    return client


@pytest.fixture
def key(noor):
    data = {"name": "Sleutel", "credential": {}}
    return Authenticator.objects.create(user=noor, type=Authenticator.Type.WEBAUTHN, data=data)


def strange_words(response, language):
    assert response.status_code == 200, response.headers.get("Location")
    return [text for text in texts_of(response) if OF_LANGUAGE[language].search(text)]


@language
@pytest.mark.parametrize("name", ALONE)
def test_page_of_allauth(name, inside, language, noor):
    if name == "mfa_activate_totp":
        Authenticator.objects.filter(user=noor).delete()
    if name == "mfa_view_recovery_codes":
        inside.post(reverse("mfa_generate_recovery_codes"))

    assert strange_words(inside.get(reverse(name)), language) == []


@language
@pytest.mark.parametrize("name", sorted(NEED_A_KEY))
def test_page_of_one_key(name, inside, language, key):
    assert strange_words(inside.get(reverse(name, kwargs={"pk": key.pk})), language) == []


@language
@pytest.mark.parametrize("name", ["mfa_index", "mfa_list_webauthn"])
def test_page_when_there_is_a_key(name, inside, language, key):
    inside.post(reverse("mfa_generate_recovery_codes"))

    assert strange_words(inside.get(reverse(name)), language) == []


@language
def test_logging_in(client, language):
    words = {"login": "noor@demo.invalid", "password": PASSPHRASE}

    first = client.get(reverse("account_login"))
    wrong = client.post(reverse("account_login"), words | {"password": "een andere zin"})
    second = client.post(reverse("account_login"), words, follow=True)
    wrong_code = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    pages = [first, wrong, second, wrong_code]
    assert [strange_words(page, language) for page in pages] == [[], [], [], []]


@language
@pytest.mark.parametrize(
    "words",
    [
        {},
        {"oldpassword": "een andere zin", "password1": "kort", "password2": "anders"},
        {"oldpassword": PASSPHRASE, "password1": "kort", "password2": "kort"},
        {"oldpassword": PASSPHRASE, "password1": "password1234567", "password2": "x" * 20},
    ],
)
def test_passphrase_that_is_refused(inside, language, words):
    response = inside.post(reverse("account_change_password"), words)

    assert strange_words(response, language) == []
    assert response.context["form"].errors


@language
def test_passphrase_that_is_changed(inside, language):
    new = {"password1": "vier gewone losse woorden", "password2": "vier gewone losse woorden"}

    url = reverse("account_change_password")
    response = inside.post(url, {"oldpassword": PASSPHRASE, **new}, follow=True)

    assert strange_words(response, language) == []


@language
def test_last_second_factor_stays(inside, language):
    response = inside.post(reverse("mfa_deactivate_totp"), follow=True)

    assert strange_words(response, language) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Dit e-mailadres en deze wachtwoordzin horen niet bij elkaar."),
        ("en", "This e-mail address and passphrase do not belong together."),
    ],
)
def test_wrong_passphrase(client, language, sentence):
    words = {"login": "noor@demo.invalid", "password": "een andere zin"}

    assert sentence in texts_of(client.post(reverse("account_login"), words))
