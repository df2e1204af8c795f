"""What somebody who is gone still had in hand goes back to the team."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from baken.accounts.interface import (
    NotAllowed,
    Role,
    User,
    change_roles,
    disable_colleague,
    system_member,
)
from baken.audit.interface import history
from baken.casework.actions.hand_over import hand_over
from baken.casework.actions.steps import take_registration
from baken.casework.models import Registration
from baken.casework.queries.hand_over import to_hand_over
from baken.casework.states import State
from baken.lib.tenancy import set_region
from tests.factories import NOW, member, registration_at

pytestmark = pytest.mark.django_db
PAGE = reverse("casework:hand-over", urlconf="baken.config.urls_office")
LIST = reverse("casework:registration-list", urlconf="baken.config.urls_office")


@pytest.fixture
def taken(caseworker):
    return registration_at(State.ACTIVE, caseworker)


def leave(by, user_id):
    disable_colleague(user_id=user_id, by=by, now=timezone.now())


def found(by):
    return list(to_hand_over(by, timezone.localdate()))


def text_of(response):
    return response.content.decode()


def test_work_of_who_is_in_stays(taken, coordinator):
    assert found(coordinator) == []


def test_work_of_who_was_disabled(taken, caseworker, coordinator, administrator):
    leave(administrator, caseworker.user_id)

    assert found(coordinator) == [taken]


def test_work_of_who_has_another_role_now(taken, caseworker, coordinator, administrator):
    change_roles(
        user_id=caseworker.user_id,
        roles=frozenset({Role.ANALYST}),
        by=administrator,
        now=timezone.now(),
    )

    assert found(coordinator) == [taken]


@pytest.mark.parametrize("state", [State.NEW, State.CLOSED])
def test_what_nobody_works_on(caseworker, coordinator, administrator, state):
    registration_at(state, caseworker)
    leave(administrator, caseworker.user_id)

    assert found(coordinator) == []


def test_given_back(taken, caseworker, coordinator, administrator):
    leave(administrator, caseworker.user_id)

    assert hand_over(registration_ids=[taken.pk], by=coordinator, now=timezone.now()) == 1

    row = Registration.objects.get(pk=taken.pk)
    assert (row.state, row.handler_id) == (State.NEW, None)
    last = history(taken.subject)[0]
    assert (last.event, last.user_id) == ("registration.released", coordinator.user_id)


def test_what_cannot_be_given_back(taken, caseworker, coordinator, administrator):
    """Somebody who is still in, somebody who took over meanwhile, an id of nobody, the same twice."""
    now = timezone.now()
    assert hand_over(registration_ids=[taken.pk, uuid4()], by=coordinator, now=now) == 0
    leave(administrator, caseworker.user_id)
    take_registration(registration_id=taken.pk, by=coordinator, now=NOW)

    assert hand_over(registration_ids=[taken.pk] * 2, by=coordinator, now=now) == 0
    assert Registration.objects.get(pk=taken.pk).handler_id == coordinator.user_id


def test_another_region(taken, caseworker, administrator, flevoland):
    leave(administrator, caseworker.user_id)
    set_region(flevoland.pk)
    by = system_member(flevoland)

    assert found(by) == []
    assert hand_over(registration_ids=[taken.pk], by=by, now=timezone.now()) == 0


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_without_the_right(utrecht, role):
    with pytest.raises(NotAllowed):
        hand_over(registration_ids=[], by=member(role, region=utrecht), now=NOW)


def test_screen(taken, caseworker, administrator, coordinator_client):
    assert "Over te dragen" not in text_of(coordinator_client.get(LIST))
    leave(administrator, caseworker.user_id)
    assert "Over te dragen" in text_of(coordinator_client.get(LIST))

    page = text_of(coordinator_client.get(PAGE))
    noor = User.objects.get(pk=caseworker.user_id)
    assert taken.number in page
    assert noor.name in page
    answer = coordinator_client.post(PAGE, {"registration": [str(taken.pk)]}, follow=True)
    assert "1 registratie is teruggegeven aan het team." in text_of(answer)
    assert "Niets over te dragen" in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "status"), [("x", 404), ("", 404), ("\x00", 404), (str(UUID(int=5)), 302)]
)
def test_what_is_no_registration(coordinator_client, sent, status):
    assert coordinator_client.post(PAGE, {"registration": sent}).status_code == status


def test_nothing_sent(coordinator_client):
    assert coordinator_client.post(PAGE).status_code == 302


def test_queries_do_not_grow(
    caseworker, coordinator_client, administrator, django_assert_max_num_queries
):
    for _ in range(5):
        registration_at(State.ACTIVE, caseworker)
    leave(administrator, caseworker.user_id)

    with django_assert_max_num_queries(16):
        assert coordinator_client.get(PAGE).status_code == 200
