"""P35: a reset passphrase gives nobody a dossier, and neither does an administrator."""

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from unittest.mock import patch
from uuid import uuid4

from tests.promises import house  # first: it makes Django ready

from django.conf import settings  # isort: skip
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baken.accounts.interface import (
    NotAllowed,
    NotInRegion,
    Role,
    User,
    member_for,
    memberships_of,
)
from baken.accounts.invitations import resets
from baken.accounts.models import Membership
from baken.accounts.own_keys import own_keys
from baken.accounts.teams import actions
from baken.accounts.teams.actions import (
    NotProvenYet,
    found_team,
    give_access,
    recover,
    take_access,
    turn_team,
)
from baken.accounts.teams.queries import who_may_open
from baken.audit.interface import SYSTEM, history
from baken.config.demo.people import one_time_codes
from baken.keys.actions import teams
from baken.keys.interface import (
    Compartment,
    HasKeys,
    NoOwnKey,
    NoSeat,
    NotUnlocked,
    Refused,
    TurnReason,
    found_recovery_again,
    make_own_key,
    open_or_make,
    seats_in,
)
from baken.keys.models import Container, RegionRecovery
from baken.lib.tenancy import region_scope
from baken.mail.models import Mail
from baken.mail.sealing import open_content
from baken.organisations.interface import Region, Team, region_by_code, teams_of
from tests.fresh import just_logged_in
from tests.keyrings import keyring_of
from tests.promises.harness import Mutant, Promise

RESET = "vier gewone losse woorden"
REFUSALS = (
    HasKeys, NoOwnKey, NoSeat, NotAllowed, NotInRegion, NotProvenYet, NotUnlocked, Refused,
)  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A region with a team, its administrator, somebody who forgets, somebody who stays, and the shares."""

    region: Region
    team: Team
    boss: User
    forgets: User
    stays: User
    shares: list


@contextmanager
def world():
    hosts = [*settings.ALLOWED_HOSTS, "testserver"]
    with house.database(), patch.object(settings, "ALLOWED_HOSTS", hosts):
        region = region_by_code("utrecht")
        slugs = ("lou", "sam", "noor")
        boss, forgets, stays = (User.objects.get(email=f"{s}@demo.invalid") for s in slugs)
        with region_scope(region.pk):
            RegionRecovery.objects.update(proven_at=None)
            keyring, now = keyring_of(stays), timezone.now()
            made = found_recovery_again(region=region, keyring=keyring, by=SYSTEM, now=now)
            shares = [" ".join(groups) for groups in made]
            RegionRecovery.objects.update(proven_at=now)
            team = teams_of(region)[0]
        yield Desk(region, team, boss, forgets, stays, shares)


def opens_only_for_who_was_let_in(desk, dice):
    """An administrator replaces somebody's passphrase or brings a person of their own, and tries everything
    to let them in. Nothing opens until a colleague or two shares do, and the log says so."""
    with region_scope(desk.region.pk):
        try:
            return _tried(desk, dice)
        finally:
            transaction.set_rollback(True)


def _tried(desk, dice):
    pks = [_seal(desk) for _ in range(dice.randrange(1, 4))]
    user, keyring = dice.choice((_resets_passphrase, _offers_another, _adds_own_person))(desk)
    attempts = [_gives, _founds, _turns, _guesses_shares, _takes_others_away]
    for attempt in dice.sample(attempts, dice.randrange(len(attempts) + 1)):
        with suppress(*REFUSALS), transaction.atomic():
            attempt(desk, user, dice)
    pks.append(_seal(desk))
    if keyring is None:
        return own_keys(user, RESET, now=timezone.now()) is None
    if _opens(keyring, pks) or user.pk in seats_in(desk.team):
        return False
    event = dice.choice((_let_in_by_colleague, _let_in_by_shares))(desk, user, dice)
    return len(_opens(keyring, pks)) == len(pks) and _is_logged(desk, event, user)


def _seal(desk):
    made = open_or_make(
        keyring=keyring_of(desk.stays), region_id=desk.region.pk, owner_id=uuid4(),
        compartment=Compartment.WORK, now=timezone.now(),
    )  # fmt: skip
    return made.id


def _opens(keyring, pks):
    keyring._teams.clear()
    return keyring.open_many(list(Container.objects.filter(pk__in=pks)))


def _by(user):
    keyring = keyring_of(user)
    member = member_for(user, memberships_of(user, timezone.localdate()), None, keyring)
    return {"by": member, "now": timezone.now()}


# --- how the administrator begins: whose keys are tried, if any open ---


def _resets_passphrase(desk):
    """The hash is replaced: that opens the door, and not the keys."""
    User.objects.filter(pk=desk.forgets.pk).update(password=make_password(RESET))
    return desk.forgets, None


def _offers_another(desk):
    """Through the screens, by an administrator who reads the mail and holds the second factor too."""
    cache.clear()
    sent = _logged_in(desk.boss).post(reverse("invitations:new-passphrase", args=[desk.forgets.pk]))
    mail, guest = Mail.objects.get(), Client()
    link = re.search(r"/uitnodiging/\S+", open_content(bytes(mail.sealed), mail.pk).text.body)[0]
    guest.get(link)
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}(?=</strong>)", sent.content.decode())[0]
    guest.post(reverse("invitations:code"), {"code": code})
    guest.post(reverse("invitations:passphrase"), {"passphrase": RESET, "again": RESET})
    guest.post(reverse("account_login"), {"login": desk.forgets.email, "password": RESET})
    guest.post(reverse("mfa_authenticate"), {"code": one_time_codes()[1]})
    if guest.get("/registraties/").status_code != 200:
        raise AssertionError("Who was given another passphrase is not in.")
    return desk.forgets, guest.session.keyring


def _logged_in(user):
    client = Client()
    client.force_login(user)
    session = client.session
    session.update(just_logged_in(user))
    session.save()
    return client


def _adds_own_person(desk):
    user = User.objects.create(email=f"{uuid4()}@demo.invalid", name="Stroman Bedacht")
    today = timezone.localdate()
    Membership.objects.create(user=user, region=desk.region, role=Role.CASEWORKER, valid_from=today)
    return user, make_own_key(user_id=user.pk, passphrase=RESET, by=SYSTEM, now=timezone.now())


# --- what the administrator tries ---


def _gives(desk, user, dice):
    give_access(team_id=desk.team.pk, user_id=user.pk, **_by(desk.boss))


def _founds(desk, user, dice):
    found_team(team_id=desk.team.pk, user_ids=[user.pk], **_by(desk.boss))


def _turns(desk, user, dice):
    turn_team(team_id=desk.team.pk, reason=TurnReason.AGE, **_by(desk.boss))


def _takes_others_away(desk, user, dice):
    take_access(team_id=desk.team.pk, user_id=desk.forgets.pk, **_by(desk.boss))


def _guesses_shares(desk, user, dice):
    """One real share, and one with a group of another."""
    one, other = dice.sample(desk.shares, 2)
    mixed = other.split()[:5] + one.split()[5:]
    recover(shares=[one, " ".join(mixed)], user_ids=[user.pk], **_by(desk.boss))


# --- what does let somebody in ---


def _let_in_by_colleague(desk, user, dice):
    give_access(team_id=desk.team.pk, user_id=user.pk, **_by(desk.stays))
    return f"team:{desk.team.pk}", "team.seat_given", desk.stays.pk


def _let_in_by_shares(desk, user, dice):
    shares = dice.sample(desk.shares, 2)
    recover(shares=shares, user_ids=[user.pk], **_by(desk.boss))
    return f"region:{desk.region.pk}", "recovery.used", desk.boss.pk


def _is_logged(desk, event, user):
    subject, name, actor = event
    return any(
        (past.event, past.user_id) == (name, actor) and str(user.pk) in str(past.detail["to"])
        for past in history(subject)
        if "to" in past.detail
    )


# --- defects ---


def _everybody_who_may(team):
    return who_may_open(team.region, timezone.localdate())


def _founds_again(*, team, members, by, now):
    return teams.turn_keys(team=team, members=members, reason=TurnReason.FOUNDED, by=by, now=now)


def _nothing(*_args, **_words):
    return None


def _makes_keys_anew(user, passphrase, *, now):
    return make_own_key(user_id=user.pk, passphrase=passphrase, by=SYSTEM, now=now)


PROMISE = Promise(
    name="P35",
    says="A reset passphrase or an administrator gives nobody a dossier",
    proven_by="an administrator replaces a passphrase, offers another through the screens and chooses it "
    "too, or adds a person of their own, then gives, founds, turns, takes and recovers with a forged share, "
    "in any order; nothing opens until a colleague or two real shares let that person in, and the log has "
    "who did",
    trials={"ci": 10, "default": 200, "long": 10_000},
    trial=opens_only_for_who_was_let_in,
    world=world,
    mutants=(
        Mutant(
            "new keys are for everybody with a role", ((actions, "seats_in", _everybody_who_may),)
        ),
        Mutant("a team is founded twice", ((actions.keys, "found_keys", _founds_again),)),
        Mutant("letting somebody in is not logged", ((teams, "_record", _nothing),)),
        Mutant("a lost passphrase leaves its seats", ((resets, "drop_seats", _nothing),)),
    ),
)
