"""P34: whoever leaves is out within a minute and cannot read what comes next."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from tests.promises import house  # first: it makes Django ready

from django.conf import settings  # isort: skip
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baken.accounts import actions as accounts
from baken.accounts.actions import change_roles, disable_colleague
from baken.accounts.interface import Role, User, member_for, memberships_of
from baken.accounts.models import Membership
from baken.accounts.teams.actions import give_access, rewrap_slice, take_access
from baken.audit.interface import SYSTEM
from baken.keys import interface as keys
from baken.keys import keystore
from baken.keys.actions import teams
from baken.keys.interface import (
    Compartment,
    Keyring,
    Refused,
    make_own_key,
    open_or_make,
)
from baken.keys.models import Container, Seat, TeamEpoch, UserKey
from baken.keys.rules import seat_context, shred_context, team_context
from baken.lib.tenancy import region_scope
from baken.organisations.interface import Region, Team, region_by_code, teams_of
from baken.vault.interface import derive, open_with, unwrap_key
from tests.keyrings import keyring_of
from tests.promises.harness import Mutant, Promise

PAGE = reverse("teams:overview")


@dataclass(frozen=True)
class Desk:
    """A region with a team, its administrator, and a colleague who stays."""

    region: Region
    team: Team
    boss: User
    stays: User


@dataclass(frozen=True)
class Leaver:
    """Somebody of the team: the browser that is still open, and a copy of every key they ever had."""

    user: User
    client: Client
    keyring: Keyring
    copies: list


@contextmanager
def world():
    hosts = [*settings.ALLOWED_HOSTS, "testserver"]
    with house.database(), patch.object(settings, "ALLOWED_HOSTS", hosts):
        region = region_by_code("utrecht")
        with region_scope(region.pk):
            team = teams_of(region)[0]
        people = (User.objects.get(email=f"{slug}@demo.invalid") for slug in ("lou", "noor"))
        yield Desk(region, team, *people)


def leaves_for_good(desk, dice):
    """Somebody joins, works, copies every key there is to copy, and leaves in one of the ways there are.
    Their browser opens nothing within the minute; their copies open nothing that is sealed afterwards, nor
    what was sealed anew."""
    with region_scope(desk.region.pk):
        try:
            return _tried(desk, dice)
        finally:
            transaction.set_rollback(True)


def _tried(desk, dice):
    leaver = _join(desk)
    before = [_seal(desk, leaver.keyring) for _ in range(dice.randrange(1, 4))]
    if not _is_in(leaver.client) or len(_opened(leaver, before)) != len(before):
        return False  # a colleague who cannot work proves nothing
    is_out = dice.choice((_is_disabled, _gets_another_role, _loses_access))(desk, leaver)
    if is_out and _is_in(leaver.client):
        return False
    after = [_seal(desk, _fresh(desk.stays)) for _ in range(dice.randrange(1, 3))]
    closed = list(after)
    if dice.random() < 0.7:
        rewrap_slice(team_id=desk.team.pk, **_by(desk.stays))
        closed += before
    colleague = _fresh(desk.stays).open_many(_rows(before + after))
    return not _opened(leaver, closed) and len(colleague) == len(before + after)


def _join(desk):
    user = User.objects.create(
        email=f"{uuid4()}@demo.invalid", name="Tijdelijk Bedacht", password=make_password(None)
    )
    today = timezone.localdate()
    Membership.objects.create(user=user, region=desk.region, role=Role.CASEWORKER, valid_from=today)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    keyring = make_own_key(
        user_id=user.pk, passphrase="een zin van voorbij", by=SYSTEM, now=timezone.now()
    )
    give_access(team_id=desk.team.pk, user_id=user.pk, **_by(desk.stays))
    client = Client()
    client.force_login(user)
    session = client.session
    session.keyring = keyring
    session.save()
    return Leaver(user, client, keyring, list(keyring.team_keys(desk.region.pk).values()))


def _by(user):
    member = member_for(user, memberships_of(user, timezone.localdate()), None, _fresh(user))
    return {"by": member, "now": timezone.now()}


def _fresh(user):
    return keyring_of(user)


def _seal(desk, keyring):
    made = open_or_make(
        keyring=keyring, region_id=desk.region.pk, owner_id=uuid4(),
        compartment=Compartment.WORK, now=timezone.now(),
    )  # fmt: skip
    return made.id


# --- ways to leave: each answers whether the person is no colleague any more ---


def _is_disabled(desk, leaver):
    disable_colleague(user_id=leaver.user.pk, **_by(desk.boss))
    return True


def _gets_another_role(desk, leaver):
    roles = frozenset({Role.ANALYST})
    change_roles(user_id=leaver.user.pk, roles=roles, **_by(desk.boss))
    return True


def _loses_access(desk, leaver):
    take_access(team_id=desk.team.pk, user_id=leaver.user.pk, **_by(desk.boss))
    return False


# --- what the leaver tries ---


def _is_in(client):
    """Within the minute, with the cookie that was good just now; looking and sending."""
    with patch.object(timezone, "now", return_value=timezone.now() + timedelta(seconds=59)):
        return 200 in {client.get(PAGE).status_code, client.post(PAGE).status_code}


def _rows(ids):
    return list(Container.objects.filter(pk__in=ids))


def _opened(leaver, ids):
    """With the database and the keystore at hand, and every key they had: what opens."""
    rows, shreds = _rows(ids), keystore.fetch(ids)
    again = replace(leaver.keyring, _teams={})
    found = set(again.open_many(rows))
    keys = [copy.symmetric for copy in leaver.copies] + _seats_of_others(leaver)
    return found | {row.pk for row in rows if any(_unwraps(row, shreds, key) for key in keys)}


def _seats_of_others(leaver):
    """Whether what is sealed to somebody else opens with the leaver's own key."""
    found = []
    for seat in Seat.objects.all():
        for name in (seat.user_id, leaver.user.pk):
            try:
                info = seat_context(seat.epoch_id, name)
                private = open_with(leaver.keyring.private, bytes(seat.sealed), info=info)
            except Refused:
                continue
            found.append(derive(private, "baken/team/v1"))
    return found


def _unwraps(row, shreds, team_key):
    context = team_context(row.pk, row.compartment, row.region_id)
    try:
        inner = unwrap_key(bytes(row.sealed), under=shreds[row.pk], context=shred_context(row.pk))
        unwrap_key(inner, under=team_key, context=context)
    except Refused:
        return False
    return True


# --- defects ---


def _nothing(*_args, **_words):
    return 0


def _does_not_turn(*, team, **_words):
    return TeamEpoch.objects.filter(team=team).order_by("-number").first()


def _turns_for_everybody(*, members, _turn=teams.turn_keys, **words):
    everybody = UserKey.objects.values_list("user_id", flat=True)
    return _turn(members={*members, *everybody}, **words)


PROMISE = Promise(
    name="P34",
    says="Whoever leaves is out within a minute and cannot read what comes next",
    proven_by="a colleague who copied every key is disabled, gets another role or loses access; the browser "
    "that is open is tried 59 seconds later, and the copies, with database and keystore at hand, on what "
    "was sealed or rewrapped since; colleagues still open everything",
    trials={"ci": 8, "default": 150, "long": 10_000},
    trial=leaves_for_good,
    world=world,
    mutants=(
        Mutant(
            "the session goes on",
            ((accounts, "end_sessions_of", _nothing), (accounts, "_set_disabled", _nothing)),
        ),
        Mutant("keys do not turn", ((teams, "turn_keys", _does_not_turn),)),
        Mutant("new keys are for the leaver too", ((teams, "turn_keys", _turns_for_everybody),)),
        Mutant("rewrapping seals nothing anew", ((keys, "rewrap", _nothing),)),
    ),
)
