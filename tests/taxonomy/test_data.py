"""The files of the code lists hold together."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from baken.taxonomy.queries import file_entries, file_lists, synonyms
from baken.taxonomy.rules import find_by_text, search_key
from baken.taxonomy.states import CodeListName, Quality, Scheme

CODE = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*")
LISTS = [str(name) for name in CodeListName]
FORMS = {entry.code for entry in file_entries("form")}

every_list = pytest.mark.parametrize("name", LISTS)


def names_in(name):
    """Code, labels and synonyms of what can be chosen, as the import looks them up."""
    choosable = [entry for entry in file_entries(name) if not entry.columns["is_heading"]]
    own = [
        (entry.code, text)
        for entry in choosable
        for text in (entry.code, entry.columns["label_nl"], entry.columns["label_en"])
    ]
    return own + synonyms().get(name, [])


def test_lists_are_those_the_code_names():
    assert [row.code for row in file_lists()] == LISTS


def test_lists_have_both_languages():
    assert all(row.label_nl and row.label_en for row in file_lists())


@every_list
def test_codes_are_ascii_and_fit(name):
    codes = [entry.code for entry in file_entries(name)]

    assert codes
    assert [code for code in codes if not CODE.fullmatch(code) or len(code) > 32] == []


@every_list
def test_codes_are_unique_whatever_their_case(name):
    times = Counter(entry.code.lower() for entry in file_entries(name))

    assert [code for code, count in times.items() if count > 1] == []


@every_list
def test_order_is_unique(name):
    times = Counter(entry.columns["order"] for entry in file_entries(name))

    assert [order for order, count in times.items() if count > 1] == []


@every_list
def test_labels_in_both_languages_fit_and_differ_from_each_other(name):
    for language in ("label_nl", "label_en"):
        labels = [entry.columns[language] for entry in file_entries(name)]
        choosable = [
            entry.columns[language]
            for entry in file_entries(name)
            if not entry.columns["is_heading"]
        ]

        assert all(0 < len(label) <= 120 and label == label.strip() for label in labels)
        assert len(set(choosable)) == len(choosable)


@every_list
def test_parents_exist_and_come_first(name):
    seen = set()

    for entry in file_entries(name):
        assert entry.parent in seen | {""}
        seen.add(entry.code)


@every_list
def test_headings_have_something_under_them(name):
    entries = file_entries(name)
    parents = {entry.parent for entry in entries}

    assert [e.code for e in entries if e.columns["is_heading"] and e.code not in parents] == []


@every_list
def test_report_buckets_are_codes_of_the_list(name):
    codes = {entry.code for entry in file_entries(name)}
    buckets = {entry.columns["report_bucket"] for entry in file_entries(name)}

    assert buckets - {""} <= codes


@every_list
def test_empty_is_never_an_entry(name):
    texts = {search_key(text) for _, text in names_in(name)}

    assert texts.isdisjoint({"leeg", "nietingevuld", "blank", "empty", ""})


def test_signals_belong_to_forms():
    belongs = {code for entry in file_entries("signal") for code in entry.columns["applies_to"]}

    assert belongs <= FORMS
    assert belongs


def test_unknown_and_not_determinable_are_different_entries():
    for name in ("form", "route", "sector", "means", "sex", "age_band", "nationality_group"):
        assert {"UNK", "NVS"} <= {entry.code for entry in file_entries(name)}


@pytest.mark.parametrize("code", ["HUW", "ADO", "DRG"])
def test_new_forms_can_be_registered_without_a_date_of_criminalisation(code):
    (entry,) = [entry for entry in file_entries("form") if entry.code == code]

    assert entry.columns["criminalised_on"] is None
    assert entry.columns["valid_from"] is None
    assert entry.columns["valid_to"] is None


def test_wording_is_never_more_certain_than_the_facts():
    labels = {entry.code: entry.columns["label_nl"] for entry in file_entries("subject_role")}

    assert labels["MSO"] == "Mogelijk slachtoffer"
    assert labels["VUB"] == "Vermoedelijke uitbuiter"


@every_list
def test_mappings_are_said_in_known_words(name):
    mappings = [mapping for entry in file_entries(name) for mapping in entry.mappings]

    assert {mapping.scheme for mapping in mappings} <= set(Scheme)
    assert [m for m in mappings if (m.quality == Quality.NONE) != (m.value == "")] == []


@every_list
def test_mappings_are_given_once(name):
    for entry in file_entries(name):
        keys = [(mapping.scheme, mapping.value) for mapping in entry.mappings]
        assert len(keys) == len(set(keys))


def test_htcds_values_are_in_its_picklists():
    path = Path(__file__).parent / "htcds_2_0_picklists.csv"
    with path.open(encoding="utf-8") as file:
        known = {f"{row['field']}/{row['value']}" for row in csv.DictReader(file)}
    used = {
        mapping.value
        for name in LISTS
        for entry in file_entries(name)
        for mapping in entry.mappings
        if mapping.scheme == Scheme.HTCDS and mapping.value
    }

    assert used - known == set()


def test_synonyms_point_at_choosable_codes():
    for name, words in synonyms().items():
        choosable = {e.code for e in file_entries(name) if not e.columns["is_heading"]}
        assert {code for code, _ in words} <= choosable


@every_list
def test_every_name_leads_to_its_own_code(name):
    names = names_in(name)

    assert [(code, text) for code, text in names if find_by_text(text, names) != code] == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("form", "Arbeidsuitbuiting", "LAB"),
        ("form", "CRIMINELE  UITBUITING", "CRIM"),
        ("form", "seksueel", "SEX"),
        ("form", "Leeg", None),
        ("source_group", "Zorgcoordinator mensenhandel", "ZORGCO"),
        ("source_group", "wijkagent", "POL"),
        ("sector", "n.v.t.", "NVT"),
        ("channel", "e-mail", "MAIL"),
        ("legal_frame", "wmo taak", "wmo_task"),
        ("sex", "v", "V"),
    ],
)
def test_words_of_registers(name, text, expected):
    assert find_by_text(text, names_in(name)) == expected
