"""Logging in by hand: passphrase and code, and a passkey as the second factor."""

import pytest

from baken.config.demo.people import PASSPHRASE, one_time_codes


@pytest.fixture
def type_log_in(house):
    def fill(page, person, passphrase=PASSPHRASE):
        page.goto(f"{house.office}/inloggen/login/")
        page.locator("#id_login").fill(f"{person}@demo.invalid")
        page.locator("#id_password").fill(passphrase)
        page.locator("main button[type=submit]").first.click()

    return fill


def enter_a_code(page):
    """One of the three codes that hold now; a code that was used before is refused."""
    for code in one_time_codes():
        page.locator("#id_code").fill(code)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
        if "/2fa/authenticate" not in page.url:
            return


def test_passphrase_and_code_open_the_office(visit, type_log_in):
    page = visit()

    type_log_in(page, "wil")
    assert "/2fa/authenticate" in page.url
    enter_a_code(page)

    assert page.url.endswith("/logboek/")


def test_wrong_passphrase_says_nothing_about_the_address(visit, type_log_in):
    texts = []
    for person in ("wil", "bestaat-niet"):
        page = visit()
        type_log_in(page, person, "dit is niet de zin")
        texts.append(page.locator("main").inner_text())

    assert texts[0] == texts[1]


def test_passphrase_alone_opens_nothing(house, visit, type_log_in):
    page = visit()
    type_log_in(page, "noor")

    page.goto(f"{house.office}/registraties/")

    assert "/inloggen/" in page.url


def test_passkey_as_second_factor(house, visit, type_log_in):
    page = visit("lou")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    authenticator = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
    page.goto(f"{house.office}/inloggen/2fa/webauthn/add/")
    if page.locator("#id_password").count():
        page.locator("#id_password").fill(PASSPHRASE)
        page.locator("main button[type=submit]").first.click()
    page.locator("#id_name").fill("Sleutel van Lou")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/add" not in url)
    page.context.clear_cookies()

    type_log_in(page, "lou")
    page.locator("#mfa_webauthn_authenticate").click()

    page.wait_for_url("**/codelijsten/")
