"""The work list through the browser's eyes: filters, order, paging, saved views, export."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.casework.actions.views import NameTaken, NotYourView, delete_view, save_view
from baken.casework.models import Registration, SavedView
from baken.casework.queries.worklist import PAGE, SORTS, BadCursor, WorkListFilter, page
from baken.casework.rules.numbers import new_number
from baken.casework.states import Kind, State, Urgency
from baken.lib.csv_cells import harmless
from baken.lib.tenancy import region_scope

NOW = timezone.now()


def stored(region, **columns):
    values = {
        "kind": Kind.REPORT,
        "received_on": date(2024, 5, 1),
        "received_precision": "day",
        "primary_form_id": "form.LAB",
        **columns,
    }
    return Registration.objects.create(region=region, number=new_number(), **values)


@pytest.fixture
def many(in_utrecht):
    """120 registrations on 12 days: every day has ties."""
    rows = [
        Registration(
            region=in_utrecht,
            number=new_number(),
            kind=Kind.REPORT,
            urgency=1 + i % 3,
            received_on=date(2024, 5, 1) + timedelta(days=i % 12),
            received_precision="day",
            changed_at=NOW - timedelta(hours=i // 3),
        )
        for i in range(120)
    ]
    return {row.pk for row in Registration.objects.bulk_create(rows)}


@pytest.mark.parametrize("sort", SORTS)
def test_walking_all_pages_both_ways_shows_every_row_once(caseworker, many, sort):
    forward, cursor, last = [], "", None
    while last is None or last.older:
        last = page(WorkListFilter(), by=caseworker, sort=sort, older=cursor)
        forward.append([row["id"] for row in last.rows])
        cursor = last.older
    backward = [forward[-1]]
    while last.newer:
        last = page(WorkListFilter(), by=caseworker, sort=sort, newer=last.newer)
        backward.append([row["id"] for row in last.rows])

    seen = [pk for rows in forward for pk in rows]
    assert len(seen) == len(set(seen)) == 120
    assert set(seen) == many
    assert backward[::-1] == forward
    assert [len(rows) for rows in forward] == [PAGE, PAGE, 20]


@pytest.mark.parametrize("cursor", ["onzin", "W10:a:b", "W1siYSJd:1rRrRr:xxxx"])
def test_cursor_that_is_not_ours(caseworker, cursor):
    with pytest.raises(BadCursor):
        page(WorkListFilter(), by=caseworker, sort="ontvangen", older=cursor)


def test_cursor_of_another_order(caseworker, many):
    other = page(WorkListFilter(), by=caseworker, sort="urgentie").older

    with pytest.raises(BadCursor):
        page(WorkListFilter(), by=caseworker, sort="ontvangen", older=other)


FILTERS = {
    "soort=advice": {"kind": Kind.ADVICE},
    "status=closed": {"state": State.CLOSED},
    "vorm=SEX": {"primary_form_id": "form.SEX"},
    "vorm=leeg": {"primary_form_id": None},
    "urgentie=3": {"urgency": Urgency.ACUTE},
    "melder=SCHOOL": {"source_group_id": "source_group.SCHOOL"},
    "gemeente=Zeist": {"reporter_municipality_id": "GM0355"},
    "minderjarig=on": {"concerns_minor": "yes"},
    "van=2025": {"received_on": date(2025, 1, 1)},
    "tot=2023": {"received_on": date(2023, 12, 31)},
    "nummer=DOS-7": {"external_number": "DOS-77"},
}


@pytest.mark.parametrize("query", FILTERS)
def test_filter_shows_what_fits_and_nothing_else(caseworker_client, in_utrecht, query):
    fits = stored(in_utrecht, **FILTERS[query])
    other = stored(in_utrecht)

    html = caseworker_client.get(f"/registraties/?{query}").content.decode()

    assert fits.number in html
    assert other.number not in html


def test_open_is_everything_but_closed(caseworker_client, in_utrecht):
    new, active = stored(in_utrecht), stored(in_utrecht, state=State.ACTIVE)
    closed = stored(in_utrecht, state=State.CLOSED)

    html = caseworker_client.get("/registraties/?status=open").content.decode()

    assert new.number in html
    assert active.number in html
    assert closed.number not in html


def test_mine_and_nobodys(caseworker, caseworker_client, in_utrecht):
    mine, nobodys = stored(in_utrecht, handler_id=caseworker.user_id), stored(in_utrecht)

    own = caseworker_client.get("/registraties/?wie=ik").content.decode()
    free = caseworker_client.get("/registraties/?wie=niemand").content.decode()

    assert (mine.number in own, nobodys.number in own) == (True, False)
    assert (mine.number in free, nobodys.number in free) == (False, True)


@pytest.mark.parametrize(
    "query",
    ["soort=niets", "van=abc", "gemeente=Nergenshuizen", "urgentie=9", "ouder=x", "inlezing=1"],
)
def test_nonsense_in_the_address_is_no_error_page(caseworker_client, in_utrecht, query):
    stored(in_utrecht)

    assert caseworker_client.get(f"/registraties/?{query}").status_code == 200


def test_another_region_never_appears(caseworker_client, flevoland):
    with region_scope(flevoland.pk):
        theirs = stored(flevoland)

    assert theirs.number not in caseworker_client.get("/registraties/").content.decode()


def test_first_page_costs_few_queries(caseworker_client, many, django_assert_max_num_queries):
    caseworker_client.get("/registraties/")

    with django_assert_max_num_queries(12):  # one for the log of looks, one counts requests
        caseworker_client.get("/registraties/")


def test_empty_list_says_what_would_stand_there(caseworker_client):
    assert "Nog niets geregistreerd" in caseworker_client.get("/registraties/").content.decode()
    filtered = caseworker_client.get("/registraties/?soort=advice").content.decode()
    assert "Niets gevonden" in filtered


SWAP = {"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "worklist"}


def test_htmx_gets_all_that_a_filter_changes_and_nothing_else(coordinator_client, in_utrecht):
    stored(in_utrecht)
    url = "/registraties/?soort=report&nummer="

    response = coordinator_client.get(url, headers=SWAP)
    html = response.content.decode()

    assert html.strip().startswith('<div id="worklist"')
    assert "<html" not in html
    assert 'name="filter" value="soort=report"' in html
    assert 'download hx-swap-oob="true"' in html
    assert '<p id="worklist-status" hx-swap-oob="innerHTML">Registraties: 1</p>' in html
    assert response["HX-Push-Url"] == "/registraties/?soort=report"


def test_answer_depends_on_who_asks(caseworker_client):
    plain = caseworker_client.get("/registraties/")
    other_part = caseworker_client.get("/registraties/", headers=SWAP | {"HX-Target": "body"})

    assert {"HX-Request", "HX-Target"} <= set(plain["Vary"].split(", "))
    assert "<html" in other_part.content.decode()
    assert "hx-swap-oob" not in plain.content.decode()


def test_filtering_keeps_the_order_and_the_import(caseworker_client, in_utrecht):
    html = caseworker_client.get(f"/registraties/?sorteer=urgentie&inlezing={uuid4()}")

    assert '<input type="hidden" name="sorteer" value="urgentie"' in html.content.decode()
    assert '<input type="hidden" name="inlezing" value="' in html.content.decode()


def test_export_is_the_filtered_list_and_is_logged(coordinator_client, in_utrecht):
    stored(in_utrecht, external_number="A-1")
    stored(in_utrecht, kind=Kind.QUESTION)

    response = coordinator_client.get("/registraties/export.csv?soort=report")
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert text.count("\r\n") == 2
    assert '"A-1";"Melding"' in text
    log = coordinator_client.get("/registraties/").status_code
    assert log == 200


def test_export_is_not_for_a_caseworker(caseworker_client):
    assert caseworker_client.get("/registraties/export.csv").status_code == 403


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+31", "'+31"),
        ("-12", "'-12"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("\r=1", "'\r=1"),
        ("A-1", "A-1"),
        (None, ""),
        (7, "7"),
    ],
)
def test_no_cell_can_execute(cell, text):
    assert harmless(cell) == text


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_whatever_a_cell_holds_it_cannot_execute(text):
    assert not harmless(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_saved_view_is_a_tab_of_its_owner_only(caseworker_client, focal_point_client):
    caseworker_client.post(
        "/registraties/weergaven/", {"naam": "Scholen", "filter": "melder=SCHOOL"}
    )

    assert "Scholen" in caseworker_client.get("/registraties/").content.decode()
    assert "Scholen" not in focal_point_client.get("/registraties/").content.decode()


def test_saved_view_keeps_its_order(caseworker_client, in_utrecht):
    stored(in_utrecht)
    by_urgency = "/registraties/?melder=SCHOOL&amp;sorteer=urgentie"
    html = caseworker_client.get("/registraties/?melder=SCHOOL&sorteer=urgentie").content.decode()
    filled_in = 'name="filter" value="melder=SCHOOL&amp;sorteer=urgentie"'
    assert filled_in in html
    data = {"naam": "Scholen", "filter": "melder=SCHOOL&sorteer=urgentie"}

    html = caseworker_client.post("/registraties/weergaven/", data, follow=True).content.decode()

    assert f'href="{by_urgency}" aria-current="page">Scholen' in html
    other = caseworker_client.get("/registraties/?melder=SCHOOL").content.decode()
    assert f'href="{by_urgency}">Scholen' in other


def test_shared_view_is_a_tab_of_everybody(coordinator_client, caseworker_client):
    data = {"naam": "Acuut vandaag", "filter": "urgentie=3", "delen": "on"}
    coordinator_client.post("/registraties/weergaven/", data)

    assert "Acuut vandaag" in caseworker_client.get("/registraties/").content.decode()


def test_caseworker_cannot_share(caseworker_client):
    data = {"naam": "Voor allen", "filter": "", "delen": "on"}

    assert caseworker_client.post("/registraties/weergaven/", data).status_code == 403


def test_view_with_a_name_in_use(caseworker):
    save_view(name="Mijn", query="", is_shared=False, by=caseworker, now=NOW)

    with pytest.raises(NameTaken):
        save_view(name="Mijn", query="x=1", is_shared=False, by=caseworker, now=NOW)


def test_view_of_somebody_else_cannot_be_deleted(caseworker, coordinator):
    view = save_view(name="Gedeeld", query="", is_shared=True, by=coordinator, now=NOW)

    with pytest.raises(NotYourView):
        delete_view(view_id=view.pk, by=caseworker, now=NOW)
    with pytest.raises(NotYourView):
        delete_view(view_id=uuid4(), by=coordinator, now=NOW)
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_a_registration_leads_back_to_the_page_it_was_found_on(caseworker_client, in_utrecht):
    found = stored(in_utrecht, kind=Kind.ADVICE)
    caseworker_client.get("/registraties/?soort=advice&sorteer=gewijzigd")

    html = caseworker_client.get(f"/registraties/{found.pk}/").content.decode()

    assert "/registraties/?soort=advice&amp;sorteer=gewijzigd" in html
