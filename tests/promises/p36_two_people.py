"""P36: one person alone cannot see a reporter, nor take identities along."""

import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from tests.promises import house  # first: it makes Django ready

import psycopg  # isort: skip
from django.db import IntegrityError, transaction
from django.utils import timezone

from baken.accounts.interface import (
    Member,
    NotAllowed,
    NotInRegion,
    Role,
    User,
    member_for,
    memberships_of,
)
from baken.accounts.permissions import permissions_of
from baken.audit.interface import history
from baken.casework.actions import two_people
from baken.casework.actions.exporting import ask_export, use_export
from baken.casework.actions.registrations import register
from baken.casework.actions.revealing import ask_reveal, use_reveal
from baken.casework.actions.two_people import allow_request, refuse_request, withdraw_request
from baken.casework.models import TwoPersonRequest
from baken.casework.queries.worklist import WorkListFilter
from baken.casework.rules import two_people as rules
from baken.casework.rules.answers import IdentityAnswer, SubjectAnswer, Words
from baken.casework.rules.two_people import NoLongerAsked, TakesTwo
from baken.casework.states import ExportReason, IdentityKind, RequestState, RevealReason
from baken.lib.tenancy import region_scope
from tests.factories import answers
from tests.keyrings import keyring_of
from tests.promises.harness import Mutant, Promise

REFUSED = (TakesTwo, NoLongerAsked, NotAllowed, NotInRegion, IntegrityError)
REPORTER, SUBJECT = "Kees Verzonnen", "Mina Verzonnen"
THIS = sys.modules[__name__]


@dataclass(frozen=True)
class Office:
    """Colleagues of one team with the same rights, one without, and the same person in another region."""

    asker: Member
    second: Member
    reader: Member
    elsewhere: Member
    registrations: tuple


@contextmanager
def world():
    with house.database() as url, psycopg.connect(url, autocommit=True) as superuser:
        _prepare(superuser)
        asker, second, reader = (_member(slug, role) for slug, role in CAST)
        elsewhere = replace(second, region=_member("bo", Role.COORDINATOR).region)
        with region_scope(asker.region.pk):
            made = tuple(_told(asker) for _number in range(2))
        superuser.execute("DELETE FROM audit_pending")  # nobody chains here, and nobody has to wait
        yield Office(asker, second, reader, elsewhere, made)


CAST = (
    ("robin", Role.COORDINATOR),
    ("noor", Role.COORDINATOR),
    ("sam", Role.BEHAVIOURAL_SCIENTIST),  # sees registrations, neither changes nor exports them
)


def _prepare(_superuser):
    """Nothing: the house as it is built."""


def _member(slug, role):
    user = User.objects.get(email=f"{slug}@demo.invalid")
    own = member_for(user, memberships_of(user, user.created_at.date()), None, keyring_of(user))
    roles = frozenset({role})
    return replace(own, roles=roles, permissions=permissions_of(roles))


def _told(by):
    """A melding of which the reporter and one subject are known."""
    who, girl = (IdentityAnswer(kind=IdentityKind.NAME, value=name) for name in (REPORTER, SUBJECT))
    return register(
        draft_id=uuid4(),
        answers=answers(
            subjects=(SubjectAnswer(role="MSO", identities=(girl,)),), anonymity="open"
        ),
        words=Words(reporter=(who,)),
        by=by,
        now=timezone.now(),
    )


def takes_two(office, dice):
    """Something is asked; then one of the ways round the second colleague is tried, or none. Only without one
    does it open, once, and the log names both. Three ways a trial, each on a request of its own."""
    return all(_holds(office, dice, way) for way in dice.sample(WAYS, 3))


def _holds(office, dice, way):
    with region_scope(office.asker.region.pk):
        try:
            thing = dice.choice((_Reveal, _Export))(office, dice)
            return way(office, thing, thing.ask(), dice)
        finally:
            transaction.set_rollback(True)


# --- what is asked ---


@dataclass(frozen=True)
class _Thing:
    office: Office
    dice: object

    def now(self, minutes=0):
        return timezone.now() + timedelta(minutes=minutes)


class _Reveal(_Thing):
    secret, event, steps = REPORTER, "reporter.shown", "reveal"

    def ask(self):
        made = self.dice.choice(self.office.registrations)
        return ask_reveal(
            registration_id=made.pk,
            reason=RevealReason.SAFETY,
            by=self.office.asker,
            now=self.now(),
        )

    def use(self, asked, by, now, *, other=False):
        which = next(
            made.pk
            for made in self.office.registrations
            if (made.pk != asked.registration_id) is other
        )
        found = use_reveal(registration_id=which, request_id=asked.pk, by=by, now=now)
        return " ".join(each.value for each in found)


class _Export(_Thing):
    secret, event, steps = SUBJECT, "identities.exported", "export"

    def ask(self):
        return ask_export(
            wanted=WorkListFilter(), sort="ontvangen", query="", reason=ExportReason.SAFETY,
            by=self.office.asker, now=self.now(),
        )  # fmt: skip

    def use(self, asked, by, now, *, other=False):
        if other:  # as if it were a request to see a reporter
            made = self.office.registrations[0]
            return use_reveal(registration_id=made.pk, request_id=asked.pk, by=by, now=now)
        return use_export(request_id=asked.pk, by=by, now=now).content.decode()


# --- ways round the second colleague: each answers whether everything was refused ---


def _alone(office, thing, asked, dice):
    return _is_refused(thing.use, asked, office.asker, thing.now())


def _twice_the_same(office, thing, asked, dice):
    """Somebody allows their own request, in another session: the same person, another object and keys."""
    again = replace(office.asker, keyring=keyring_of(User.objects.get(pk=office.asker.user_id)))
    allowed = _is_refused(_allow, asked, again, thing.now())
    return allowed and _is_refused(thing.use, asked, office.asker, thing.now())


def _without_the_right(office, thing, asked, dice):
    """A reader; of an export, also a caseworker."""
    allowed = _is_refused(_allow, asked, office.reader, thing.now())
    return allowed and _is_refused(thing.use, asked, office.asker, thing.now())


def _from_another_region(office, thing, asked, dice):
    allowed = _is_refused(_allow, asked, office.elsewhere, thing.now())
    return allowed and _is_refused(thing.use, asked, office.asker, thing.now())


def _too_late_to_use(office, thing, asked, dice):
    _allow(asked, office.second, thing.now())
    after = dice.uniform(15.01, 60 * 24 * 7)
    return _is_refused(thing.use, asked, office.asker, thing.now(after))


def _too_late_to_allow(office, thing, asked, dice):
    after = dice.uniform(60 * 24 + 0.1, 60 * 24 * 7)
    return _is_refused(_allow, asked, office.second, thing.now(after))


def _used_twice(office, thing, asked, dice):
    _allow(asked, office.second, thing.now())
    thing.use(asked, office.asker, thing.now())
    return _is_refused(thing.use, asked, office.asker, thing.now(dice.uniform(0, 14)))


def _by_who_allowed(office, thing, asked, dice):
    _allow(asked, office.second, thing.now())
    return _is_refused(thing.use, asked, office.second, thing.now())


def _for_something_else(office, thing, asked, dice):
    _allow(asked, office.second, thing.now())
    return _is_refused(thing.use, asked, office.asker, thing.now(), other=True)


def _refused_or_withdrawn(office, thing, asked, dice):
    is_own = dice.random() < 0.5
    end, by = (withdraw_request, office.asker) if is_own else (refuse_request, office.second)
    end(request_id=asked.pk, by=by, now=thing.now())
    allowed = _is_refused(_allow, asked, office.second, thing.now())
    return allowed and _is_refused(thing.use, asked, office.asker, thing.now())


def _by_two(office, thing, asked, dice):
    """Two of one team: it opens, and the log has who asked, who allowed and who saw."""
    _allow(asked, office.second, thing.now(dice.uniform(0, 60 * 23)))
    allowed_at = TwoPersonRequest.objects.get(pk=asked.pk).allowed_at
    shown = thing.use(asked, office.asker, allowed_at + timedelta(minutes=dice.uniform(0, 14.9)))
    return thing.secret in shown and _steps(asked) == [
        (thing.event, office.asker.user_id),
        (f"{thing.steps}.allowed", office.second.user_id),
        (f"{thing.steps}.asked", office.asker.user_id),
    ]


WAYS = (
    _alone,
    _twice_the_same,
    _without_the_right,
    _from_another_region,
    _too_late_to_use,
    _too_late_to_allow,
    _used_twice,
    _by_who_allowed,
    _for_something_else,
    _refused_or_withdrawn,
    _by_two,
)


def _allow(asked, by, now):
    return allow_request(request_id=asked.pk, by=by, now=now)


def _is_refused(action, *args, **words):
    try:
        with transaction.atomic():
            action(*args, **words)
    except REFUSED:
        return True
    return False


def _steps(asked):
    """What the log has of a request, newest first; a registration has more than that."""
    past = history(two_people.subject_of(asked))
    return [(each.event, each.user_id) for each in past if each.event != "registration.made"]


# --- defects ---


def _nothing(*_args, **_words):
    pass


def _without_the_constraint(superuser):
    """The database refuses by itself that one person is both; that wall is taken down first."""
    superuser.execute(
        "ALTER TABLE casework_twopersonrequest DROP CONSTRAINT casework_request_takes_two"
    )


def _never_expires(_request, _now):
    return False


def _forgets_use(request, now, _state_of=rules.state_of):
    state = _state_of(request, now)
    return RequestState.ALLOWED if state == RequestState.USED else state


def _anybody_uses(request, _user_id, now):
    rules.check_usable(request, request.asked_by_id, now)


PROMISE = Promise(
    name="P36",
    says="One person alone neither sees a reporter nor takes identities along; two of one team do",
    proven_by="each is asked by one colleague and then tried alone, allowed by the same person in another "
    "session, by somebody without the right or of another region, too late to allow or to use, used twice, "
    "used by who allowed it, for another registration or another thing, refused and withdrawn; and allowed "
    "by a second colleague, after which it opens once and the log names both",
    trials={"ci": 40, "default": 1_000, "long": 50_000},
    trial=takes_two,
    world=world,
    mutants=(
        Mutant(
            "one person may be both",
            ((two_people, "check_second", _nothing), (THIS, "_prepare", _without_the_constraint)),
        ),
        Mutant("a request is used twice", ((rules, "state_of", _forgets_use),)),
        Mutant("a request never ends", ((rules, "is_expired", _never_expires),)),
        Mutant("allowing needs no right", ((two_people, "check_right", _nothing),)),
        Mutant(
            "whoever finds an allowed request uses it",
            ((two_people, "check_usable", _anybody_uses),),
        ),
    ),
)
