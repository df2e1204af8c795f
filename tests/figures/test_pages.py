"""The figures page, its files, and the button that freezes."""

import hashlib
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from baken.accounts.interface import NotAllowed
from baken.facts.files import folder_of, path_of, write_sealed
from baken.facts.interface import SCHEMA_VERSION, Snapshot, SnapshotState
from baken.figures.interface import (
    BadPeriod,
    NoSnapshotYet,
    UnknownMeasure,
    as_csv,
    table_for,
)
from baken.lib.tenancy import region_scope
from tests.figures.facts import SCHEMA, utrecht_published, utrecht_register

# Ibis 12 still uses the name that DuckDB 2 wants to retire.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)


def freeze(region, rows, at=NOW):
    """A snapshot of these facts, as the worker leaves it."""
    with region_scope(region.pk):
        snapshot = Snapshot(region=region, reference_at=at, ready_at=at)
        filled = [{name: row.get(name) for name in SCHEMA.names} for row in rows]
        folder = folder_of(region.pk, snapshot.pk)
        folder.mkdir(parents=True)
        parquet = pa.BufferOutputStream()
        pyarrow.parquet.write_table(pa.Table.from_pylist(filled, schema=SCHEMA), parquet)
        content = memoryview(parquet.getvalue())
        path = write_sealed(content, region.pk, snapshot.pk, "registration")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        snapshot.manifest = {"registration": {"rows": len(filled), "sha256": digest}}
        snapshot.state, snapshot.schema_version = SnapshotState.READY, SCHEMA_VERSION
        snapshot.save()
    return snapshot


@pytest.fixture
def snapshot(utrecht):
    return freeze(utrecht, list(utrecht_register()))


def page(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(("slug", "number"), [("meldingen-adviezen", 1), ("aard", 2)])
def test_file_is_the_published_table(caseworker_client, snapshot, slug, number):
    response = caseworker_client.get(f"/cijfers/{slug}.csv?van=2020&tot=2023")

    assert response.content.decode() == utrecht_published(number)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].endswith('2020-2023_intern-niet-publiceren.csv"')


def test_page_shows_both_tables_with_what_must_stand_under_them(caseworker_client, snapshot):
    text = page(caseworker_client.get("/cijfers/"))

    assert "criminele uitbuiting: van 20 in 2022 naar 53 in 2023 (+165%); " in text
    assert text.count("<svg viewBox") == 2 + 6  # two charts, six swatches
    assert (
        "registraties: meldingen · Utrecht · 2020–2023 · peildatum 23 november 2026 10:15" in text
    )
    assert text.count("intern, niet publiceren</span>") == 2
    assert "Niet meegeteld: 0 anonieme signalen" in text
    assert "Nieuwe peildatum" not in text


def test_page_asks_few_questions_of_the_database(caseworker_client, snapshot):
    caseworker_client.get("/cijfers/")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        caseworker_client.get("/cijfers/")

    assert sum("facts_" in query["sql"] for query in queries) == 2
    assert len(queries) <= 10


@pytest.mark.parametrize("client_of", ["administrator_client", "auditor_client"])
def test_who_may_not_see_figures(request, snapshot, client_of):
    client = request.getfixturevalue(client_of)

    assert client.get("/cijfers/").status_code == 403
    assert client.get("/cijfers/aard.csv").status_code == 403


def test_another_regions_reference_date_is_as_unknown_as_none(stranger_client, flevoland, snapshot):
    freeze(flevoland, [{"kind": "report", "received_year": 2023}])
    unknown = "00000000-0000-4000-8000-000000000000"

    for asked in (snapshot.pk, unknown, "x"):
        answer = stranger_client.get(f"/cijfers/?peildatum={asked}")
        assert (answer.status_code, "Deze peildatum is er niet." in page(answer)) == (422, True)
        assert stranger_client.get(f"/cijfers/aard.csv?peildatum={asked}").status_code == 404


def test_old_reference_date_keeps_its_figure(analyst_client, utrecht, snapshot):
    later = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
    freeze(utrecht, [*utrecht_register(), {"kind": "report", "received_year": 2023}], later)

    new = analyst_client.get("/cijfers/meldingen-adviezen.csv?van=2023&tot=2023")
    old = analyst_client.get(
        f"/cijfers/meldingen-adviezen.csv?van=2023&tot=2023&peildatum={snapshot.pk}"
    )

    assert "Aantal meldingen,119" in new.content.decode()
    assert "Aantal meldingen,118" in old.content.decode()
    assert "Dit is een oudere peildatum" in page(
        analyst_client.get(f"/cijfers/?peildatum={snapshot.pk}")
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("van=2023&tot=2020", "De periode begint in 2023 en eindigt in 2020: draai de jaren om."),
        ("van=1990&tot=2023", "Kies ten hoogste 20 jaren."),
        ("van=vorig", "Voer een geheel getal in."),
        ("van=99999999999999999999", "tot 2100"),
    ],
)
def test_period_that_cannot_be(caseworker_client, snapshot, query, message):
    answer = caseworker_client.get(f"/cijfers/?{query}")

    assert answer.status_code == 422
    assert "Dit klopt nog niet" in page(answer)
    assert caseworker_client.get(f"/cijfers/aard.csv?{query}").status_code == 404


@pytest.mark.parametrize("address", ["leeftijd.csv", "aard.pdf"])
def test_unknown_file(caseworker_client, snapshot, address):
    assert caseworker_client.get(f"/cijfers/{address}").status_code == 404


def test_before_the_first_reference_date(caseworker_client, analyst_client):
    assert "Een analist of coördinator legt eerst" in page(caseworker_client.get("/cijfers/"))
    assert "Leg met Nieuwe peildatum vast" in page(analyst_client.get("/cijfers/"))
    assert analyst_client.get("/cijfers/aard.csv").status_code == 404


def test_damaged_snapshot_is_said_and_not_counted(caseworker_client, utrecht, snapshot):
    path = path_of(utrecht.pk, snapshot.pk, "registration")
    path.write_bytes(path.read_bytes()[:-1] + b"X")

    answer = caseworker_client.get("/cijfers/")

    assert answer.status_code == 500
    assert "Deze peildatum is beschadigd" in page(answer)


def test_new_reference_date_shows_progress_and_keeps_the_years(analyst_client, utrecht, snapshot):
    answer = analyst_client.post("/cijfers/nieuwe-peildatum/", {"van": "2023", "tot": "2023"})
    again = analyst_client.post("/cijfers/nieuwe-peildatum/", {"van": "x"}, follow=True)

    assert answer.url == "/cijfers/?van=2023&tot=2023"
    assert "Er wordt al een peildatum vastgelegd." in page(again)
    assert 'hx-get="/cijfers/voortgang/"' in page(again)
    assert '<meta http-equiv="refresh" content="2">' in page(again)
    with region_scope(utrecht.pk):
        assert Snapshot.objects.filter(state=SnapshotState.REQUESTED).count() == 1


def test_caseworker_does_not_freeze(caseworker_client):
    assert caseworker_client.post("/cijfers/nieuwe-peildatum/").status_code == 403
    assert caseworker_client.get("/cijfers/nieuwe-peildatum/").status_code in (403, 405)


def test_progress_fragment(analyst_client, utrecht, snapshot):
    htmx = {"HTTP_HX_REQUEST": "true"}
    done = analyst_client.get("/cijfers/voortgang/", **htmx)
    with region_scope(utrecht.pk):
        later = timezone.now()
        busy = Snapshot.objects.create(
            region=utrecht, reference_at=later, schema_version=1, rows_done=5, rows_total=9
        )
    running = analyst_client.get("/cijfers/voortgang/", **htmx)
    with region_scope(utrecht.pk):
        Snapshot.objects.filter(pk=busy.pk).update(state=SnapshotState.FAILED)
    failed = analyst_client.get("/cijfers/voortgang/", **htmx)

    assert done["HX-Refresh"] == "true"
    assert "5 van 9" in page(running)
    assert "De nieuwe peildatum is niet gelukt" in page(failed)
    assert "hx-get" not in page(failed)
    assert analyst_client.get("/cijfers/voortgang/").url == "/cijfers/"


def test_pages_have_no_inline_style_or_script(analyst_client, snapshot):
    text = page(analyst_client.get("/cijfers/"))

    assert " style=" not in text
    assert "<style" not in text
    assert "<script>" not in text


# --- the door for the command line ---


def test_table_for(caseworker, snapshot):
    assert as_csv(table_for("aard", by=caseworker)) == utrecht_published(2)
    assert table_for("aard", by=caseworker, from_year=2023).years == (2023,)


def test_table_for_refuses(caseworker, administrator, snapshot):
    with pytest.raises(UnknownMeasure):
        table_for("leeftijd", by=caseworker)
    with pytest.raises(BadPeriod):
        table_for("aard", by=caseworker, from_year=2023, to_year=2020)
    with pytest.raises(NotAllowed):
        table_for("aard", by=administrator)


def test_table_for_another_regions_snapshot(stranger, flevoland, snapshot):
    with region_scope(flevoland.pk), pytest.raises(NotAllowed):
        table_for("aard", by=stranger, snapshot=snapshot)


def test_table_for_without_snapshot(caseworker):
    with pytest.raises(NoSnapshotYet):
        table_for("aard", by=caseworker)


def test_snapshot_without_registrations_ends_at_its_own_year(caseworker, utrecht):
    freeze(utrecht, [])

    figure = table_for("aard", by=caseworker)

    assert figure.years == (2023, 2024, 2025, 2026)
    assert figure.running_year == 2026
    assert figure.total.values == (0, 0, 0, 0)
