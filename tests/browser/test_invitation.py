"""A colleague is invited and comes in, by keyboard, from a link in a web mail page."""

import re
import time
from email import message_from_bytes, policy

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

PASSPHRASE = "vier gewone losse woorden"


def test_invited_colleague_comes_in(house, visit, check_axe):
    code = invite(house, visit, check_axe)
    link = link_of(mail_to(house, "sofie@meldpunt.invalid"))
    page = visit()

    page.goto(f'data:text/html,<a href="{link}">Open</a>')
    page.get_by_role("link").click()
    page.wait_for_url(house.office + "/uitnodiging/code/")
    check_axe(page)
    type_and_enter(page, Code=code)
    page.wait_for_url(house.office + "/uitnodiging/wachtwoordzin/")
    check_axe(page)
    type_and_enter(page, **{"Wachtwoordzin": PASSPHRASE, "Nog een keer": PASSPHRASE})
    page.wait_for_url("**/totp/activate/")
    type_second_factor(page)

    page.goto(house.office + "/registraties/")
    page.get_by_role("heading", level=1).wait_for()
    assert page.url == house.office + "/registraties/"


def invite(house, visit, check_axe):
    page = visit("lou")
    page.goto(house.office + "/uitnodigingen/nieuw/")
    page.get_by_label("Casusbehandelaar").check()
    page.get_by_label("E-mailadres").fill("sofie@meldpunt.invalid")
    type_and_enter(page, Naam="Sofie Verzonnen")
    page.get_by_role("heading", name="Geef de code door").wait_for()
    check_axe(page)
    return page.locator(".baken-figure__number").inner_text()


def type_and_enter(page, **fields):
    for label, text in fields.items():
        page.get_by_label(label).fill(text)
    page.keyboard.press("Enter")


def mail_to(house, address):
    """The worker delivers within moments; in a demo to a folder."""
    for _ in range(100):
        for path in (house.home / "outbox").glob("*.eml"):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            if mail["To"] == address:
                return mail
        time.sleep(0.2)
    raise AssertionError("no mail came")


def link_of(mail):
    return re.search(r"http://\S+", mail.get_content())[0]


def type_second_factor(page):
    secret = page.locator("#authenticator_secret").input_value()
    counter = list(yield_hotp_counters_from_time())[1]
    page.locator("input[name=code]").fill(format_hotp_value(hotp_value(secret, counter)))
    with page.expect_navigation():
        page.keyboard.press("Enter")
