"""Pages that exist only after something was told or done: each act ends on its page, also without
JavaScript."""

import re

import pytest

from tests.browser.test_main_job import fill_in_a_report

PHONE = "06 - 77 88 99 00"


def _told(page, house):
    """A melding with words, somebody in it, and a reporter; its address."""
    page.goto(f"{house.office}/registraties/nieuw/")
    fill_in_a_report(page)
    page.get_by_label("Wat is er verteld?").fill("Zij werkt in een nagelstudio. " * 4)
    for heading in page.get_by_text("(verzegeld)").all():
        heading.click()
    page.get_by_label("Naam van de melder").fill("Kees Verzonnen")
    page.get_by_label("Naam", exact=True).first.fill("Mina Verzonnen")
    page.get_by_label("Telefoon", exact=True).first.fill(PHONE)
    page.get_by_role("button", name="Registreren").click()
    page.get_by_text("Geregistreerd als MH-").wait_for()
    return re.sub(r"\?.*", "", page.url).removeprefix(house.office)


@pytest.fixture(scope="session")
def _stories():
    """The address of what was told, once it was."""
    return []


@pytest.fixture
def told(house, visit, _stories):
    """Two meldingen about the same woman; the address of the second, with a note and a request."""
    if not _stories:
        page = visit("noor")
        _told(page, house)
        _stories.append(_told(page, house))
        page.get_by_text("Notitie toevoegen").click()
        page.get_by_label("Nieuwe notitie").fill("Gebeld met de school.")
        page.get_by_role("button", name="Notitie bewaren").click()
        page.get_by_role("button", name="Vraag om de melder te zien").click()
        page.get_by_text("wacht op een tweede collega").wait_for()
    return _stories[0]


def _answer(page, press):
    """What the page that follows answered."""
    with page.expect_navigation() as moved:
        press.click()
    return moved.value


def identity(page, house, told):
    page.goto(house.office + told)
    page.locator("select[name=reason]").first.select_option("safety")
    return _answer(page, page.get_by_role("button", name="Toon identiteit").first)


def search(page, house, told):
    page.goto(f"{house.office}/registraties/zoeken/")
    page.get_by_label("Wat zoekt u?").fill(PHONE)
    answer = _answer(page, page.get_by_role("main").get_by_role("button", name="Zoeken"))
    page.get_by_text("dit telefoonnummer").first.wait_for()
    return answer


def radar(page, house, told):
    return page.goto(f"{house.office}/registraties/radar/registratie/{told.split('/')[-2]}/")


def radar_with_a_reason(page, house, told):
    radar(page, house, told)
    page.get_by_text("Direct gevaar").click()
    return _answer(page, page.get_by_role("button", name="Bekijken"))


def request(page, house, told):
    answer = page.goto(f"{house.office}/registraties/verzoeken/")
    page.get_by_role("button", name="Toestaan").first.wait_for()
    return answer


def invitation(page, house, told):
    answer = page.goto(f"{house.office}/uitnodigingen/")
    if page.get_by_text("pim@demo.invalid").count():
        return answer
    page.goto(f"{house.office}/uitnodigingen/nieuw/")
    page.get_by_label("Naam", exact=True).fill("Pim Verzonnen")
    page.get_by_label("E-mailadres").fill("pim@demo.invalid")
    page.get_by_role("checkbox", name="Analist").check()
    return _answer(page, page.get_by_role("button", name="Uitnodigen"))


def roles(page, house, told):
    page.goto(f"{house.office}/collegas/")
    return _answer(page, page.get_by_role("link", name="Wijzigen").first)


ACTS = {
    "the identity of somebody": identity,
    "a search": search,
    "the radar, without a reason": radar,
    "the radar, with a reason": radar_with_a_reason,
    "a request of a colleague": request,
    "an invitation, sent": invitation,
    "the roles of a colleague": roles,
}
