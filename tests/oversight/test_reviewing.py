"""Alerts are reviewed once, by another, with an outcome; broken glass is always reviewed."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baken.accounts.interface import NotAllowed
from baken.audit.interface import history, latest
from baken.oversight.actions import (
    AlreadyReviewed,
    NoSuchAlert,
    OwnAlert,
    open_break_glass,
    review_alert,
)
from baken.oversight.models import Alert
from baken.oversight.queries import has_broken_glass, open_alerts, reviewed_alerts
from baken.oversight.states import AlertKind, AlertState, BreakGlassReason, Outcome
from tests.factories import NOW

pytestmark = pytest.mark.django_db
SUBJECT = f"registration:{UUID(int=9)}"


def _alert(region, **changes):
    values = {
        "kind": AlertKind.NIGHT, "user_id": uuid4(), "day": timezone.localdate(NOW),
        "first_at": NOW, "last_at": NOW, **changes,
    }  # fmt: skip
    return Alert.objects.create(region=region, **values)


def test_review_closes_an_alert(privacy_officer):
    alert = _alert(privacy_officer.region)

    reviewed = review_alert(alert_id=alert.pk, outcome=Outcome.SPOKEN, by=privacy_officer, now=NOW)

    assert (reviewed.state, reviewed.outcome) == (AlertState.REVIEWED, Outcome.SPOKEN)
    assert (open_alerts(privacy_officer), reviewed_alerts(privacy_officer)) == ([], [alert])
    entry = history(f"alert:{alert.pk}")[0]
    assert (entry.event, entry.detail) == (
        "alert.reviewed", {"kind": "night", "outcome": "spoken"},
    )  # fmt: skip


def test_reviewed_is_reviewed(privacy_officer):
    alert = _alert(privacy_officer.region)
    words = {"alert_id": alert.pk, "by": privacy_officer, "now": NOW}
    review_alert(outcome=Outcome.WORK, **words)

    with pytest.raises(AlreadyReviewed):
        review_alert(outcome=Outcome.INCIDENT, **words)


def test_nobody_reviews_an_alert_about_themselves(privacy_officer):
    alert = _alert(privacy_officer.region, user_id=privacy_officer.user_id)

    with pytest.raises(OwnAlert):
        review_alert(alert_id=alert.pk, outcome=Outcome.WORK, by=privacy_officer, now=NOW)


@pytest.mark.parametrize("who", ["caseworker", "coordinator", "auditor", "administrator"])
def test_only_the_privacy_officer_reviews(request, who, privacy_officer):
    alert = _alert(privacy_officer.region)

    with pytest.raises(NotAllowed):
        review_alert(
            alert_id=alert.pk, outcome=Outcome.WORK, by=request.getfixturevalue(who), now=NOW
        )


def test_unknown_alert(privacy_officer):
    with pytest.raises(NoSuchAlert):
        review_alert(alert_id=uuid4(), outcome=Outcome.WORK, by=privacy_officer, now=NOW)


# --- broken glass ---


def test_broken_glass_waits_for_a_review_within_a_day(caseworker, privacy_officer):
    alert = open_break_glass(
        subject=SUBJECT, reason=BreakGlassReason.DANGER, by=caseworker, now=NOW
    )

    assert alert.due_at == NOW + timedelta(hours=24)
    assert open_alerts(privacy_officer) == [alert]
    entry = history(SUBJECT)[0]
    assert (entry.event, entry.user_id, entry.detail) == (
        "glass.broken", caseworker.user_id, {"reason": "danger"},
    )  # fmt: skip


@pytest.mark.parametrize(("minutes", "open_"), [(-1, False), (0, True), (59, True), (60, False)])
def test_broken_glass_lasts_an_hour(caseworker, minutes, open_):
    open_break_glass(subject=SUBJECT, reason=BreakGlassReason.COVER, by=caseworker, now=NOW)

    later = NOW + timedelta(minutes=minutes)

    assert has_broken_glass(subject=SUBJECT, by=caseworker, now=later) is open_
    assert not has_broken_glass(subject="registration:other", by=caseworker, now=later)


def test_broken_glass_is_ones_own(caseworker, focal_point):
    open_break_glass(subject=SUBJECT, reason=BreakGlassReason.COVER, by=caseworker, now=NOW)

    assert not has_broken_glass(subject=SUBJECT, by=focal_point, now=NOW)


def test_who_sees_no_registrations_breaks_no_glass(analyst):
    with pytest.raises(NotAllowed):
        open_break_glass(subject=SUBJECT, reason=BreakGlassReason.DANGER, by=analyst, now=NOW)


def test_glass_is_broken_with_a_reason(caseworker):
    with pytest.raises(ValueError, match="zomaar"):
        open_break_glass(subject=SUBJECT, reason="zomaar", by=caseworker, now=NOW)

    assert "glass.broken" not in [event.event for event in latest(caseworker.region.pk)]


# --- whatever is tried ---

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["review", "review own", "more"]),
        st.integers(0, 2),
        st.sampled_from(list(Outcome)),
    ),
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=_STEPS)
def test_whatever_is_tried_an_alert_has_an_outcome_or_waits(privacy_officer, steps):
    with transaction.atomic():
        alerts = [_alert(privacy_officer.region) for _number in range(3)]
        expected = {}
        for step, number, outcome in steps:
            _try(step, alerts[number], outcome, privacy_officer, expected)

        for alert in alerts:
            alert.refresh_from_db()
            assert alert.outcome == expected.get(alert.pk, "")
            assert (alert.state == AlertState.REVIEWED) is (alert.pk in expected)
        transaction.set_rollback(True)


def _try(step, alert, outcome, by, expected):
    if step == "more":
        Alert.objects.filter(pk=alert.pk, state=AlertState.OPEN).update(looks=9)
        return
    by = by if step == "review" else by.__class__(**{**by.__dict__, "user_id": alert.user_id})
    words = {"alert_id": alert.pk, "outcome": outcome, "by": by, "now": NOW}
    if alert.pk in expected or step == "review own":
        with pytest.raises((AlreadyReviewed, OwnAlert)):
            review_alert(**words)
    else:
        review_alert(**words)
        expected[alert.pk] = outcome


@pytest.mark.parametrize(
    "changes",
    [
        {"state": AlertState.REVIEWED},
        {"outcome": Outcome.WORK},
        {"state": AlertState.REVIEWED, "outcome": "x", "reviewed_by_id": UUID(int=1), "reviewed_at": NOW},
        {"kind": AlertKind.BREAK_GLASS},
        {"reason": BreakGlassReason.DANGER},
        {"kind": "x"},
        {"user_id": UUID(int=1), "reviewed_by_id": UUID(int=1), "reviewed_at": NOW,
         "state": AlertState.REVIEWED, "outcome": Outcome.WORK},
    ],
)  # fmt: skip
def test_database_refuses_half_an_alert(privacy_officer, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        _alert(privacy_officer.region, **changes)


def test_open_alerts_of_one_day_are_one(privacy_officer):
    one = _alert(privacy_officer.region)

    with pytest.raises(IntegrityError), transaction.atomic():
        _alert(privacy_officer.region, user_id=one.user_id)
