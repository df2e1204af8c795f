"""The main job, start to end, as a caseworker and an analyst do it."""

import re


def fill_in_a_report(page):
    page.get_by_text("Melding", exact=True).click()
    page.get_by_label("Hoe kwam het binnen?").select_option("TEL")
    page.get_by_text("Meldpunttaak buiten Wmo").click()
    page.get_by_label("Wie meldt of vraagt?").select_option("SCHOOL")
    page.get_by_text("Bekend bij alle betrokkenen").click()
    page.get_by_role("checkbox", name="Criminele uitbuiting").check()
    page.get_by_role("checkbox", name="Geldezel").check()
    page.get_by_label("Plaats van uitbuiting").fill("Utrecht")
    page.get_by_label("Rol", exact=True).first.select_option("MSO")
    page.get_by_label("Minderjarig nu").first.select_option("yes")


def test_terminal_shows_the_published_tables_and_the_sentence(house):
    assert "van 74 in 2022 naar 118 in 2023 (+59%)" in house.terminal
    assert "van 18 in 2020 naar 53 in 2023 (+194%)" in house.terminal
    assert house.terminal.rstrip().splitlines()[-1].startswith("READY public=http://localhost:")


def test_register_a_report_and_find_it_back(house, visit):
    page = visit("noor")
    page.goto(f"{house.office}/registraties/nieuw/")

    fill_in_a_report(page)
    page.get_by_text("U kunt registreren").wait_for()
    page.get_by_role("button", name="Registreren").click()

    page.get_by_text("Geregistreerd als MH-").wait_for()
    number = page.get_by_role("heading", level=1).inner_text()
    page.goto(f"{house.office}/registraties/")
    assert page.get_by_role("link", name=number).is_visible()


def test_new_reference_date_counts_what_was_just_registered(house, visit):
    analyst = visit("kim")
    _freeze(house, analyst)
    before = _reports_of_2026(analyst)
    old_link = analyst.get_by_role("link", name="Vaste link naar deze cijfers").get_attribute(
        "href"
    )
    page = visit("noor")
    page.goto(f"{house.office}/registraties/nieuw/")
    fill_in_a_report(page)
    page.get_by_role("button", name="Registreren").click()
    page.get_by_text("Geregistreerd als").wait_for()

    _freeze(house, analyst)

    assert _reports_of_2026(analyst) == before + 1
    analyst.goto(house.office + old_link)
    assert _reports_of_2026(analyst) == before


def _freeze(house, page):
    """A new reference date, and wait until the page shows it."""
    page.goto(f"{house.office}/cijfers/?van=2026&tot=2026")
    offered = page.locator("#id_peildatum option")
    before = offered.count()
    page.get_by_role("button", name="Nieuwe peildatum").click()
    offered.nth(before).wait_for(state="attached", timeout=45_000)
    page.wait_for_load_state()


def _reports_of_2026(page):
    row = page.get_by_role("row", name=re.compile("Aantal meldingen")).first
    return int(row.get_by_role("cell").last.inner_text())
