"""The whole house, started as a person starts it, and a real Chromium that visits it."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Without a network of its own a browser must not look for one.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    """One house serves all browser tests, so they run in one process."""
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


class House:
    """A running `baken run --demo`: `public` and `office` are its addresses."""

    def __init__(self, process, public, office, home, terminal):
        self.process = process
        self.public = public
        self.office = office
        self.home = home
        self.terminal = terminal

    def command(self, *words):
        """Another terminal: `baken …` on the running house."""
        environment = {**os.environ, "BAKEN_HOME": str(self.home)}
        return subprocess.run(
            [sys.executable, "-m", "baken", *words], env=environment, capture_output=True, text=True
        )


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running_house(home):
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("BAKEN_", "DJANGO_"))}
    environment = {
        **plain,
        "BAKEN_HOME": str(home),
        "BAKEN_PUBLIC_PORT": str(_free_port()),
        "BAKEN_OFFICE_PORT": str(_free_port()),
        "BAKEN_WORKERS": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "baken", "run", "--demo"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("READY "):
            break
    terminal = "".join(lines)
    addresses = re.search(r"^READY public=(\S+) office=(\S+)", terminal, re.MULTILINE)
    assert addresses, f"the house did not start:\n{terminal}"
    try:
        yield House(process, *addresses.groups(), Path(home), terminal)
    finally:
        process.terminate()
        process.communicate(timeout=40)


@pytest.fixture(scope="session")
def house():
    with tempfile.TemporaryDirectory(prefix="baken-house-") as home, running_house(home) as house:
        yield house


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: bash tools/chromium.sh installs it")
        pytest.skip("Chromium is missing: bash tools/chromium.sh says how to install it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _log_ins():
    """Log-ins by person, kept: a one-time code is accepted once in half a minute."""
    return {}


@pytest.fixture
def visit(chromium, house, _log_ins):
    """visit(person, **options) → a page of a fresh browser, logged in as that demo person."""
    contexts = []

    def open_page(person=None, **options):
        if person and person not in _log_ins:
            _log_ins[person] = _log_in(chromium, house, person)
        state = _log_ins.get(person)
        context = chromium.new_context(storage_state=state, locale="nl-NL", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def _log_in(chromium, house, person):
    context = chromium.new_context(locale="nl-NL")
    page = context.new_page()
    page.goto(house.office)
    page.locator(f'form[action="/demo/{person}/"] button').click()
    page.wait_for_url(lambda url: "/demo/" not in url)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def check_axe():
    """Every rule of WCAG 2.2 A and AA that a machine can judge; `but_for` names rules with an exception."""
    axe = Axe()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def check(page, but_for=()):
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": tags}})
        violations = [v for v in found.response["violations"] if v["id"] not in but_for]
        said = [f"{v['id']}: {v['nodes'][0]['html'][:120]} ({len(v['nodes'])})" for v in violations]
        assert said == [], f"{page.url}: {said}"

    return check
