"""Every page of the office is closed: log-in, then the second factor, then a membership, then a role."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from baken.accounts.interface import User
from baken.accounts.models import Membership
from tests.pages import office_pages

pytestmark = pytest.mark.django_db

# The doors somebody meets before log-in; every other page is closed.
BEFORE_LOG_IN = {
    "start",
    "health",
    "set_language",
    "demo-log-in",
    "account_login",
    "account_inactive",
    "account_logout",
    "mfa_authenticate",
    "invitations:open",
    "invitations:code",
    "invitations:passphrase",
}
PAGES = {page.name: page for page in office_pages()}


@pytest.mark.parametrize("name", sorted(PAGES.keys() - BEFORE_LOG_IN))
def test_page_without_log_in(name, client):
    page = PAGES[name]

    looked, sent = client.get(page.url), client.post(page.url, {"x": "y"})

    assert (looked.status_code, looked.url.partition("?")[0]) == (302, reverse("account_login"))
    assert sent.status_code == 401 or sent.url.startswith(reverse("account_login"))


def test_doors_before_log_in_all_exist():
    assert {name for name in BEFORE_LOG_IN if name not in PAGES} == set()


def test_every_page_of_ours_states_its_permission():
    ours = [page for page in PAGES.values() if not page.is_allauth]

    silent = {p.name for p in ours if p.permission is None and not p.is_entrance}

    assert silent == {"work"}  # sends everybody to the first page they may see


@pytest.mark.parametrize("name", sorted(n for n, p in PAGES.items() if p.permission))
def test_page_opens_for_the_roles_that_may(name, every_client):
    page = PAGES[name]

    for role, client in every_client.items():
        response = client.get(page.url)
        list(response)  # a download holds its file open until it is read
        status = response.status_code

        may = page.permission in role.permissions
        assert (status == 403) is not may, (role.name, status)
        assert status in ({200, 302, 404, 405} if may else {403}), (role.name, status)


@pytest.mark.parametrize("url", ["/werk/", "/registraties/nieuw/", "/logboek/"])
def test_without_second_factor(caseworker_client, url):
    Authenticator.objects.filter(user__email="noor@demo.invalid").delete()

    response = caseworker_client.get(url)

    assert (response.status_code, response.url) == (302, reverse("mfa_index"))


def test_recovery_codes_alone_are_no_second_factor(caseworker_client):
    own = Authenticator.objects.filter(user__email="noor@demo.invalid")
    own.update(type=Authenticator.Type.RECOVERY_CODES)

    assert caseworker_client.get("/werk/").url == reverse("mfa_index")


def test_second_factor_set_up_during_the_session(caseworker_client):
    own = Authenticator.objects.filter(user__email="noor@demo.invalid")
    kept = own.get()
    own.delete()
    caseworker_client.get("/werk/")
    kept.pk = None
    kept.save()

    assert caseworker_client.get("/registraties/nieuw/").status_code == 200


def test_log_in_asks_for_the_second_factor():
    client = Client()
    words = {"login": "noor@demo.invalid", "password": "een zin om te onthouden"}
    User.objects.filter(email=words["login"]).update(password=make_password(words["password"]))

    response = client.post(reverse("account_login"), words)

    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get("/registraties/nieuw/").url.startswith(reverse("account_login"))


def test_membership_that_ended_closes_the_office(caseworker_client):
    own = Membership.objects.filter(user__email="noor@demo.invalid")
    own.update(valid_to=own.get().valid_from)

    assert caseworker_client.get("/werk/").status_code == 403


def test_colleague_who_left_is_logged_out(caseworker_client):
    User.objects.filter(email="noor@demo.invalid").update(is_active=False)

    assert caseworker_client.get("/werk/").url.startswith(reverse("account_login"))


def test_nobody_signs_up_or_resets_a_passphrase_by_mail():
    """Colleagues are invited, and another passphrase takes an administrator, a link and a code."""
    assert [name for name in PAGES if "signup" in name or "reset" in name] == []


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("caseworker", "casework:registration-list"),
        ("analyst", "figures:overview"),
        ("administrator", "casework:code-lists"),
        ("auditor", "oversight:log"),
    ],
)
def test_work_begins_at_the_first_page_somebody_may_see(request, who, page):
    client = request.getfixturevalue(f"{who}_client")

    assert client.get(reverse("work")).url == reverse(page)


def test_menu_shows_only_what_somebody_may_open(auditor_client):
    text = auditor_client.get(reverse("oversight:log")).content.decode()

    assert reverse("casework:registration-list") not in text
    assert reverse("casework:code-lists") not in text


def test_unknown_address(client):
    assert client.get("/bestaat/niet/").status_code == 404
