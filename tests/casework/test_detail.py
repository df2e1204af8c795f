"""The page of one registration."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from baken.audit.interface import history
from baken.casework.actions.registrations import register
from baken.casework.states import Kind, State
from tests.factories import NOW, full_answers, registration, registration_at

pytestmark = pytest.mark.django_db


def _url(made):
    return reverse("casework:registration-detail", args=[made.pk])


@pytest.fixture
def full(caseworker):
    return register(draft_id=uuid4(), answers=full_answers(), by=caseworker, now=NOW)


def test_everything_registered_is_shown(full, caseworker_client):
    page = caseworker_client.get(_url(full)).content.decode()

    for text in (
        full.number, "24 juni 2024", "Wmo-taak", "Telefoon", "Seksuele uitbuiting",
        "Hotel of vakantiepark", "Binnenlands", "16 en 17 jaar", "U-2024-1", "Minderjarig",
    ):  # fmt: skip
        assert text in page, text


def test_empty_answers_are_called_empty(caseworker, caseworker_client):
    page = caseworker_client.get(_url(registration(caseworker)))

    shown = {label: text for group in page.context["groups"] for label, text in group.items}
    assert shown["Signalen"] == "leeg"
    assert shown["Urgentie"] == "Gewoon"


def test_advice_shows_nothing_of_people(caseworker, caseworker_client):
    made = registration(caseworker, kind=Kind.ADVICE)

    page = caseworker_client.get(_url(made))

    titles = [group.title for group in page.context["groups"]]
    assert titles == ["Binnenkomst", "Melder", "Wat er aan de hand is"]


def test_the_look_is_in_the_log_and_on_the_page(full, focal_point, focal_point_client):
    page = focal_point_client.get(_url(full)).content.decode()

    newest = history(full.subject)[0]
    assert (newest.event, newest.user_id) == ("registration.opened", focal_point.user_id)
    assert "Sam Verzonnen, 1 keer bekeken, laatst om" in page
    assert "Geregistreerd, Noor Fictief" in page


@pytest.mark.parametrize("who", ["analyst", "auditor", "administrator", "privacy_officer"])
def test_who_may_not_look_leaves_no_trace(request, full, who):
    assert request.getfixturevalue(f"{who}_client").get(_url(full)).status_code == 403

    assert [event.event for event in history(full.subject)] == ["registration.made"]


def test_unknown_number(caseworker_client):
    url = reverse("casework:registration-detail", args=[UUID(int=1)])

    assert caseworker_client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("state", "offered"),
    [(State.NEW, True), (State.ACTIVE, True), (State.CLOSED, False)],
)
def test_closed_is_read_only(caseworker, caseworker_client, state, offered):
    made = registration_at(state, caseworker)

    context = caseworker_client.get(_url(made)).context

    assert context["can_change"] is context["can_convert"] is context["can_close"] is offered


def test_closed_shows_its_outcome(caseworker, caseworker_client):
    made = registration_at(State.CLOSED, caseworker)

    shown = caseworker_client.get(_url(made)).context["groups"][-1]

    assert shown.title == "Afgesloten"
    assert dict(shown.items)["Reden"] == "Doel bereikt"


def test_in_english(full, caseworker_client):
    caseworker_client.cookies["baken-office-taal"] = "en"

    page = caseworker_client.get(_url(full)).content.decode()

    assert '<html lang="en"' in page
    assert "Sexual exploitation" in page


def test_queries_of_the_page(full, caseworker_client, django_assert_max_num_queries):
    caseworker_client.get(_url(full))

    with django_assert_max_num_queries(22):  # one asks for the radar, two for requests
        caseworker_client.get(_url(full))
