"""What people really do to forms."""

import re

import pytest

from tests.browser.test_main_job import fill_in_a_report


def test_double_click_registers_once(house, visit):
    page = visit("noor")
    page.goto(f"{house.office}/registraties/nieuw/")
    fill_in_a_report(page)
    page.get_by_label("Extern dossiernummer").fill("DUBBEL-1")

    page.get_by_role("button", name="Registreren").dblclick()

    page.get_by_text("Geregistreerd als MH-").wait_for()
    page.goto(f"{house.office}/registraties/?nummer=DUBBEL-1")
    assert page.locator("tbody tr").count() == 1


def test_back_button_after_registering_shows_what_was_registered(house, visit):
    page = visit("noor")
    page.goto(f"{house.office}/registraties/nieuw/")
    fill_in_a_report(page)
    page.get_by_text(re.compile("Concept bewaard om")).wait_for()
    page.wait_for_url("**/?concept=*")
    page.get_by_role("button", name="Registreren").click()
    page.get_by_text("Geregistreerd als MH-").wait_for()
    number = page.get_by_role("heading", level=1).inner_text()

    page.go_back()

    page.get_by_role("heading", name=number).wait_for()


def test_draft_reaches_the_server_within_two_seconds(house, visit):
    page = visit("noor")
    page.goto(f"{house.office}/registraties/nieuw/")

    with page.expect_response(lambda r: "/concept/" in r.url, timeout=2000):
        page.get_by_label("Plaats van uitbuiting").fill("Utrecht")

    page.get_by_text(re.compile("Concept bewaard om")).wait_for()


def test_log_in_ended_while_typing_keeps_the_draft(house, visit):
    page = visit("sam")
    page.goto(f"{house.office}/registraties/nieuw/")
    with page.expect_response(lambda r: "/concept/" in r.url):
        page.get_by_label("Plaats van uitbuiting").fill("Zeist")
    page.get_by_text(re.compile("Concept bewaard om")).wait_for()
    page.context.clear_cookies()

    page.get_by_label("Extern dossiernummer").fill("X-1")

    page.get_by_role("heading", name="U bent uitgelogd").wait_for()
    again = visit("sam")
    again.goto(f"{house.office}/registraties/")
    again.get_by_role("link", name=re.compile("verder", re.IGNORECASE)).first.click()
    assert again.get_by_label("Plaats van uitbuiting").input_value() == "Zeist"


def test_two_tabs_show_both_versions(house, visit):
    page = visit("noor")
    page.goto(f"{house.office}/registraties/nieuw/")
    fill_in_a_report(page)
    page.get_by_role("button", name="Registreren").click()
    page.get_by_text("Geregistreerd als MH-").wait_for()
    first = visit("noor")
    second = visit("sam")
    first.goto(page.url + "wijzigen/")
    second.goto(page.url + "wijzigen/")
    first.get_by_label("Plaats van uitbuiting").fill("Zeist")
    first.get_by_role("button", name="Wijziging bewaren").click()
    first.get_by_text("Bewaard.").wait_for()

    second.get_by_label("Plaats van uitbuiting").fill("Soest")
    second.get_by_role("button", name="Wijziging bewaren").click()

    row = second.get_by_role("row", name=re.compile("Plaats van uitbuiting"))
    assert row.get_by_role("cell").all_inner_texts() == ["Soest", "Zeist"]


@pytest.fixture
def plain_page(house, visit):
    """A browser without JavaScript."""
    return visit("noor", java_script_enabled=False)


def test_without_javascript_a_report_can_be_registered(house, plain_page):
    plain_page.goto(f"{house.office}/registraties/nieuw/")
    fill_in_a_report(plain_page)

    plain_page.get_by_role("button", name="Registreren").last.click()

    assert "Geregistreerd als MH-" in plain_page.content()


def test_without_javascript_another_person_keeps_what_was_typed(house, plain_page):
    plain_page.goto(f"{house.office}/registraties/nieuw/")
    fill_in_a_report(plain_page)

    plain_page.get_by_role("button", name="Nog een persoon").click()

    assert plain_page.get_by_role("group", name="Persoon 2").is_visible()
    assert plain_page.get_by_label("Plaats van uitbuiting").input_value() == "Utrecht"
