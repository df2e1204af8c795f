"""Every page: rules of accessibility, no sideways scrolling on a phone, keyboard, no JavaScript."""

import pytest

OFFICE_PAGES = [
    ("noor", "/registraties/"),
    ("noor", "/registraties/nieuw/"),
    ("noor", "/registraties/zoeken/"),
    ("noor", "/cijfers/"),
    ("robin", "/registraties/inlezen/"),
    ("robin", "/registraties/inlezen/nieuw/"),
    ("kim", "/cijfers/"),
    ("lou", "/registraties/codelijsten/"),
    ("lou", "/registraties/codelijsten/legal_frame/"),
    ("lou", "/uitnodigingen/"),
    ("lou", "/uitnodigingen/nieuw/"),
    ("lou", "/collegas/"),
    ("lou", "/rollen/"),
    ("max", "/registraties/"),
    ("jip", "/logboek/"),
    ("noor", "/team/"),
    ("lou", "/team/"),
    ("lou", "/team/inrichten/"),
    ("lou", "/team/herstellen/"),
    ("lou", "/team/herstelsleutel/vernieuwen/"),
    ("noor", "/inloggen/2fa/"),
    (None, "/"),
    (None, "/inloggen/login/"),
]


@pytest.mark.parametrize(("person", "path"), OFFICE_PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_office_page_keeps_the_rules(house, visit, check_axe, person, path, scheme):
    page = visit(person, color_scheme=scheme)

    response = page.goto(house.office + path)

    assert response.status == 200
    check_axe(page)


@pytest.mark.parametrize(("person", "path"), OFFICE_PAGES)
def test_office_page_fits_a_phone(house, visit, person, path):
    page = visit(person, viewport={"width": 320, "height": 640})

    page.goto(house.office + path)

    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1]


@pytest.mark.parametrize(("person", "path"), OFFICE_PAGES)
def test_office_page_starts_with_a_way_past_the_menu(house, visit, person, path):
    page = visit(person)
    page.goto(house.office + path)

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#inhoud"


def test_office_pages_in_english_have_no_dutch_left(house, visit):
    page = visit("noor")
    page.goto(house.office + "/registraties/nieuw/")

    page.get_by_role("button", name="English").click()

    page.get_by_role("heading", name="New registration").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Nederlands").click()


def test_public_page_keeps_the_rules(house, visit, check_axe):
    page = visit()

    assert page.goto(house.public).status == 200

    check_axe(page)
    assert page.context.cookies() == []


def test_pages_ask_nobody_else(house, visit):
    page = visit("noor")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(house.office + "/registraties/nieuw/")

    assert [url for url in asked if not url.startswith(house.office)] == []
