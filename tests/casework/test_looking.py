"""Nobody reads a registration unseen: no entry, no page; no sealer, no page."""

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from baken.accounts.interface import User
from baken.audit.interface import SYSTEM, history, latest, record
from baken.audit.lag import forget_lag
from baken.audit.models import Pending
from baken.casework.actions.looking import note_list, open_registration
from baken.casework.actions.registrations import change_registration
from baken.lib.tenancy import region_scope
from tests.audit.logs import tamper
from tests.factories import NOW, answers, full_answers, posted, registration
from tests.own_database import connect_to

WHOLE = {k: v for k, v in full_answers().__dict__.items() if k != "received"}
VIEWS = ["registration-detail", "registration-edit", "registration-close", "registration-convert"]


def _url(made, view="registration-detail"):
    return reverse(f"casework:{view}", args=[made.pk])


@pytest.fixture
def made(caseworker):
    return registration(caseworker, **WHOLE)


@pytest.fixture
def behind(db):
    """The oldest entry waits for more than a minute, by the clock of the database."""

    def fall(seconds):
        record("thing.done", actor=SYSTEM, at=NOW)
        entry_id = Pending.objects.order_by("-pk").first().pk
        tamper(f"DELETE FROM audit_pending WHERE entry_id < {entry_id}")
        waiting = f"clock_timestamp() - interval '{seconds} seconds'"
        tamper(f"UPDATE audit_pending SET written_at = {waiting} WHERE entry_id = {entry_id}")
        forget_lag()

    yield fall
    forget_lag()


# --- every look is an entry ---


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_of_a_registration_is_a_look(made, focal_point, focal_point_client, view):
    assert focal_point_client.get(_url(made, view)).status_code == 200

    newest = history(made.subject)[0]
    assert (newest.event, newest.user_id) == ("registration.opened", focal_point.user_id)
    assert newest.detail == {"page": view.removeprefix("registration-"), "relation": "team"}


def test_two_versions_side_by_side_are_a_look(made, caseworker, coordinator, caseworker_client):
    change_registration(
        registration_id=made.pk, answers=answers(), version=1, by=coordinator, now=NOW
    )

    page = caseworker_client.post(_url(made, "registration-edit"), posted(version="1"))

    assert page.status_code == 409
    assert history(made.subject)[0].event == "registration.opened"


def test_page_of_the_work_list_is_one_look(made, caseworker_client, caseworker):
    caseworker_client.get("/registraties/")

    newest = latest(caseworker.region.pk)[0]
    assert (newest.event, newest.detail["rows"]) == ("registrations.listed", 1)
    assert len(newest.detail["sha256"]) == 64


@pytest.mark.parametrize(
    ("who", "relation"), [("caseworker", "registered"), ("focal_point", "team")]
)
def test_log_keeps_what_the_reader_had_to_do_with_it(request, made, who, relation):
    by = request.getfixturevalue(who)

    open_registration(registration_id=made.pk, by=by, now=NOW)

    assert history(made.subject)[0].detail["relation"] == relation


# --- before the first byte leaves ---


def test_entry_is_committed_before_the_first_byte(own_database, own_caseworker, role_url):
    """Another connection sees the entry at the moment the server is told to begin answering."""
    with region_scope(own_caseworker.region.pk):
        made = registration(own_caseworker, **WHOLE)
    seen = []

    def start_response(status, headers):
        seen.append((status, _opened_elsewhere(own_database, made)))
        return lambda data: None

    body = WSGIHandler()(_environ(_url(made)), start_response)
    first = next(iter(body))
    body.close()

    assert seen == [("200 OK", 1)]
    assert made.number in first.decode()


def _environ(url):
    client = Client()
    client.force_login(User.objects.get(email="noor@demo.invalid"))
    client.get("/werk/")  # the session knows of the second factor
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return RequestFactory().get(url, HTTP_COOKIE=cookies, HTTP_HOST="testserver").environ


def _opened_elsewhere(name, made):
    options = connection.settings_dict
    with psycopg.connect(
        dbname=name, user=options["USER"], password=options["PASSWORD"], host=options["HOST"],
        port=options["PORT"],
    ) as other:  # fmt: skip
        other.execute("SELECT set_config('baken.region', %s, true)", [str(made.region_id)])
        rows = other.execute(
            "SELECT count(*) FROM audit_entry WHERE event = 'registration.opened' AND subject = %s",
            [made.subject],
        )
        return rows.fetchone()[0]


def test_without_the_right_to_log_nothing_is_shown(own_database, own_caseworker):
    with region_scope(own_caseworker.region.pk):
        made = registration(own_caseworker, **WHOLE)
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(email="noor@demo.invalid"))
    client.get("/werk/")
    connect_to(own_database, "owner")
    with connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_entry FROM baken_office")
    connect_to(own_database)

    for url in [*(_url(made, view) for view in VIEWS), "/registraties/"]:
        answer = client.get(url)
        assert (answer.status_code, made.number in answer.content.decode()) == (500, False), url


# --- a sealer that stopped ---


@pytest.mark.role("superuser")
def test_log_that_runs_behind_closes_every_look(
    made, caseworker_client, coordinator_client, behind
):
    behind(61)

    urls = [*(_url(made, view) for view in VIEWS), "/registraties/"]
    answers_ = [caseworker_client.get(url) for url in urls]
    answers_.append(coordinator_client.get("/registraties/export.csv"))

    assert {answer.status_code for answer in answers_} == {503}
    assert {answer["Retry-After"] for answer in answers_} == {"60"}
    assert not any(made.number in answer.content.decode() for answer in answers_)
    assert "Het logboek loopt achter" in answers_[0].content.decode()


@pytest.mark.role("superuser")
def test_log_that_runs_behind_in_english(made, caseworker_client, behind):
    behind(61)
    caseworker_client.cookies["baken-office-taal"] = "en"

    assert "The log is running behind" in caseworker_client.get(_url(made)).content.decode()


@pytest.mark.role("superuser")
def test_log_that_runs_behind_stops_no_registering(caseworker_client, made, behind, client):
    behind(61)

    assert caseworker_client.get("/registraties/nieuw/").status_code == 200
    assert caseworker_client.post("/registraties/nieuw/", posted()).status_code == 302
    saved = caseworker_client.post(_url(made, "registration-edit"), posted(version="1"))
    assert saved.status_code == 302
    assert client.get(reverse("account_login")).status_code == 200
    assert client.get("/gezond/").status_code == 200


@pytest.mark.role("superuser")
def test_almost_a_minute_is_not_behind(made, caseworker_client, behind):
    behind(50)

    assert caseworker_client.get(_url(made)).status_code == 200


@pytest.mark.role("superuser")
def test_clock_of_the_office_does_not_matter(made, caseworker, behind):
    """An entry of next year or of last year says nothing of how long it waits."""
    behind(1)

    for now in (NOW.replace(year=2050), NOW.replace(year=1990)):
        open_registration(registration_id=made.pk, by=caseworker, now=now)
        forget_lag()


def test_lag_is_asked_once_in_five_seconds(caseworker, django_assert_num_queries):
    forget_lag()
    note_list(shown=[], by=caseworker, now=NOW)

    with django_assert_num_queries(3):  # savepoint, entry, savepoint
        note_list(shown=[], by=caseworker, now=NOW)
