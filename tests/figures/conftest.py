import pytest

from tests.figures.facts import table, utrecht_register


@pytest.fixture(scope="session")
def published():
    """Both figures of the register that Utrecht published, by slug."""
    rows = list(utrecht_register())
    return {slug: table(slug, rows, 2020, 2023) for slug in ("meldingen-adviezen", "aard")}
