"""Screens on which somebody types, reads and reveals what is sealed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from baken.audit.interface import history
from baken.casework.models import Identity, Registration, TwoPersonRequest
from tests.factories import posted

pytestmark = pytest.mark.django_db
NEW = "/registraties/nieuw/"
WORDS = {
    "summary": "Zij mag de zaak niet uit.",
    "reporter_name": "Kees Verzonnen",
    "subjects-0-role": "MSO",
    "subjects-0-name": "Mina Verzonnen; Mimi",
    "subjects-0-phone": "06 12345678",
}


@pytest.fixture
def made(caseworker_client):
    answer = caseworker_client.post(NEW, posted(**WORDS))
    assert answer.status_code == 302, answer.content.decode()
    return Registration.objects.get()


def page_of(client, made):
    return client.get(f"/registraties/{made.pk}/").content.decode()


def test_told_in_the_form_and_read_by_the_team(made, focal_point_client):
    page = page_of(focal_point_client, made)

    assert "Zij mag de zaak niet uit." in page
    assert "Toon identiteit" in page
    for secret in ("Mina", "Mimi", "12345678", "Kees"):
        assert secret not in page


def test_edit_form_shows_no_identity(made, caseworker_client):
    page = caseworker_client.get(f"/registraties/{made.pk}/wijzigen/").content.decode()

    assert "Zij mag de zaak niet uit." in page
    assert "Mina" not in page
    assert "Kees" not in page


def test_change_without_opening_keeps_the_summary(made, analyst, caseworker_client):
    data = posted(registration=str(made.pk), version="1", urgency="2")

    caseworker_client.post(f"/registraties/{made.pk}/wijzigen/", data)

    assert "Zij mag de zaak niet uit." in page_of(caseworker_client, made)


def test_identity_is_shown_and_logged(made, focal_point, focal_point_client):
    subject = made.subjects.get()

    answer = focal_point_client.post(
        f"/registraties/{made.pk}/mensen/{subject.pk}/", {"reason": "safety"}
    )

    page = answer.content.decode()
    assert "Mina Verzonnen" in page
    assert "Mimi" in page
    assert '<meta http-equiv="refresh" content="600;' in page
    event = history(made.subject)[0]
    assert (event.event, event.user_id) == ("identity.shown", focal_point.user_id)
    assert event.detail["reason"] == "safety"
    assert "Mina" not in str(event.detail)


def test_one_thing_is_taken_away(made, caseworker_client):
    row = Identity.objects.get(registration=made, kind="phone")

    caseworker_client.post(f"/registraties/{made.pk}/gegeven/{row.pk}/weg/")

    assert list(Identity.objects.filter(registration=made, kind="phone")) == []


def test_identity_of_another_region(made, stranger_client):
    subject = made.subjects.get()

    answer = stranger_client.post(f"/registraties/{made.pk}/mensen/{subject.pk}/")

    assert answer.status_code == 404


# --- the reporter takes two ---


def ask(client, made):
    client.post(f"/registraties/{made.pk}/melder/", {"reason": "contact"})
    return TwoPersonRequest.objects.get(registration=made)


def allow(client, asked):
    return client.post(f"/registraties/verzoeken/{asked.pk}/toestaan/", follow=True)


def use(client, made, asked):
    return client.post(f"/registraties/{made.pk}/melder/{asked.pk}/", follow=True)


def test_reporter_is_shown_once_after_a_second_colleague_allowed_it(
    made, caseworker_client, focal_point_client
):
    asked = ask(caseworker_client, made)
    allow(focal_point_client, asked)

    first, second = (use(caseworker_client, made, asked) for _ in range(2))

    assert "Kees Verzonnen" in first.content.decode()
    assert "Kees Verzonnen" not in second.content.decode()
    events = [event.event for event in history(made.subject)]
    assert [each for each in events if each != "registration.opened"] == [
        "reporter.shown",
        "reveal.allowed",
        "reveal.asked",
        "registration.made",
    ]


def test_nobody_allows_it_to_themselves(made, caseworker_client):
    asked = ask(caseworker_client, made)

    page = allow(caseworker_client, asked).content.decode()

    assert "niet uzelf" in page
    assert "Kees" not in use(caseworker_client, made, asked).content.decode()


def test_who_allowed_it_does_not_see_it(made, caseworker_client, focal_point_client):
    asked = ask(caseworker_client, made)
    allow(focal_point_client, asked)

    assert "Kees" not in use(focal_point_client, made, asked).content.decode()


def test_quarter_of_an_hour_later(made, caseworker_client, focal_point_client):
    asked = ask(caseworker_client, made)
    allow(focal_point_client, asked)
    TwoPersonRequest.objects.update(allowed_at=timezone.now() - timedelta(minutes=16))

    page = use(caseworker_client, made, asked).content.decode()

    assert "Kees" not in page
    assert "verlopen" in page


# --- an advies ---


def test_advies_with_a_phone_number_keeps_everything_typed(caseworker_client):
    data = posted(kind="advice", concerns_minor="no", summary="Bel 06 12345678.")

    answer = caseworker_client.post(NEW, data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "niets waaraan iemand te herkennen is" in page
    assert "Bel 06 12345678." in page
    assert Registration.objects.count() == 0


def test_converting_asks_to_confirm_what_is_shredded(made, caseworker_client):
    url = f"/registraties/{made.pk}/omzetten/"
    data = {
        "to_kind": "advice",
        "reason": "WIL_ADVIES",
        "version": "1",
        "advice": "Praat met school.",
    }

    refused = caseworker_client.post(url, data)
    done = caseworker_client.post(url, {**data, "only_advice": "on"}, follow=True)

    assert "Bevestig dat de rest vernietigd mag worden." in refused.content.decode()
    page = done.content.decode()
    assert "Praat met school." in page
    assert "Zij mag de zaak niet uit." not in page
    assert Identity.objects.filter(registration=made, subject__isnull=False).count() == 0
