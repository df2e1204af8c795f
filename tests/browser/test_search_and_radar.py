"""A number that was heard before, and a word that was written down: found while typing, and by searching."""

import re

import pytest

from tests.browser.test_main_job import fill_in_a_report

PHONE = "06 - 55 11 22 33"


def register(page, house, *, summary="", phone=PHONE):
    page.goto(f"{house.office}/registraties/nieuw/")
    fill_in_a_report(page)
    page.get_by_label("Wat is er verteld?").fill(summary)
    page.get_by_text("Wie is dit? (verzegeld)").first.click()
    page.get_by_label("Telefoon", exact=True).first.fill(phone)


@pytest.fixture(scope="module")
def _registered():
    """Numbers of what the first test of this file registered."""
    return []


@pytest.fixture
def known(house, visit, _registered):
    """The number of a melding with a phone number and a summary."""
    if not _registered:
        page = visit("noor")
        register(page, house, summary="Zij werkt in een kapsalon in Overvecht. " * 3)
        page.get_by_text("U kunt registreren").wait_for()
        page.get_by_role("button", name="Registreren").click()
        page.get_by_text("Geregistreerd als MH-").wait_for()
        _registered.append(page.get_by_role("heading", level=1).inner_text())
    return _registered[0]


def test_typing_a_known_number_leads_to_what_is_known(house, visit, known, check_axe):
    page = visit("noor")
    register(page, house, phone="+31655112233")
    link = page.get_by_role("link", name=re.compile("^Bekijken"))
    link.wait_for()
    check_axe(page)

    with page.context.expect_page() as opened:
        link.click()
    radar = opened.value
    radar.get_by_text("1 eerdere registratie met dit telefoonnummer").wait_for()
    check_axe(radar)
    radar.get_by_text("Nagaan of het om dezelfde persoon gaat").click()
    radar.get_by_role("button", name="Bekijken").click()

    radar.get_by_role("link", name=known).wait_for()
    check_axe(radar)
    assert "55112233" not in radar.url


def test_searching_for_a_word(house, visit, known, check_axe):
    page = visit("noor")
    page.goto(f"{house.office}/registraties/zoeken/")

    page.get_by_label("Wat zoekt u?").fill("KAPSALON overvecht")
    page.keyboard.press("Enter")

    page.locator("mark").first.wait_for()
    page.get_by_text("1 registratie gevonden in de tekst.").wait_for()
    assert page.get_by_role("link", name=known).is_visible()
    assert "kapsalon" not in page.url.lower()
    check_axe(page)


def test_searching_without_javascript(house, visit, known):
    page = visit("noor", java_script_enabled=False)
    page.goto(f"{house.office}/registraties/zoeken/")

    page.get_by_label("Wat zoekt u?").fill("06 5511 2233")
    page.get_by_role("button", name="Zoeken").click()

    page.get_by_role("link", name=known).wait_for()
    assert page.get_by_text("dit telefoonnummer").is_visible()
