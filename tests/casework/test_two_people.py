"""What takes two people: the rules as a table, the export with identities, and what the database refuses."""

import csv
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from baken.accounts.interface import NotAllowed, Role, system_member
from baken.audit.interface import latest
from baken.casework.actions import exporting
from baken.casework.actions.exporting import (
    NothingToExport,
    TooManyPeople,
    ask_export,
    use_export,
)
from baken.casework.actions.revealing import ask_reveal, use_reveal
from baken.casework.actions.two_people import (
    NoSuchRequest,
    allow_request,
    refuse_request,
    withdraw_request,
)
from baken.casework.models import Identity, TwoPersonRequest
from baken.casework.queries.two_people import count_requests, open_requests, waiting_for
from baken.casework.queries.worklist import WorkListFilter
from baken.casework.rules.answers import IdentityAnswer, SubjectAnswer, Words
from baken.casework.rules.manifests import manifest_of
from baken.casework.rules.two_people import (
    NoLongerAsked,
    TakesTwo,
    check_second,
    check_usable,
    check_waiting,
    state_of,
)
from baken.casework.states import ExportReason, IdentityKind, Kind, RequestState, RevealReason
from baken.keys.interface import Compartment, KeystoreAway, destroy
from tests.casework.colleagues import second_coordinator
from tests.casework.test_words import GIRL, NAME, PHONE, fresh, told
from tests.factories import NOW, member, registration

ASKER, SECOND = UUID(int=1), UUID(int=2)
AWAY = "postgresql://baken_office:x@127.0.0.1:1/keystore"


# --- the rules, without a database ---


@dataclass
class Asked:
    asked_by_id: UUID = ASKER
    asked_at: datetime = NOW
    allowed_at: datetime | None = None
    used_at: datetime | None = None
    ended_by_id: UUID | None = None


def hours(number):
    return NOW + timedelta(hours=number)


def minutes(number):
    return NOW + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("changes", "now", "state"),
    [
        ({}, NOW, "waiting"),
        ({}, hours(24), "waiting"),
        ({}, hours(24) + timedelta(seconds=1), "expired"),
        ({"allowed_at": hours(23)}, hours(23.1), "allowed"),
        ({"allowed_at": NOW}, minutes(15), "allowed"),
        ({"allowed_at": NOW}, minutes(15) + timedelta(seconds=1), "expired"),
        ({"allowed_at": NOW, "used_at": NOW}, NOW, "used"),
        ({"allowed_at": NOW, "used_at": NOW}, hours(48), "used"),
        ({"ended_by_id": ASKER}, NOW, "withdrawn"),
        ({"ended_by_id": SECOND}, NOW, "refused"),
        ({"ended_by_id": ASKER, "allowed_at": NOW}, NOW, "withdrawn"),
    ],
)
def test_state(changes, now, state):
    asked = Asked(**changes)

    assert state_of(asked, now) == RequestState(state)
    if state != "waiting":
        with pytest.raises(NoLongerAsked):
            check_waiting(asked, now)
    if state != "allowed":
        with pytest.raises(NoLongerAsked):
            check_usable(asked, ASKER, now)


@pytest.mark.parametrize(("who", "may"), [(SECOND, True), (ASKER, False), (None, False)])
def test_who_may_be_the_second(who, may):
    if may:
        check_second(Asked(), who)
    else:
        with pytest.raises(TakesTwo):
            check_second(Asked(), who)


@pytest.mark.parametrize(("who", "may"), [(SECOND, False), (ASKER, True), (None, False)])
def test_who_may_use_it(who, may):
    asked = Asked(allowed_at=NOW)

    if may:
        check_usable(asked, who, NOW)
    else:
        with pytest.raises(NoLongerAsked):
            check_usable(asked, who, NOW)


# --- the export ---


@pytest.fixture
def second(coordinator):
    return second_coordinator()[0]


@pytest.fixture
def made(caseworker):
    return told(
        caseworker,
        subjects=(replace(GIRL, identities=(NAME, PHONE)), SubjectAnswer(role="VUB")),
        words=Words(
            reporter=(IdentityAnswer(kind=IdentityKind.NAME, value="Kees Verzonnen"),),
        ),
        anonymity="open",
    )


def ask(by, *, now=NOW):
    return ask_export(
        wanted=WorkListFilter(),
        sort="ontvangen",
        query="",
        reason=ExportReason.LEGAL,
        by=by,
        now=now,
    )


def lines(file):
    return list(csv.reader(file.content.decode("utf-8-sig").splitlines(), delimiter=";"))


def allowed(coordinator, second):
    asked = ask(coordinator)
    return allow_request(request_id=asked.pk, by=second, now=NOW)


def test_file_names_the_subjects_and_never_the_reporter(made, coordinator, second):
    asked = allowed(coordinator, second)

    file = use_export(request_id=asked.pk, by=fresh(coordinator), now=minutes(15))

    head, girl, suspect = lines(file)
    assert head[:7] == [
        "Nummer", "Soort", "Ontvangen", "Precisie", "Rol", "Naam", "Andere naam",
    ]  # fmt: skip
    assert girl[:5] == [made.number, "Melding", "2024-06-24", "Dag", girl[4]]
    assert (girl[5], girl[8]) == ("Mina Verzonnen", "06 - 12 34 56 78")
    assert suspect[5:] == [""] * 9
    assert b"Kees" not in file.content
    assert (file.registrations, file.people, file.closed) == (1, 2, 0)


def test_log_has_each_step_and_no_name(made, coordinator, second):
    asked = allowed(coordinator, second)

    file = use_export(request_id=asked.pk, by=coordinator, now=NOW)

    events = [e for e in latest(coordinator.region.pk) if e.subject == f"request:{asked.pk}"]
    assert [(e.event, e.user_id) for e in events] == [
        ("identities.exported", coordinator.user_id),
        ("export.allowed", second.user_id),
        ("export.asked", coordinator.user_id),
    ]
    assert events[0].detail == {
        "reason": "legal",
        "rows": 1,
        "people": 2,
        "closed": 0,
        "registrations": manifest_of([made.pk]),
        "sha256": file.sha256,
    }


def test_what_was_registered_later_does_not_leave(made, coordinator, second):
    asked = allowed(coordinator, second)
    told(coordinator)

    file = use_export(request_id=asked.pk, by=coordinator, now=NOW)

    assert file.registrations == 1


def test_formula_in_a_name_is_no_formula(coordinator, second):
    told(
        coordinator,
        subjects=(replace(GIRL, identities=(replace(NAME, value="=HYPERLINK(1)"),)),),
    )
    asked = allowed(coordinator, second)

    file = use_export(request_id=asked.pk, by=coordinator, now=NOW)

    assert lines(file)[1][5] == "'=HYPERLINK(1)"


def test_registration_without_people_is_a_line(coordinator, second):
    made = registration(coordinator, kind=Kind.ADVICE)
    asked = allowed(coordinator, second)

    file = use_export(request_id=asked.pk, by=coordinator, now=NOW)

    assert lines(file)[1:] == [[made.number, "Advies", "2024-06-24", "Dag", *[""] * 10]]
    assert (file.registrations, file.people) == (1, 0)


def test_what_does_not_open_is_counted(made, coordinator, second):
    altered, shredded = told(coordinator), told(coordinator)
    row = Identity.objects.filter(registration=altered).first()
    row.delete()
    row.sealed = bytes(row.sealed)[:-1] + bytes([row.sealed[-1] ^ 1])
    row.save(force_insert=True)
    destroy(
        region_id=coordinator.region.pk,
        owner_id=shredded.pk,
        compartments=[Compartment.IDENTITY],
    )
    asked = allowed(coordinator, second)

    file = use_export(request_id=asked.pk, by=fresh(coordinator), now=NOW)

    assert [line[0] for line in lines(file)] == [
        "Nummer",
        made.number,
        made.number,
        "2 registraties staan hier niet bij: die konden niet worden geopend.",
    ]
    assert (file.registrations, file.closed) == (1, 2)


def test_keystore_away_uses_nothing_up(made, coordinator, second, settings):
    asked = allowed(coordinator, second)
    there, settings.KEYSTORE_URL = settings.KEYSTORE_URL, AWAY

    with pytest.raises(KeystoreAway):
        use_export(request_id=asked.pk, by=fresh(coordinator), now=NOW)

    settings.KEYSTORE_URL = there
    assert use_export(request_id=asked.pk, by=coordinator, now=NOW).registrations == 1


def test_queries_do_not_grow_with_registrations(coordinator, second, django_assert_max_num_queries):
    for _number in range(8):
        told(coordinator)
    asked = allowed(coordinator, second)

    with django_assert_max_num_queries(14):
        file = use_export(request_id=asked.pk, by=coordinator, now=NOW)

    assert file.people == 8


def test_nothing_fits(coordinator):
    with pytest.raises(NothingToExport):
        ask(coordinator)


def test_too_many(made, coordinator, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_REGISTRATIONS", 1)
    told(coordinator)

    with pytest.raises(TooManyPeople):
        ask(coordinator)


def test_same_asked_again_is_one_request(made, coordinator):
    assert ask(coordinator) == ask(coordinator)
    assert ask(coordinator, now=NOW + timedelta(days=2)) != ask(coordinator)


# --- who and when ---


def test_caseworker_neither_asks_nor_allows_nor_sees_an_export(made, caseworker, coordinator):
    asked = ask(coordinator)

    for action in (allow_request, refuse_request):
        with pytest.raises(NotAllowed):
            action(request_id=asked.pk, by=caseworker, now=NOW)
    with pytest.raises(NotAllowed):
        ask(caseworker)
    assert not open_requests(caseworker, NOW).exists()


def test_system_is_no_second_colleague(made, coordinator):
    asked = ask(coordinator)

    with pytest.raises(TakesTwo):
        allow_request(request_id=asked.pk, by=system_member(coordinator.region), now=NOW)


def test_right_is_gone_when_it_is_used(made, coordinator, second):
    asked = allowed(coordinator, second)
    demoted = replace(
        member(Role.CASEWORKER, region=coordinator.region), user_id=coordinator.user_id
    )

    with pytest.raises(NotAllowed):
        use_export(request_id=asked.pk, by=demoted, now=NOW)


def test_refused_is_refused(made, coordinator, second):
    asked = ask(coordinator)
    refuse_request(request_id=asked.pk, by=second, now=NOW)

    for action in (allow_request, refuse_request):
        with pytest.raises(NoLongerAsked):
            action(request_id=asked.pk, by=second, now=NOW)
    with pytest.raises(NoLongerAsked):
        use_export(request_id=asked.pk, by=coordinator, now=NOW)


def test_allowed_and_then_withdrawn(made, coordinator, second):
    asked = allowed(coordinator, second)

    with pytest.raises(NoLongerAsked):
        withdraw_request(request_id=asked.pk, by=second, now=NOW)
    withdraw_request(request_id=asked.pk, by=coordinator, now=NOW)

    with pytest.raises(NoLongerAsked):
        use_export(request_id=asked.pk, by=coordinator, now=NOW)


def test_request_of_another_region(made, coordinator, stranger):
    asked = ask(coordinator)
    elsewhere = replace(coordinator, region=stranger.region)

    for action in (allow_request, refuse_request, withdraw_request, use_export):
        with pytest.raises(NoSuchRequest):
            action(request_id=asked.pk, by=elsewhere, now=NOW)
    assert not open_requests(elsewhere, NOW).exists()


def test_request_for_something_else(made, coordinator, second):
    """An allowed reveal downloads nothing, and an allowed export reveals nobody."""
    reveal = ask_reveal(
        registration_id=made.pk, reason=RevealReason.SAFETY, by=coordinator, now=NOW
    )
    allow_request(request_id=reveal.pk, by=second, now=NOW)
    export = allowed(coordinator, second)

    with pytest.raises(NoSuchRequest):
        use_export(request_id=reveal.pk, by=coordinator, now=NOW)
    for registration_id, request_id in ((made.pk, export.pk), (uuid4(), reveal.pk)):
        with pytest.raises(NoSuchRequest):
            use_reveal(
                registration_id=registration_id, request_id=request_id, by=coordinator, now=NOW
            )


def test_what_counts_as_waiting(made, coordinator, second):
    asked = ask(coordinator)
    assert (count_requests(coordinator, NOW), count_requests(second, NOW)) == (0, 1)
    assert waiting_for(second, NOW).get() == asked

    allow_request(request_id=asked.pk, by=second, now=NOW)
    assert (count_requests(coordinator, NOW), count_requests(second, NOW)) == (1, 0)

    use_export(request_id=asked.pk, by=coordinator, now=NOW)
    assert (count_requests(coordinator, NOW), count_requests(second, NOW)) == (0, 0)


# --- the database, whatever the code says ---


@pytest.mark.parametrize(
    "changes",
    [
        {"allowed_by_id": ASKER, "allowed_at": NOW},
        {"allowed_by_id": SECOND},
        {"used_at": NOW},
        {"allowed_by_id": SECOND, "allowed_at": NOW, "used_at": NOW, "ended_at": NOW},
        {"kind": "reporter"},
    ],
)
def test_constraint(in_utrecht, changes):
    values = {"kind": "export", "reason": "legal", "asked_by_id": ASKER, "asked_at": NOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        TwoPersonRequest.objects.create(region=in_utrecht, **{**values, **changes})


def test_what_was_asked_is_never_changed(made, coordinator):
    asked = ask(coordinator)

    for column in ("asked_by_id", "registration_ids", "kind", "asked_at"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            asked.save(update_fields=[column])
