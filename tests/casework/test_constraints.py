"""What the database itself refuses, whatever the code says."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from baken.casework.models import Classification, CodedFact, Draft, Registration, Subject
from baken.casework.states import Kind, State
from baken.lib.tenancy import set_region
from tests.factories import NOW, VICTIM, full_answers, registration, registration_at

pytestmark = pytest.mark.django_db


def _update(made, **columns):
    with transaction.atomic():
        Registration.objects.filter(pk=made.pk).update(**columns)


@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.QUESTION])
@pytest.mark.parametrize(
    "column",
    [
        {"home_municipality_id": "GM0344"},
        {"exploitation_municipality_id": "GM0344"},
        {"route_id": "route.BIN"},
        {"sector_id": "sector.A"},
        {"relation_id": "relation.PARTNER"},
    ],
)
def test_advice_keeps_nothing_that_leads_to_people(caseworker, kind, column):
    made = registration(caseworker, kind=kind)

    with pytest.raises(IntegrityError, match="casework_advice_keeps_no_people"):
        _update(made, **column)


@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.QUESTION])
def test_person_added_to_an_advice(caseworker, kind):
    made = registration(caseworker, kind=kind)
    person = Subject(region=made.region, registration=made, position=1, role_id="subject_role.MSO")

    with pytest.raises(IntegrityError, match="An advies keeps no people"), transaction.atomic():
        person.save()


def test_person_moved_to_an_advice(caseworker):
    report = registration(caseworker, subjects=(VICTIM,))
    advice = registration(caseworker, kind=Kind.ADVICE)

    with pytest.raises(IntegrityError, match="An advies keeps no people"), transaction.atomic():
        report.subjects.update(registration=advice)


def test_report_with_people_turned_into_an_advice_behind_our_back(caseworker):
    made = registration(caseworker, subjects=(VICTIM,))

    with pytest.raises(IntegrityError, match="An advies keeps no people"):
        _update(made, kind=Kind.ADVICE)


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.ANONYMOUS_SIGNAL])
def test_closed_without_a_form(caseworker, kind):
    made = registration(caseworker, kind=kind)

    with pytest.raises(IntegrityError, match="casework_closed_report_has_a_form"):
        _update(made, state=State.CLOSED)


def test_form_taken_from_a_closed_report(caseworker):
    made = registration_at(State.CLOSED, caseworker)

    with pytest.raises(IntegrityError, match="casework_closed_report_has_a_form"):
        _update(made, primary_form=None)


def test_closed_advice_becomes_a_report_without_form(caseworker):
    made = registration_at(State.CLOSED, caseworker, kind=Kind.ADVICE, forms=(), primary_form=None)

    with pytest.raises(IntegrityError, match="casework_closed_report_has_a_form"):
        _update(made, kind=Kind.REPORT)


@pytest.mark.parametrize(
    ("column", "constraint"),
    [
        ({"kind": "complaint"}, "casework_kind"),
        ({"state": "lost"}, "casework_state"),
        ({"received_precision": "week"}, "casework_precision"),
    ],
)
def test_words_that_do_not_exist(caseworker, column, constraint):
    made = registration(caseworker)

    with pytest.raises(IntegrityError, match=constraint):
        _update(made, **column)


def test_external_number_twice_in_a_region(caseworker):
    registration(caseworker, external_number="A-1")
    other = registration(caseworker)

    with pytest.raises(IntegrityError, match="casework_external_number"):
        _update(other, external_number="A-1")


def test_external_number_in_two_regions(caseworker, stranger):
    registration(caseworker, external_number="A-1")

    set_region(stranger.region.pk)

    assert registration(stranger, external_number="A-1").external_number == "A-1"


def test_no_external_number_twice(caseworker):
    registration(caseworker)

    assert registration(caseworker).external_number == ""


def test_number_twice_in_a_region(caseworker):
    one, other = registration(caseworker), registration(caseworker)

    with pytest.raises(IntegrityError, match="casework_number"):
        _update(other, number=one.number)


@pytest.mark.parametrize(
    ("model", "constraint"),
    [
        (Classification, "casework_form_once"),
        (CodedFact, "casework_fact_once"),
        (Subject, "casework_subject_position"),
    ],
)
def test_same_part_twice(caseworker, model, constraint):
    made = registration(caseworker, **_parts())
    part = model.objects.filter(registration=made).first()
    part.pk = uuid4()
    part._state.adding = True

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        part.save(force_insert=True)


def _parts():
    whole = full_answers()
    names = ("forms", "primary_form", "signals", "subjects")
    return {name: getattr(whole, name) for name in names}


def test_one_open_draft_of_a_registration_each(caseworker):
    made = registration(caseworker)
    words = {"region": made.region, "author_id": caseworker.user_id, "registration": made}
    Draft.objects.create(**words, saved_at=NOW)

    with pytest.raises(IntegrityError, match="casework_one_draft_each"), transaction.atomic():
        Draft.objects.create(**words, saved_at=NOW)


def test_code_that_does_not_exist(caseworker):
    made = registration(caseworker)

    with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic():
        _update_and_check(made, channel_id="channel.TELEPATHIE")


def _update_and_check(made, **columns):
    _update(made, **columns)
    connection.check_constraints()
