"""Loading the lists, switching entries, and what other apps see of it."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from baken.audit.interface import SYSTEM, history
from baken.taxonomy.actions import (
    AlreadySwitchedOff,
    CodeVanished,
    EndsBeforeStart,
    Loaded,
    NotSwitchedOff,
    load_code_lists,
    switch_off,
    switch_on,
)
from baken.taxonomy.interface import (
    UnknownCode,
    bucket_of,
    by_id,
    by_text,
    choices,
    entries,
    entry,
    label_of,
    labels,
)
from baken.taxonomy.models import Entry, Mapping
from baken.taxonomy.queries import file_entries, file_lists, forget_book

NOW = datetime(2024, 7, 1, 10, tzinfo=UTC)
DAY = date(2024, 7, 1)


pytestmark = pytest.mark.role("owner")  # code lists and regions are the owner's to load


@pytest.fixture(autouse=True)
def _loaded(db):
    forget_book()
    load_code_lists(by=SYSTEM, now=NOW)
    yield
    forget_book()


def test_load_holds_every_code_of_the_files():
    in_files = [row for one in file_lists() for row in file_entries(one.code)]

    assert Entry.objects.count() == len(in_files)
    assert Mapping.objects.count() == sum(len(row.mappings) for row in in_files)


def test_load_again_changes_nothing():
    assert load_code_lists(by=SYSTEM, now=NOW) == Loaded(0, 0)


def test_load_from_the_command_line(capsys):
    call_command("load_code_lists")

    assert capsys.readouterr().out == "0 added, 0 changed\n"


def test_load_corrects_a_label_and_a_mapping():
    Entry.objects.in_list("form").filter(code="LAB").update(label_nl="Arbeid")
    Mapping.objects.filter(entry__code="LAB", entry__code_list="form", scheme="eu").delete()

    assert load_code_lists(by=SYSTEM, now=NOW) == Loaded(0, 1)
    assert label_of("form", "LAB") == "Arbeidsuitbuiting"
    assert Mapping.objects.get(entry__code="LAB", scheme="eu").value == "forced labour"


def test_load_without_a_code_that_the_database_has():
    Entry.objects.create(id="form.OUD", code_list_id="form", code="OUD", order=1)

    with pytest.raises(CodeVanished, match="form:OUD"):
        load_code_lists(by=SYSTEM, now=NOW)


def test_load_keeps_what_was_switched_off():
    switch_off(entry=entry("form", "BED"), from_day=DAY, by=SYSTEM, now=NOW)

    assert load_code_lists(by=SYSTEM, now=NOW) == Loaded(0, 0)
    assert entry("form", "BED").valid_to == DAY


def test_switch_off_stops_offering_but_keeps_the_answer():
    switch_off(entry=entry("channel", "POST"), from_day=DAY, by=SYSTEM, now=NOW)

    assert ("POST", "Post") in choices("channel", date(2024, 6, 30))
    assert ("POST", "Post") not in choices("channel", DAY)
    assert ("POST", "Post") in choices("channel", DAY, including=["POST"])
    assert label_of("channel", "POST") == "Post"
    assert [event.event for event in history("code:channel:POST")] == ["code.switched_off"]


def test_switch_off_twice():
    switch_off(entry=entry("channel", "POST"), from_day=DAY, by=SYSTEM, now=NOW)

    with pytest.raises(AlreadySwitchedOff):
        switch_off(entry=entry("channel", "POST"), from_day=DAY, by=SYSTEM, now=NOW)


def test_switch_off_before_it_began():
    Entry.objects.filter(pk=entry("channel", "POST").id).update(valid_from=DAY)

    with pytest.raises(EndsBeforeStart):
        switch_off(entry=entry("channel", "POST"), from_day=DAY, by=SYSTEM, now=NOW)


def test_switch_on_offers_it_again():
    switch_off(entry=entry("channel", "POST"), from_day=DAY, by=SYSTEM, now=NOW)
    switch_on(entry=entry("channel", "POST"), by=SYSTEM, now=NOW)

    assert ("POST", "Post") in choices("channel", DAY)


def test_switch_on_what_is_on():
    with pytest.raises(NotSwitchedOff):
        switch_on(entry=entry("channel", "POST"), by=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows._raw_delete(rows.db),
        lambda rows: rows.update(code="TELEFOON"),
        lambda rows: rows.update(code_list_id="form"),
    ],
    ids=["delete", "other code", "other list"],
)
def test_database_keeps_codes(change):
    rows = Entry.objects.in_list("channel").filter(code="TEL")

    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        change(rows)


def test_database_keeps_the_id_equal_to_list_and_code():
    with pytest.raises(IntegrityError, match="taxonomy_entry_id_says_list_and_code"):
        Entry.objects.create(id="form.X", code_list_id="form", code="Y", order=1)


def test_valid_on_and_in_list():
    Entry.objects.filter(pk=entry("route", "BIN").id).update(valid_to=DAY)
    Entry.objects.filter(pk=entry("route", "GRE").id).update(valid_from=date(2024, 7, 2))

    codes = Entry.objects.in_list("route").valid_on(DAY).order_by("order")

    assert [row.code for row in codes] == ["UNK", "NVS"]


def test_choices_of_a_nested_list():
    group = dict(choices("form"))["Gedwongen orgaanverwijdering"]

    assert group == [
        ("ORG", "Gedwongen orgaanverwijdering"),
        ("ORG.DREIG", "Bedreigd met orgaanverwijdering"),
    ]


def test_labels_follow_the_reader():
    with translation.override("en"):
        assert labels("route") == {
            "BIN": "Domestic",
            "GRE": "Cross-border",
            "UNK": "Unknown",
            "NVS": "Cannot be determined",
        }


def test_entries_by_id_and_text():
    found = entry("form", "CRIM.HENNEP")

    assert by_id("form.CRIM.HENNEP") == found
    assert found.parent == "CRIM"
    assert by_text("form", "Hennepkwekerij") == "CRIM.HENNEP"
    assert by_text("form", "Leeg") is None
    assert bucket_of("form", "BED") == "CRIM"
    assert bucket_of("route", "BIN") == "BIN"


@pytest.mark.parametrize(("name", "code"), [("form", "NIETS"), ("niets", "SEX")])
def test_unknown_code(name, code):
    with pytest.raises(UnknownCode):
        entry(name, code)


def test_unknown_list():
    with pytest.raises(UnknownCode):
        entries("niets")


def test_reading_lists_costs_one_query_in_half_a_minute(django_assert_num_queries):
    forget_book()

    with django_assert_num_queries(1):
        for code in labels("form"):
            label_of("form", code)
        choices("signal", DAY)
