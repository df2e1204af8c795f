"""Pictures of the running demo for the README: `python tools/screens.py http://localhost:8001`.

Registers two invented meldingen about one person, so take the pictures of a demo that may be thrown away.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
PHONE = "06 12345678"
TOLD = (
    "Een leraar maakt zich zorgen over een leerling. Zij wordt na school opgehaald in een witte bus en heeft "
    "ineens twee telefoons. Ze zegt dat ze nog geld moet terugbetalen."
)


def register(page, office):
    """A melding with a story, somebody in it and a reporter; answers its address."""
    page.goto(f"{office}/registraties/nieuw/")
    page.get_by_text("Melding", exact=True).click()
    page.get_by_label("Hoe kwam het binnen?").select_option("TEL")
    page.get_by_text("Meldpunttaak buiten Wmo").click()
    page.get_by_label("Wie meldt of vraagt?").select_option("SCHOOL")
    page.get_by_text("Alleen bekend bij ons").click()
    page.get_by_role("checkbox", name="Criminele uitbuiting").check()
    page.get_by_label("Plaats van uitbuiting").fill("Utrecht")
    page.get_by_label("Wat is er verteld?").fill(TOLD)
    for heading in page.get_by_text("(verzegeld)").all():
        heading.click()
    page.get_by_label("Naam van de melder").fill("Kees Verzonnen")
    page.get_by_label("Rol", exact=True).first.select_option("MSO")
    page.get_by_label("Telefoon", exact=True).first.fill(PHONE)
    page.get_by_role("button", name="Registreren").click()
    page.get_by_text("Geregistreerd als MH-").wait_for()
    return page.url.partition("?")[0]


def registration(page, office):
    register(page, office)
    page.goto(register(page, office))
    page.get_by_text("Notitie toevoegen").click()
    page.get_by_label("Nieuwe notitie").fill("Zij spreekt de leerling morgen en belt daarna terug.")
    page.get_by_role("button", name="Notitie bewaren").click()
    page.get_by_role("button", name="Vraag om de melder te zien").click()
    page.get_by_text("wacht op een tweede collega").wait_for()
    page.goto(page.url)  # without what was just said


def radar(page, office):
    page.goto(f"{office}/registraties/")
    page.get_by_role("link", name="MH-").first.click()
    address = page.get_by_role("link", name="Bekijken (reden nodig").get_attribute("href")
    page.goto(office + address)


def search(page, office):
    page.goto(f"{office}/registraties/zoeken/")
    page.get_by_label("Wat zoekt u?").fill("witte bus")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    page.get_by_text("Klaar").wait_for()


def at(path):
    return lambda page, office: page.goto(office + path)


# In this order: the first makes what the others show.
PAGES = (
    ("noor", "registration", registration),
    ("noor", "radar", radar),
    ("noor", "search", search),
    ("sam", "requests", at("/registraties/verzoeken/")),
    ("lou", "team", at("/team/")),
    ("noor", "worklist", at("/registraties/")),
    ("kim", "figures", at("/cijfers/?van=2020&tot=2023")),
)


def log_in(browser, office, person):
    page = browser.new_page(viewport={"width": 1280, "height": 960}, locale="nl-NL")
    page.goto(office)
    page.locator(f'form[action="/demo/{person}/"] button').click()
    page.wait_for_url(lambda url: "/demo/" not in url)
    return page


def main(office):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        at_work = {}  # a one-time code is accepted once in half a minute: everybody logs in once
        for person, name, show in PAGES:
            page = at_work.get(person) or log_in(browser, office, person)
            at_work[person] = page
            show(page, office)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
