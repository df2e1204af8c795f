"""Turning one kind into another: with a reason, and people do not survive an advies."""

from uuid import uuid4

import pytest
from django.urls import reverse

from baken.accounts.interface import NotAllowed
from baken.audit.interface import history
from baken.casework.actions.drafts import save_draft
from baken.casework.actions.registrations import (
    ChangedMeanwhile,
    convert_registration,
    register,
)
from baken.casework.models import Draft, KindChange, Registration, Subject
from baken.casework.queries.registrations import (
    NoSuchRegistration,
    answers_of,
    find_registration,
)
from baken.casework.rules.kinds import ABOUT_PEOPLE, CannotConvert, kept_by_kind
from baken.casework.rules.steps import AlreadyClosed
from baken.casework.states import Kind, State
from baken.lib.tenancy import set_region
from tests.factories import NOW, SEX, full_answers, registration, registration_at

pytestmark = pytest.mark.django_db
OTHERS = [(one, other) for one in Kind for other in Kind if one != other]


def _convert(made, to_kind, by, *, reason="OVG", version=None):
    return convert_registration(
        registration_id=made.pk,
        to_kind=to_kind,
        reason=reason,
        version=version or made.version,
        by=by,
        now=NOW,
    )


def _full(by, kind=Kind.REPORT):
    return register(draft_id=uuid4(), answers=full_answers(kind=kind), by=by, now=NOW)


@pytest.mark.parametrize(("from_kind", "to_kind"), OTHERS)
def test_every_conversion(caseworker, from_kind, to_kind):
    made = _full(caseworker, from_kind)
    before = answers_of(find_registration(made.pk, by=caseworker))

    _convert(made, to_kind, caseworker)

    after = answers_of(find_registration(made.pk, by=caseworker))
    assert after == kept_by_kind(before.__class__(**{**before.__dict__, "kind": to_kind}))
    change = KindChange.objects.get()
    assert (change.from_kind, change.to_kind) == (from_kind, to_kind)
    assert (change.reason_id, change.by_id) == ("conversion_reason.OVG", caseworker.user_id)


def test_advice_forgets_people_for_good(caseworker):
    made = _full(caseworker)

    advice = _convert(made, Kind.ADVICE, caseworker, reason="WIL_ADVIES")
    _convert(advice, Kind.REPORT, caseworker, reason="WIL_MELDEN")

    assert not Subject.objects.exists()
    back = answers_of(find_registration(made.pk, by=caseworker))
    assert [name for name in ABOUT_PEOPLE if getattr(back, name)] == []
    assert (back.concerns_minor, back.concerns_several) == ("yes", "no")
    assert back.forms == full_answers().forms


def test_log_names_what_was_dropped_but_not_what_it_was(caseworker):
    made = _full(caseworker)

    _convert(made, Kind.ADVICE, caseworker)

    event = history(made.subject)[0]
    assert event.event == "registration.converted"
    assert event.detail == {"to": "advice", "dropped": list(ABOUT_PEOPLE)}


def test_convert_throws_drafts_about_the_people_away(caseworker, focal_point):
    made = _full(caseworker)
    save_draft(draft_id=uuid4(), answers={"sex": ["V"]}, by=focal_point, now=NOW, registration=made)

    _convert(made, Kind.ADVICE, caseworker)

    assert not Draft.objects.filter(became=None).exists()


def test_convert_to_the_same_kind(caseworker):
    with pytest.raises(CannotConvert):
        _convert(registration(caseworker), Kind.REPORT, caseworker)


def test_convert_an_old_version(caseworker):
    made = registration(caseworker)
    _convert(made, Kind.QUESTION, caseworker)

    with pytest.raises(ChangedMeanwhile):
        _convert(made, Kind.ADVICE, caseworker, version=1)


def test_convert_what_is_closed(caseworker):
    made = registration_at(State.CLOSED, caseworker)

    with pytest.raises(AlreadyClosed):
        _convert(made, Kind.ADVICE, caseworker)


def test_convert_without_permission(caseworker, analyst):
    with pytest.raises(NotAllowed):
        _convert(registration(caseworker), Kind.ADVICE, analyst)


def test_convert_in_another_region(caseworker, stranger):
    made = registration(caseworker)
    set_region(stranger.region.pk)

    with pytest.raises(NoSuchRegistration):
        _convert(made, Kind.ADVICE, stranger)


# --- the screen ---


@pytest.fixture
def made(caseworker):
    return _full(caseworker)


def _url(made):
    return reverse("casework:registration-convert", args=[made.pk])


def test_screen_names_what_will_be_lost(made, focal_point_client):
    page = focal_point_client.get(_url(made)).content.decode()

    assert "dan verdwijnt voorgoed" in page
    assert "<li>Signalen</li>" in page
    assert "<li>Juridisch kader</li>" not in page


def test_screen_warns_of_nothing_when_there_is_nothing(caseworker, caseworker_client):
    advice = registration(caseworker, kind=Kind.ADVICE, forms=(SEX,), primary_form="SEX")

    assert "verdwijnt" not in caseworker_client.get(_url(advice)).content.decode()


def test_convert_on_screen(made, focal_point_client):
    words = {"to_kind": "advice", "reason": "WIL_ADVIES", "version": "1"}

    response = focal_point_client.post(_url(made), words, follow=True)

    page = response.content.decode()
    assert Registration.objects.get().kind == Kind.ADVICE
    assert "Melding werd advies op " in page
    assert "Melder wil alleen advies" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_kind": "report"},
        {"to_kind": "klacht"},
        {"to_kind": ""},
        {"reason": ""},
        {"reason": "ZOMAAR"},
    ],
)
def test_convert_with_nonsense(made, caseworker_client, wrong):
    words = {"to_kind": "advice", "reason": "WIL_ADVIES", "version": "1", **wrong}

    response = caseworker_client.post(_url(made), words)

    assert response.status_code == 422
    assert Registration.objects.get().kind == Kind.REPORT


@pytest.mark.parametrize("version", ["", "9", "x"])
def test_convert_what_changed_meanwhile_shows_it_first(made, caseworker_client, version):
    words = {"to_kind": "advice", "reason": "WIL_ADVIES", "version": version}

    response = caseworker_client.post(_url(made), words, follow=True)

    assert "Een collega heeft deze registratie intussen gewijzigd" in response.content.decode()
    assert Registration.objects.get().kind == Kind.REPORT


def test_convert_on_screen_what_is_closed(caseworker, caseworker_client):
    made = registration_at(State.CLOSED, caseworker)
    words = {"to_kind": "advice", "reason": "WIL_ADVIES", "version": made.version}

    response = caseworker_client.post(_url(made), words)

    assert response.status_code == 422
    assert "Deze registratie is afgesloten" in response.content.decode()
