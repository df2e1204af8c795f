"""When an entry is offered, how a list is shown, how a text finds its code."""

from datetime import date

import pytest
from django.utils import translation

from baken.taxonomy.rules import CodeEntry, find_by_text, grouped, is_valid_on, search_key

DAY = date(2024, 7, 1)


def an_entry(code, label="", parent=None, **other):
    fields = {
        "id": f"form.{code}",
        "list_code": "form",
        "code": code,
        "label_nl": label or code,
        "label_en": f"{label or code} (en)",
        "parent": parent,
        "valid_from": None,
        "valid_to": None,
        "order": 0,
        "is_heading": False,
        "report_bucket": "",
        "criminalised_on": None,
        "applies_to": (),
        "definition_nl": "",
    }
    return CodeEntry(**(fields | other))


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "expected"),
    [
        (None, None, True),
        (DAY, None, True),
        (date(2024, 7, 2), None, False),
        (None, DAY, False),  # the first day it is not offered any more
        (None, date(2024, 7, 2), True),
        (date(2024, 6, 30), date(2024, 7, 2), True),
        (date(2024, 1, 1), date(2024, 6, 30), False),
    ],
)
def test_is_valid_on(valid_from, valid_to, expected):
    assert is_valid_on(valid_from, valid_to, DAY) is expected


def test_grouped_flat_list_in_order():
    entries = [an_entry("B", order=20), an_entry("A", order=10)]

    assert grouped(entries, on=None) == [("A", "A"), ("B", "B")]


def test_grouped_nested_list_offers_the_parent_itself_first():
    entries = [
        an_entry("SEX", "Seksueel", order=10),
        an_entry("SEX.RAAM", "Raam", "SEX", order=20),
        an_entry("UNK", "Onbekend", order=30),
    ]

    assert grouped(entries, on=None) == [
        ("Seksueel", [("SEX", "Seksueel"), ("SEX.RAAM", "Raam")]),
        ("UNK", "Onbekend"),
    ]


def test_grouped_three_levels_deep_shows_one_group():
    entries = [
        an_entry("TOP", "Gemeente en meer", is_heading=True, order=10),
        an_entry("GEM", "Gemeente", "TOP", order=20),
        an_entry("GEM.AF", "Functionaris", "GEM", order=30),
    ]

    assert grouped(entries, on=None) == [
        ("Gemeente en meer", [("GEM", "Gemeente"), ("GEM.AF", "Functionaris")])
    ]


def test_grouped_heading_with_one_entry_stays_a_group():
    entries = [an_entry("AUP", "Au pair", is_heading=True), an_entry("AUP.01", "Werkt", "AUP")]

    assert grouped(entries, on=None) == [("Au pair", [("AUP.01", "Werkt")])]


def test_grouped_leaves_out_a_heading_without_anything_under_it():
    entries = [
        an_entry("HOT", "Hotel", is_heading=True),
        an_entry("HOT.01", "Bezoek", "HOT", valid_to=DAY),
    ]

    assert grouped(entries, on=DAY) == []


def test_grouped_keeps_a_stored_answer_that_is_switched_off():
    entries = [an_entry("A", order=10, valid_to=DAY), an_entry("B", order=20, valid_to=DAY)]

    assert grouped(entries, on=DAY, including=("B",)) == [("B", "B")]


def test_label_follows_the_reader():
    entry = an_entry("SEX", "Seksuele uitbuiting")

    with translation.override("nl"):
        assert entry.label == "Seksuele uitbuiting"
    with translation.override("en-gb"):
        assert entry.label == "Seksuele uitbuiting (en)"
    with translation.override("pl"):
        assert entry.label == "Seksuele uitbuiting"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Seksuele  Uitbuiting ", "seksueleuitbuiting"),
        ("Zorgcoördinator", "zorgcoordinator"),
        ("n.v.t.", "nvt"),
        ("E-mail", "email"),
        ("SEX.01", "sex01"),
        (" - ", ""),
    ],
)
def test_search_key(text, expected):
    assert search_key(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("criminele uitbuiting", "CRIM"),
        ("CRIM", "CRIM"),
        ("gedwongen criminaliteit", "CRIM"),
        ("anders", None),  # two codes have that name
        ("iets onbekends", None),
        ("", None),
        ("-", None),
    ],
)
def test_find_by_text(text, expected):
    names = [
        ("CRIM", "CRIM"),
        ("CRIM", "Criminele uitbuiting"),
        ("CRIM", "Gedwongen criminaliteit"),
        ("OVG", "Anders"),
        ("X", "Anders"),
    ]

    assert find_by_text(text, names) == expected
