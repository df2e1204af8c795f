"""The work list in a browser: filtering, ordering and paging without loading the page again."""

import pytest


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def javascript(request):
    return request.param


@pytest.fixture
def work_list(house, visit):
    """The list of Utrecht, in a page that remembers whether it was loaded again."""
    page = visit("noor")
    page.goto(f"{house.office}/registraties/")
    page.evaluate("window.stillHere = true")
    return page


def _still_here(page):
    return page.evaluate("window.stillHere === true")


def _focus(page):
    return page.evaluate("document.activeElement.id || document.activeElement.dataset.list")


def test_filter_swaps_the_list_and_says_how_many(work_list):
    work_list.get_by_label("Soort").select_option("advice")
    work_list.get_by_role("button", name="Toon").click()
    work_list.get_by_role("link", name="Verwijder filter: Soort: Advies").wait_for()

    caption = work_list.locator("#lijst-caption").inner_text()
    assert work_list.locator("#worklist-status").inner_text() == caption
    assert work_list.url.endswith("/registraties/?soort=advice")
    assert (_still_here(work_list), _focus(work_list)) == (True, "toon")


def test_filter_taken_away_leaves_the_focus_at_the_list(work_list):
    work_list.get_by_role("link", name="Alles open").click()
    chip = work_list.get_by_role("link", name="Verwijder filter: Status")
    chip.wait_for()
    assert _focus(work_list) == "weergave-2"

    chip.press("Enter")
    chip.wait_for(state="detached")

    work_list.wait_for_function("document.activeElement.dataset.list === ''")
    assert _still_here(work_list)


def test_next_page_begins_at_its_top(work_list):
    first = work_list.locator("tr[data-row-id]").first.inner_text()
    work_list.get_by_role("link", name="Volgende").click()
    work_list.get_by_role("link", name="Vorige").wait_for()

    work_list.wait_for_function("document.activeElement.dataset.list === ''")
    assert work_list.locator("tr[data-row-id]").first.inner_text() != first
    assert work_list.locator("[data-list]").bounding_box()["y"] >= 0


def test_back_shows_what_was_there_before(work_list):
    whole = work_list.locator("#lijst-caption").inner_text()
    work_list.get_by_role("link", name="Afgesloten").click()
    work_list.get_by_role("link", name="Alle filters weg").first.wait_for()

    work_list.go_back()

    work_list.wait_for_url("**/registraties/")
    work_list.get_by_text(whole).wait_for()
    assert work_list.get_by_role("link", name="Alle filters weg").count() == 0


def test_every_way_through_the_list_is_a_plain_link(house, visit, javascript):
    page = visit("noor", java_script_enabled=javascript)
    page.goto(f"{house.office}/registraties/?soort=report")
    page.get_by_role("link", name="Urgentie").click()
    page.wait_for_url("**/registraties/?soort=report&sorteer=urgentie")

    page.get_by_label("Status").select_option("open")
    page.get_by_role("button", name="Toon").click()

    page.get_by_role("link", name="Verwijder filter: Status").wait_for()
    assert "sorteer=urgentie" in page.url


def test_link_with_control_opens_another_tab(work_list):
    with work_list.context.expect_page() as opened:
        work_list.get_by_role("link", name="Acuut", exact=True).click(modifiers=["Control"])

    assert "urgentie=3" in opened.value.url
    assert work_list.url.endswith("/registraties/")


def test_status_stays_on_one_line(house, visit):
    page = visit("noor", viewport={"width": 1280, "height": 900})
    page.goto(f"{house.office}/registraties/")

    heights = page.locator(".worklist-table .baken-status").evaluate_all(
        "marks => marks.map((mark) => mark.getClientRects().length)"
    )
    assert set(heights) == {1}
