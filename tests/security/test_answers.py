"""Every answer of the office: the same headers, whoever made it, and no method we do not use."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import path, reverse

from tests.pages import office_pages

pytestmark = pytest.mark.django_db
PAGES = {page.name: page for page in office_pages()}
OF_EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}
STYLE = "/static/baken/css/base.css"


def _directives(policy):
    return sorted(part.strip() for part in policy.split(";"))


def _check_headers(response):
    sent = dict(response.headers)
    policy = OF_EVERY_ANSWER["Content-Security-Policy"]
    assert _directives(sent["Content-Security-Policy"]) == _directives(policy)
    rest = {name: value for name, value in OF_EVERY_ANSWER.items() if "Policy" not in name}
    assert {name: sent.get(name) for name in rest} == rest
    assert "camera=()" in sent["Permissions-Policy"]
    for name in ("Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"):
        assert sent[name] == OF_EVERY_ANSWER[name]
    assert "Access-Control-Allow-Origin" not in sent
    assert "Server" not in sent
    assert "X-Powered-By" not in sent


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_page(name, method, coordinator_client):
    response = getattr(coordinator_client, method)(PAGES[name].url)
    body = b"".join(response)

    _check_headers(response)
    assert response.headers["Cache-Control"] == "no-store"
    kind = response.headers.get("Content-Type", "")
    assert not body or not kind.startswith("text/") or kind.endswith("; charset=utf-8")


@pytest.mark.parametrize(
    "url", ["/bestaat/niet/", "/static/niet.css", "/../settings.py", "/.git/config"]
)
def test_address_of_nothing(url, client):
    response = client.get(url)

    _check_headers(response)
    assert response.status_code == 404
    assert url.strip("/.") not in response.content.decode()


def test_stylesheet_may_be_kept(client):
    response = client.get(STYLE)
    list(response)

    _check_headers(response)
    assert response.headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert "no-store" not in response.headers["Cache-Control"]


def test_folder_of_stylesheets_is_not_listed(client):
    assert client.get("/static/baken/css/").status_code == 404


@pytest.mark.parametrize("url", ["/", "/registraties/", "/gezond/", reverse("account_login")])
@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "X"])
def test_method_no_page_uses(url, method, coordinator_client):
    response = coordinator_client.generic(method, url)

    _check_headers(response)
    assert (response.status_code, response.content) == (405, b"")


def test_cookies_of_the_office(coordinator_client):
    coordinator_client.post(
        "/registraties/weergaven/", {"naam": "", "filter": ""}
    )  # leaves a message
    coordinator_client.post("/taal/", {"language": "en"})
    coordinator_client.get("/registraties/nieuw/")

    flags = {
        name: (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"])
        for name, cookie in coordinator_client.cookies.items()
    }

    assert flags == {
        "baken-office-session": (True, "Strict", "/", ""),
        "baken-office-csrf": (True, "Lax", "/", ""),
        "baken-office-taal": (True, "Lax", "/", ""),
    }


def test_cookies_away_from_this_machine():
    """Every name of a cookie that the settings know."""
    code = (
        "from django.conf import settings as s;"
        "print([getattr(s, n) for n in dir(s) if n.endswith('_COOKIE_NAME')],"
        "[getattr(s, n) for n in dir(s) if n.endswith('_COOKIE_SECURE')],"
        "s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_SSL_REDIRECT)"
    )
    env = {**os.environ, "BAKEN_LOOPBACK": "0", "DJANGO_SETTINGS_MODULE": "baken.config.settings"}

    said = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True
    ).stdout

    assert said == (
        "['__Host-baken-office-csrf', '__Host-baken-office-taal', '__Host-baken-office-session']"
        " [True, True, True] 31536000 True True\n"
    )


# --- forms sent by another site ---


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 204), ("none", 204)],
)
def test_form_sent_from(site, status, coordinator_client):
    response = coordinator_client.post("/inloggen/blijf/", headers={"Sec-Fetch-Site": site})

    _check_headers(response)
    assert response.status_code == status


@pytest.mark.parametrize("name", sorted(n for n, p in PAGES.items() if "account_login" not in n))
def test_form_without_its_proof(name):
    client = Client(enforce_csrf_checks=True)

    # 401: of an upload the log-in is checked before the proof.
    assert client.post(PAGES[name].url, {"x": "y"}).status_code in (401, 403, 405)


def test_proof_in_the_address_counts_for_nothing():
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))
    proof = client.cookies["baken-office-csrf"].value

    assert client.post(f"/taal/?csrfmiddlewaretoken={proof}", {"language": "en"}).status_code == 403


# --- where an answer leads, and whom it believes ---


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "data:x,y",
    ],
)
@pytest.mark.parametrize("url", ["/taal/", "/inloggen/login/", "/inloggen/uit/"])
def test_answer_never_leads_elsewhere(url, elsewhere, coordinator_client):
    response = coordinator_client.post(url, {"next": elsewhere, "language": "nl"})

    assert response.headers.get("Location", "/").startswith("/")
    assert not response.headers.get("Location", "/").startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "name", ["evil.example", "localhost.evil.example", "localhost@evil.example"]
)
def test_host_that_is_not_ours(name, client):
    response = client.get("/", headers={"Host": name})

    _check_headers(response)
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_forwarded_host_is_not_believed(client):
    response = client.get("/registraties/", headers={"X-Forwarded-Host": "evil.example"})

    assert "evil" not in response.headers["Location"]


# --- an error ---


@login_not_required
def _broken(request):
    raise RuntimeError(f"niet te lezen: {request.POST}")


urlpatterns = [path("stuk/", _broken)]
handler500 = "baken.config.errors.server_error"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("debug", [False, True])
def test_error_page_tells_nothing(debug, settings):
    settings.DEBUG = debug
    client = Client(raise_request_exception=False)

    response = client.post("/stuk/", {"password": "kanarie in de mijn"})

    assert response.status_code == 500
    assert b"kanarie" not in response.content
    assert (b"_broken" in response.content) is debug
    assert b"only for tests" not in response.content  # the secret key
