"""Registering and changing, through the actions."""

from dataclasses import replace
from uuid import uuid4

import pytest

from baken.accounts.interface import NotAllowed, member_for, system_member
from baken.audit.interface import history
from baken.casework.actions.drafts import NotYourDraft, save_draft
from baken.casework.actions.looking import open_registration
from baken.casework.actions.registrations import (
    ChangedMeanwhile,
    NumberInUse,
    change_registration,
    register,
)
from baken.casework.models import Draft, Registration
from baken.casework.queries.registrations import (
    NoSuchRegistration,
    answers_of,
    find_registration,
)
from baken.casework.rules.steps import AlreadyClosed
from baken.casework.states import Answer, Kind, State
from baken.lib.tenancy import region_scope, set_region
from baken.organisations.interface import region_by_code
from tests.factories import (
    NOW,
    VICTIM,
    answers,
    full_answers,
    member,
    registration,
    registration_at,
)

pytestmark = pytest.mark.django_db


def _change(made, by, *, version=None, **changes):
    return change_registration(
        registration_id=made.pk,
        answers=replace(answers_of(made), **changes),
        version=made.version if version is None else version,
        by=by,
        now=NOW,
    )


def test_register_everything_and_read_it_back(caseworker):
    made = register(draft_id=uuid4(), answers=full_answers(), by=caseworker, now=NOW)

    found = find_registration(made.pk, by=caseworker)

    assert answers_of(found) == full_answers()
    assert (found.state, found.version, found.created_at) == (State.NEW, 1, NOW)
    assert found.created_by_id == caseworker.user_id
    event = history(made.subject)[0]
    assert (event.event, event.detail) == ("registration.made", {"kind": "report"})
    assert event.user_id == caseworker.user_id


def test_register_the_smallest(caseworker):
    made = registration(caseworker)

    assert answers_of(find_registration(made.pk, by=caseworker)) == answers()


def test_register_without_permission(analyst):
    with pytest.raises(NotAllowed):
        registration(analyst)

    assert not Draft.objects.exists()


def test_same_draft_twice_registers_once(caseworker):
    draft_id = uuid4()
    first = registration(caseworker, draft_id=draft_id)

    second = registration(caseworker, draft_id=draft_id, urgency=3)

    assert second.pk == first.pk
    assert Registration.objects.get().urgency == 1
    assert len(history(first.subject)) == 1
    assert bytes(Draft.objects.get().sealed) == b""


def test_draft_of_a_colleague_is_not_registered(caseworker, focal_point):
    draft = save_draft(draft_id=uuid4(), answers={}, by=focal_point, now=NOW)

    with pytest.raises(NotYourDraft):
        registration(caseworker, draft_id=draft.pk)


def test_own_draft_in_another_region_is_not_registered(caseworker):
    """Somebody with two regions: the draft of one is not the draft of the other."""
    draft = save_draft(draft_id=uuid4(), answers={}, by=caseworker, now=NOW)
    elsewhere = replace(caseworker, region=region_by_code("flevoland"))

    set_region(elsewhere.region.pk)

    with pytest.raises(NotYourDraft):
        registration(elsewhere, draft_id=draft.pk)


def test_external_number_of_another_registration(caseworker):
    registration(caseworker, external_number="A-1")

    with pytest.raises(NumberInUse):
        registration(caseworker, external_number="A-1")

    assert Registration.objects.count() == 1


def test_advice_keeps_no_people(caseworker):
    made = registration(caseworker, **{**_without_dates(full_answers()), "kind": Kind.ADVICE})

    kept = answers_of(find_registration(made.pk, by=caseworker))

    assert (kept.concerns_minor, kept.concerns_several) == ("yes", "no")
    assert (kept.subjects, kept.signals, kept.home_municipality) == ((), (), None)
    assert kept.forms == full_answers().forms


def _without_dates(whole):
    return {name: value for name, value in whole.__dict__.items() if name != "received"}


def test_anonymous_signal_has_an_unknown_reporter(caseworker):
    made = registration(caseworker, kind=Kind.ANONYMOUS_SIGNAL, anonymity="open")

    assert made.anonymity == "unknown"


# --- changing ---


def test_change_names_in_the_log_what_changed(caseworker, focal_point):
    made = registration(caseworker)

    changed = _change(made, focal_point, urgency=2, subjects=(VICTIM,), channel="TEL")

    assert (changed.version, changed.subjects.count()) == (2, 1)
    event = history(made.subject)[0]
    assert event.event == "registration.changed"
    assert event.detail == {"fields": ["urgency", "channel", "subjects", "concerns_several"]}
    assert event.user_id == focal_point.user_id


def test_change_of_everything(caseworker):
    made = registration(caseworker)

    _change(made, caseworker, **_without_dates(full_answers()))

    assert answers_of(find_registration(made.pk, by=caseworker)) == full_answers()


def test_change_back_to_empty(caseworker):
    made = register(draft_id=uuid4(), answers=full_answers(), by=caseworker, now=NOW)

    _change(made, caseworker, **_without_dates(answers()))

    assert answers_of(find_registration(made.pk, by=caseworker)) == answers()


def test_change_from_an_old_version(caseworker, focal_point):
    made = registration(caseworker)
    _change(made, focal_point, urgency=2)

    with pytest.raises(ChangedMeanwhile):
        _change(made, caseworker, version=1, urgency=3)

    assert Registration.objects.get().urgency == 2


def test_change_never_changes_the_kind(caseworker):
    made = registration(caseworker, subjects=(VICTIM,))

    _change(made, caseworker, kind=Kind.ADVICE)

    found = find_registration(made.pk, by=caseworker)
    assert (found.kind, found.subjects.count()) == (Kind.REPORT, 1)


def test_change_of_what_is_closed(caseworker):
    made = registration_at(State.CLOSED, caseworker)

    with pytest.raises(AlreadyClosed):
        _change(made, caseworker, urgency=2)


def test_change_throws_the_own_draft_away_and_no_other(caseworker, focal_point):
    made = registration(caseworker)
    for somebody in (caseworker, focal_point):
        save_draft(draft_id=uuid4(), answers={}, by=somebody, now=NOW, registration=made)

    _change(made, caseworker, urgency=2)

    left = Draft.objects.filter(became=None)
    assert [draft.author_id for draft in left] == [focal_point.user_id]


def test_minor_follows_the_people(caseworker):
    child = replace(VICTIM, minor_at_report=Answer.YES)
    made = registration(caseworker, subjects=(child,))
    assert made.concerns_minor == "yes"

    changed = _change(made, caseworker, subjects=(replace(child, minor_at_report=Answer.NO),))

    assert changed.concerns_minor == "no"


# --- finding and opening ---


def test_opening_is_logged(caseworker):
    made = registration(caseworker)

    open_registration(registration_id=made.pk, by=caseworker, now=NOW)

    assert [event.event for event in history(made.subject)] == [
        "registration.opened",
        "registration.made",
    ]


def test_opening_without_permission(caseworker, analyst):
    made = registration(caseworker)

    with pytest.raises(NotAllowed):
        open_registration(registration_id=made.pk, by=analyst, now=NOW)

    assert len(history(made.subject)) == 1


@pytest.mark.parametrize("action", [open_registration, change_registration])
def test_registration_of_another_region(caseworker, stranger, action):
    made = registration(caseworker)
    set_region(stranger.region.pk)
    words = {"answers": answers(), "version": 1} if action is change_registration else {}

    with pytest.raises(NoSuchRegistration):
        action(registration_id=made.pk, by=stranger, now=NOW, **words)


def test_system_has_drafts_too(utrecht):
    with region_scope(utrecht.pk):
        made = registration(system_member(utrecht))

    assert made.created_by_id is None


def test_member_of_no_role_finds_nothing(caseworker):
    made = registration(caseworker)

    with pytest.raises(NotAllowed):
        find_registration(made.pk, by=member(region=caseworker.region))
    assert member_for(None, [], None) is None
