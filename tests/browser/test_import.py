"""A register brought in from a file, in the browser, and taken out again."""

import re

import pytest

ROWS = [
    ("Melding", "5-2-2024", "Arbeidsuitbuiting", "politie"),
    ("Advies", "mei 2024", "Seksuele uitbuiting", "school"),
    ("Melding", "2024", "iets anders", "GGD"),
]


@pytest.fixture
def register_file(tmp_path):
    path = tmp_path / "register.csv"
    lines = [f"{tmp_path.name}-{i};{';'.join(ROWS[i % 3])};niet bewaren {i}" for i in range(60)]
    head = "Dossier;Type;Datum;Vorm;Melder;Opmerking"
    path.write_text("\n".join([head, *lines]), encoding="cp1252")
    return path


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_import_a_register_and_undo_it(house, visit, register_file, javascript):
    page = visit("robin", java_script_enabled=javascript)
    page.set_default_timeout(45_000)  # two processes of their own read the file
    page.goto(f"{house.office}/registraties/inlezen/nieuw/")
    page.get_by_label("Bestand").set_input_files(register_file)
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Extern dossiernummer").select_option("Dossier")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label(re.compile("iets anders")).select_option("OVG")
    page.get_by_role("button", name="Alles controleren").click()

    page.get_by_role("button", name="Alles inlezen").click()

    page.get_by_role("heading", name="60 registraties ingelezen").wait_for()
    page.get_by_role("link", name="Ongedaan maken").click()
    page.get_by_role("button", name="Ongedaan maken").click()
    page.get_by_text("Ongedaan gemaakt").first.wait_for()


def test_the_same_file_twice_is_noticed(house, visit):
    page = visit("robin")
    page.goto(f"{house.office}/registraties/inlezen/nieuw/")
    page.get_by_label("Bestand").set_input_files("tests/data/utrecht_2020_2023_register.csv")

    page.get_by_role("button", name="Verder").click()

    assert "al ingelezen" in page.locator("main").inner_text()
