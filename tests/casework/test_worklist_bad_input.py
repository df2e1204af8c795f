"""What is typed into the address of the work list by hand, and lists that change while somebody pages."""

import hashlib
from datetime import date, timedelta
from uuid import uuid4

import pytest

from baken.accounts.interface import NotAllowed
from baken.audit.interface import latest
from baken.casework.actions.views import delete_view
from baken.casework.models import Registration, SavedView
from baken.casework.queries.worklist import PAGE, BadCursor, WorkListFilter, page
from baken.lib.tenancy import region_scope
from tests.casework.test_worklist import NOW, many, stored
from tests.factories import member

__all__ = ["many"]
SAVE = "/registraties/weergaven/"
EVERYTHING = WorkListFilter()


@pytest.mark.parametrize(
    "query", ["van=10000", "tot=9999", "tot=99999999999999999999", "van=1", "nummer=%00", "tot=-1"]
)
def test_impossible_value_is_named_and_counts_as_not_asked(caseworker_client, in_utrecht, query):
    kept = stored(in_utrecht)

    response = caseworker_client.get(f"/registraties/?{query}")

    assert response.status_code == 200
    assert "Een deel van het filter klopt niet" in response.content.decode()
    assert kept.number in response.content.decode()


def test_period_that_ends_before_it_begins_is_said_at_the_field(caseworker_client, in_utrecht):
    early, late = (stored(in_utrecht, received_on=date(year, 5, 1)) for year in (2019, 2023))

    html = caseworker_client.get("/registraties/?van=2021&tot=2020").content.decode()

    assert '<a href="#id_tot">Tot en met jaar: Dit jaar ligt voor het jaar bij' in html
    assert (early.number in html, late.number in html) == (False, True)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("inlezing=1", "Dit ingelezen register kennen we niet."),
        ("sorteer=x", "Deze volgorde kennen we niet."),
    ],
)
def test_nonsense_in_a_hidden_field_has_no_label_and_no_link(caseworker_client, query, sentence):
    html = caseworker_client.get(f"/registraties/?{query}").content.decode()

    assert f"<li>{sentence}</li>" in html


@pytest.mark.parametrize(
    "data",
    [
        {"naam": "a\0b", "filter": ""},
        {"naam": "n" * 61, "filter": ""},
        {"naam": "  ", "filter": ""},
        {"naam": "Lang", "filter": "vorm=" + "é" * 300},
        {"naam": "Lang", "filter": "vorm=" + "x" * 501},
    ],
)
def test_view_that_cannot_be_stored_is_refused_in_words(caseworker_client, in_utrecht, data):
    response = caseworker_client.post(SAVE, data, follow=True)

    assert response.status_code == 200
    assert "Fout:" in response.content.decode()
    assert not SavedView.objects.exists()


def test_place_beyond_the_last_row(caseworker, many):
    second = page(EVERYTHING, by=caseworker, sort="gewijzigd", older=_older(caseworker))
    Registration.objects.update(changed_at=NOW + timedelta(days=1))

    with pytest.raises(BadCursor):
        page(EVERYTHING, by=caseworker, sort="gewijzigd", older=second.older)


def test_rows_that_moved_away_are_not_nothing(caseworker, caseworker_client, many):
    older = _older(caseworker)
    Registration.objects.update(changed_at=NOW + timedelta(days=1))

    html = caseworker_client.get(f"/registraties/?sorteer=gewijzigd&ouder={older}").content.decode()

    assert "Deze plek in de lijst bestaat niet meer." in html
    assert html.count("<tr data-row-id") == PAGE


def test_going_back_ends_in_a_full_first_page(caseworker, many):
    second = page(EVERYTHING, by=caseworker, sort="gewijzigd", older=_older(caseworker))
    first = page(EVERYTHING, by=caseworker, sort="gewijzigd").rows
    Registration.objects.filter(pk__in=[row["id"] for row in first[:30]]).delete()

    back = page(EVERYTHING, by=caseworker, sort="gewijzigd", newer=second.newer)

    assert len(back.rows) == PAGE
    assert (back.newer, bool(back.older)) == ("", True)


def _older(by):
    return page(EVERYTHING, by=by, sort="gewijzigd").older


def test_cursor_of_another_region_shows_nothing_of_it(caseworker_client, stranger, flevoland):
    with region_scope(flevoland.pk):
        theirs = [stored(flevoland) for _ in range(PAGE + 1)]
        cursor = page(EVERYTHING, by=stranger, sort="ontvangen").older

    html = caseworker_client.get(f"/registraties/?ouder={cursor}").content.decode()

    assert not [row.number for row in theirs if row.number in html]


def test_export_leaves_its_count_and_hash_in_the_log(coordinator_client, in_utrecht):
    stored(in_utrecht, external_number="-12")
    stored(in_utrecht, received_on=date(2023, 1, 1), received_precision="year")

    file = b"".join(coordinator_client.get("/registraties/export.csv").streaming_content)

    event = latest(in_utrecht.pk)[0]
    assert event.event == "registrations.exported"
    assert event.detail == {"rows": 2, "sha256": hashlib.sha256(file).hexdigest()}
    assert '"\'-12"' in file.decode()
    assert '"2023-01-01";"Jaar"' in file.decode()


def test_delete_view_without_the_right(in_utrecht):
    with pytest.raises(NotAllowed):
        delete_view(view_id=uuid4(), by=member("auditor", region=in_utrecht), now=NOW)


def test_export_of_too_many_rows(coordinator_client, in_utrecht, monkeypatch):
    monkeypatch.setattr("baken.casework.exports.MOST_ROWS", 1)
    stored(in_utrecht)
    stored(in_utrecht)

    response = coordinator_client.get("/registraties/export.csv?soort=report", follow=True)

    assert "Dit zijn er meer dan 250.000." in response.content.decode()
    assert not [e for e in latest(in_utrecht.pk) if e.event == "registrations.exported"]
