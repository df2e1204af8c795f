"""Every page: rules of accessibility, no sideways scrolling on a phone, keyboard, no JavaScript."""

import pytest

from tests.browser.pages_with_data import ACTS, _stories, told

__all__ = ["_stories", "told"]
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
    ("robin", "/registraties/verzoeken/"),
    ("robin", "/registraties/verzoeken/identiteiten/?soort=report"),
    ("max", "/registraties/"),
    ("jip", "/logboek/"),
    ("jip", "/logboek/waarschuwingen/"),
    ("noor", "/team/"),
    ("lou", "/team/"),
    ("lou", "/team/inrichten/"),
    ("lou", "/team/herstellen/"),
    ("lou", "/team/herstelsleutel/vernieuwen/"),
    ("noor", "/inloggen/2fa/"),
    ("noor", "/inloggen/opnieuw/"),
    ("noor", "{told}"),
    ("noor", "{told}wijzigen/"),
    ("noor", "{told}omzetten/"),
    ("noor", "{told}afsluiten/"),
    ("noor", "{told}delen/"),
    ("sam", "{told}"),
    ("noor", "the identity of somebody"),
    ("noor", "a search"),
    ("noor", "the radar, without a reason"),
    ("noor", "the radar, with a reason"),
    ("sam", "a request of a colleague"),
    ("lou", "an invitation, sent"),
    ("lou", "the roles of a colleague"),
    (None, "/"),
    (None, "/inloggen/login/"),
]
# An identity leaves the screen after ten minutes: that limit is what the page is for (WCAG 2.2.1, essential).
BUT_FOR = {"the identity of somebody": ("meta-refresh",)}


@pytest.fixture
def go(house, told):
    """go(page, path) → the answer; a path that is no address is an act of `pages_with_data`."""

    def there(page, path):
        if path in ACTS:
            return ACTS[path](page, house, told)
        return page.goto(house.office + path.format(told=told))

    return there


@pytest.mark.parametrize(("person", "path"), OFFICE_PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_office_page_keeps_the_rules(visit, go, check_axe, person, path, scheme):
    page = visit(person, color_scheme=scheme)

    response = go(page, path)

    assert response.status == 200
    check_axe(page, BUT_FOR.get(path, ()))


@pytest.mark.parametrize(("person", "path"), OFFICE_PAGES)
def test_office_page_fits_a_phone(visit, go, person, path):
    page = visit(person, viewport={"width": 320, "height": 640})

    go(page, path)

    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1]


@pytest.mark.parametrize(("person", "path"), OFFICE_PAGES)
def test_office_page_starts_with_a_way_past_the_menu(visit, go, person, path):
    page = visit(person)
    go(page, path)

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#inhoud"


# Where the keyboard is, and whether that can be seen; a choice shows it on its label.
WALK = """() => {
  const seen = document.activeElement, box = seen.getBoundingClientRect();
  const marked = (each) => each && getComputedStyle(each).outlineStyle !== "none";
  const shows = marked(seen) || marked(seen.closest("label")) || getComputedStyle(seen).boxShadow !== "none";
  const name = seen.id || seen.textContent.trim() || seen.name;
  return {body: seen === document.body, name, ok: box.width > 0 && box.height > 0 && shows};
}"""


@pytest.mark.parametrize(
    ("person", "path"), [(who, path) for who, path in OFFICE_PAGES if not path.startswith("/")]
)
def test_keyboard_walks_through_and_shows_where_it_is(visit, go, person, path):
    page = visit(person)
    go(page, path)

    walked = []
    while len(walked) < 400:
        page.keyboard.press("Tab")
        walked.append(page.evaluate(WALK))
        if walked[-1]["body"]:
            break

    assert walked[-1]["body"], "the keyboard is caught"
    assert [step["name"] for step in walked[:-1] if not step["ok"]] == []


@pytest.mark.parametrize(("person", "path"), OFFICE_PAGES)
def test_office_page_without_javascript(visit, go, person, path):
    page = visit(person, java_script_enabled=False)

    response = go(page, path)

    assert response.status == 200
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator("[data-session]:visible").count() == 0


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
