"""The end of a session, announced; the clock of the page runs ahead of the server's."""

import pytest


@pytest.fixture
def open_page(visit, house):
    """open_page(person, path) → the page, and the log of what it sent to stay logged in."""

    def go(person, path, **options):
        page = visit(person, **options)
        page.clock.install()
        page.goto(house.office + path)
        sent = []
        page.on("request", lambda request: request.url.endswith("/blijf/") and sent.append(request))
        return page, sent

    return go


def _banner(page):
    return page.locator("[data-session]")


def _look(page):
    """Its next look at the clock, and time for the answer."""
    page.clock.run_for(6_000)
    page.wait_for_timeout(300)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_banner_comes_and_goes(open_page, check_axe, scheme):
    page, sent = open_page("lou", "/collegas/", color_scheme=scheme)
    page.clock.fast_forward("11:50")
    _look(page)
    assert not _banner(page).is_visible()

    page.clock.fast_forward("00:20")
    _look(page)

    assert "U wordt over 2 minuten uitgelogd." in _banner(page).inner_text()
    check_axe(page)
    page.get_by_role("button", name="Blijf ingelogd").focus()
    page.keyboard.press("Enter")
    _banner(page).wait_for(state="hidden")
    assert len(sent) == 1


def test_use_in_another_tab_counts(open_page, house):
    page, _sent = open_page("lou", "/collegas/")
    page.clock.fast_forward("12:10")
    _look(page)
    assert _banner(page).is_visible()

    page.context.new_page().goto(house.office + "/rollen/")

    _banner(page).wait_for(state="hidden")


def test_unattended_screen_is_asked_for_again(open_page):
    page, _sent = open_page("lou", "/collegas/")

    with page.expect_navigation():
        page.clock.fast_forward("15:10")


def test_open_registration_form_never_idles_out(open_page):
    page, sent = open_page("noor", "/registraties/nieuw/")

    for _five_minutes in range(6):
        page.clock.fast_forward("05:00")
        _look(page)
        assert not _banner(page).is_visible()

    assert len(sent) == 6
    assert {request.response().status for request in sent} == {204}


def test_form_of_an_ended_session_stays_on_the_screen(open_page):
    page, _sent = open_page("noor", "/registraties/nieuw/")
    page.context.clear_cookies()

    page.clock.fast_forward("05:00")
    _look(page)

    assert "U bent uitgelogd." in _banner(page).inner_text()
    assert page.locator("#registration-form").is_visible()


def test_without_javascript_nothing_shows(visit, house):
    page = visit("lou", java_script_enabled=False)

    page.goto(house.office + "/collegas/")

    assert not _banner(page).is_visible()
