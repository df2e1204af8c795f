"""The two tables a region published are the oracle: equal to the digit."""

import pytest

from baken.figures.sentences import sentences_of
from baken.figures.texts import as_csv, as_text
from tests.figures.facts import utrecht_published, utrecht_register


def test_the_register_has_623_lines():
    assert len(list(utrecht_register())) == 623


@pytest.mark.parametrize(("slug", "number"), [("meldingen-adviezen", 1), ("aard", 2)])
def test_csv_is_the_published_table(published, slug, number):
    assert as_csv(published[slug]) == utrecht_published(number)


def test_sentences_about_reports_and_advice(published):
    assert sentences_of(published["meldingen-adviezen"]) == (
        "aantal meldingen: van 74 in 2022 naar 118 in 2023 (+59%); "
        "van 74 in 2020 naar 118 in 2023 (+59%)",
        "aantal adviezen: van 79 in 2022 naar 89 in 2023 (+13%); "
        "van 76 in 2020 naar 89 in 2023 (+17%)",
    )


def test_sentences_about_nature(published):
    assert sentences_of(published["aard"]) == (
        "arbeidsuitbuiting: van 5 in 2022 naar 8 in 2023 (+60%, klein aantal); "
        "van 0 in 2020 naar 8 in 2023",
        "criminele uitbuiting: van 20 in 2022 naar 53 in 2023 (+165%); "
        "van 18 in 2020 naar 53 in 2023 (+194%)",
        "seksuele uitbuiting: van 42 in 2022 naar 47 in 2023 (+12%); "
        "van 47 in 2020 naar 47 in 2023 (0%)",
        "leeg: van 7 in 2022 naar 10 in 2023 (+43%, klein aantal); "
        "van 9 in 2020 naar 10 in 2023 (+11%, klein aantal)",
        "totaal: van 74 in 2022 naar 118 in 2023 (+59%); van 74 in 2020 naar 118 in 2023 (+59%)",
    )


def test_terminal_text(published):
    assert as_text(published["aard"]).splitlines()[:9] == [
        "Meldingen naar aard van uitbuiting · Utrecht · 2020–2023 · intern, niet publiceren",
        "registraties: meldingen · peildatum 23 november 2026 10:15 · definitie aard versie 1",
        "",
        "                      2020  2021  2022  2023",
        "Arbeidsuitbuiting        -     2     5     8",
        "Criminele uitbuiting    18    12    20    53",
        "Seksuele uitbuiting     47    34    42    47",
        "Leeg                     9     5     7    10",
        "Totaal                  74    53    74   118",
    ]
