"""Pictures of the running demo for the README: `python tools/screens.py http://localhost:8001`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
PAGES = (
    ("noor", "/registraties/", "worklist"),
    ("kim", "/cijfers/?van=2020&tot=2023", "figures"),
)


def main(office):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for person, path, name in PAGES:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="nl-NL")
            page.goto(office)
            page.locator(f'form[action="/demo/{person}/"] button').click()
            page.goto(office + path)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
