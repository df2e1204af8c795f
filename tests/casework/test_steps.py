"""Taking, releasing, closing and reopening."""

import pytest
from django.urls import reverse

from baken.accounts.interface import NotAllowed
from baken.audit.interface import history
from baken.casework.actions.steps import (
    close_registration,
    release_registration,
    reopen_registration,
    take_registration,
)
from baken.casework.models import Registration
from baken.casework.queries.registrations import NoSuchRegistration
from baken.casework.rules.steps import FormStillEmpty, StepNotPossible
from baken.casework.states import Kind, State
from baken.lib.tenancy import set_region
from tests.factories import NOW, SEX, registration, registration_at

pytestmark = pytest.mark.django_db
ENDING = {"outcome": "AANGIFTE", "reason": "DOEL"}
ACTIONS = [take_registration, release_registration, reopen_registration, close_registration]


def _do(action, made, by):
    words = ENDING if action is close_registration else {}
    return action(registration_id=made.pk, by=by, now=NOW, **words)


def test_take_and_take_over(caseworker, focal_point):
    made = registration(caseworker)

    taken = _do(take_registration, made, caseworker)
    over = _do(take_registration, made, focal_point)

    assert (taken.state, taken.handler_id) == (State.ACTIVE, caseworker.user_id)
    assert (over.state, over.handler_id) == (State.ACTIVE, focal_point.user_id)
    assert over.version == 3
    assert [event.event for event in history(made.subject)][:2] == ["registration.taken"] * 2


def test_release(caseworker):
    made = registration_at(State.ACTIVE, caseworker)

    released = _do(release_registration, made, caseworker)

    assert (released.state, released.handler_id) == (State.NEW, None)


def test_close(caseworker):
    made = registration(caseworker, forms=(SEX,), primary_form="SEX")

    closed = _do(close_registration, made, caseworker)

    assert closed.state == State.CLOSED
    assert (closed.outcome_id, closed.closing_reason_id) == (
        "outcome.AANGIFTE",
        "closing_reason.DOEL",
    )
    assert history(made.subject)[0].detail == ENDING


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.ANONYMOUS_SIGNAL])
def test_close_without_form(caseworker, kind):
    made = registration(caseworker, kind=kind)

    with pytest.raises(FormStillEmpty):
        _do(close_registration, made, caseworker)

    assert Registration.objects.get().state == State.NEW


@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.QUESTION])
def test_close_advice_without_form(caseworker, kind):
    made = registration(caseworker, kind=kind)

    assert _do(close_registration, made, caseworker).state == State.CLOSED


def test_reopen_forgets_the_outcome_and_the_log_does_not(caseworker, focal_point):
    made = registration_at(State.CLOSED, caseworker)

    opened = _do(reopen_registration, made, focal_point)

    assert (opened.state, opened.handler_id) == (State.ACTIVE, focal_point.user_id)
    assert (opened.outcome_id, opened.closing_reason_id) == (None, None)
    assert history(made.subject)[1].detail == {"outcome": "BEEINDIGD", "reason": "DOEL"}


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (State.NEW, release_registration),
        (State.NEW, reopen_registration),
        (State.ACTIVE, reopen_registration),
        (State.CLOSED, take_registration),
        (State.CLOSED, release_registration),
        (State.CLOSED, close_registration),
    ],
)
def test_step_that_does_not_fit(caseworker, state, action):
    made = registration_at(state, caseworker)

    with pytest.raises(StepNotPossible):
        _do(action, made, caseworker)

    assert Registration.objects.get().version == made.version


@pytest.mark.parametrize("action", ACTIONS)
def test_step_without_permission(caseworker, analyst, action):
    with pytest.raises(NotAllowed):
        _do(action, registration(caseworker), analyst)


@pytest.mark.parametrize("action", ACTIONS)
def test_step_in_another_region(caseworker, stranger, action):
    made = registration(caseworker)
    set_region(stranger.region.pk)

    with pytest.raises(NoSuchRegistration):
        _do(action, made, stranger)


# --- the screen ---


def _post(client, made, step, **words):
    url = reverse("casework:registration-detail", args=[made.pk]) + f"{step}/"
    return client.post(url, words, follow=True)


def test_buttons_are_the_steps_of_the_state(caseworker, caseworker_client):
    shown = {}
    for state in State:
        made = registration_at(state, caseworker)
        page = caseworker_client.get(reverse("casework:registration-detail", args=[made.pk]))
        shown[state] = {step["name"] for step in page.context["steps"]}

    assert shown == {
        State.NEW: {"take"},
        State.ACTIVE: {"take", "release"},
        State.CLOSED: {"reopen"},
    }


def test_take_on_screen(caseworker, caseworker_client):
    made = registration(caseworker)

    page = _post(caseworker_client, made, "take").content.decode()

    assert "Bij Noor Fictief" in page
    assert "Opgepakt" in page


def test_step_too_late_on_screen(caseworker, caseworker_client):
    made = registration_at(State.CLOSED, caseworker)

    page = _post(caseworker_client, made, "take").content.decode()

    assert "Dat kan niet meer: de registratie is intussen veranderd." in page


@pytest.mark.parametrize("step", ["close", "delete", "TAKE"])
def test_step_that_does_not_exist(caseworker, caseworker_client, step):
    made = registration(caseworker)

    assert _post(caseworker_client, made, step).status_code == 404


def test_close_on_screen(caseworker, caseworker_client):
    made = registration(caseworker, forms=(SEX,), primary_form="SEX")

    page = _post(caseworker_client, made, "afsluiten", **ENDING).content.decode()

    assert "Aangifte gedaan" in page
    assert Registration.objects.get().state == State.CLOSED


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (ENDING, "Vul eerst de vorm van uitbuiting in."),
        ({"outcome": "", "reason": "DOEL"}, "verplicht"),
        ({"outcome": "WONDER", "reason": "DOEL"}, "Kies een waarde uit de lijst."),
        ({"outcome": "ONDERZOEK", "reason": "DOEL"}, "Kies een waarde uit de lijst."),  # a heading
    ],
)
def test_close_on_screen_with_nonsense(caseworker, caseworker_client, words, message):
    made = registration(caseworker)

    response = _post(caseworker_client, made, "afsluiten", **words)

    assert response.status_code == 422
    assert message in response.content.decode()
