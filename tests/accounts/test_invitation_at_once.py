"""Many at the same moment, each with a connection of its own: five tries are five, and one is let in."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from baken.accounts.interface import User, member_for, memberships_of
from baken.accounts.invitations.actions import GUEST, accept_invitation, invite, try_code
from baken.accounts.invitations.models import Invitation
from baken.accounts.invitations.queries import DeadLink
from baken.lib.tenancy import region_scope
from tests.accounts.test_invitations import EMAIL, PASSPHRASE, SOFIE, other_than
from tests.own_database import own_database

__all__ = ["own_database"]


@pytest.fixture
def issued(own_database):
    lou = User.objects.get(email="lou@demo.invalid")
    by = member_for(lou, memberships_of(lou, timezone.localdate()), None)
    with region_scope(by.region.pk):
        return invite(invited=SOFIE, by=by, now=timezone.now())


def at_once(number, act):
    """What each of so many got, or the kind of refusal."""
    barrier, answers = threading.Barrier(number), []

    def run():
        barrier.wait(timeout=10)
        try:
            answers.append(act())
        except DeadLink as refusal:
            answers.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)
    return answers


def test_ten_wrong_codes_at_once(issued):
    words = {"token_hash": issued.invitation.token_hash, "code": other_than(issued.code)}

    answers = at_once(10, lambda: try_code(**words, by=GUEST, now=timezone.now()))

    assert sorted(answers, key=str) == [0, 1, 2, 3, 4, *["LinkVoid"] * 5]
    assert Invitation.objects.get().wrong_codes == 5


def test_accepted_four_times_at_once(issued):
    words = {"token_hash": issued.invitation.token_hash, "passphrase": PASSPHRASE}

    answers = at_once(4, lambda: accept_invitation(**words, by=GUEST, now=timezone.now()).email)

    assert sorted(answers) == ["LinkUsed", "LinkUsed", "LinkUsed", EMAIL]
    assert User.objects.filter(email=EMAIL).count() == 1
