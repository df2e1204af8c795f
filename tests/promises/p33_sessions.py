"""P33: a session cannot be fixed, ends for good, and is not in the database."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from unittest.mock import patch

from tests.promises import house  # first: it makes Django ready

from allauth.mfa.totp.internal.auth import (  # isort: skip
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baken.accounts import actions, adapters, sessions
from baken.accounts.interface import Role, User, system_member
from baken.accounts.models import Membership, Session
from baken.accounts.sessions import SessionStore
from baken.config.demo.people import PASSPHRASE, TOTP_SECRET
from baken.lib.tenancy import region_scope
from tests.promises.harness import Mutant, Promise

PAGE = "/registraties/"
PEOPLE = ("noor", "sam")  # lou stays the administrator
# Each change of passphrase takes the one that is not in use.
TWO = ("vier gewone losse woorden", "nog vier andere losse woorden")
# What a browser is told about the cookie where people work, behind TLS.
REAL = """
import json
from baken.config import settings as s
print(json.dumps([s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,
    s.SESSION_COOKIE_SAMESITE, s.SESSION_EXPIRE_AT_BROWSER_CLOSE]))
"""
WANTED = ["__Host-baken-office-session", True, True, "Strict", True]


@dataclass(frozen=True)
class Office:
    """A house, the passphrases of its people, and what it says of the cookie outside the loopback."""

    flags: list
    passphrases: dict


@dataclass(frozen=True)
class LogIn:
    """Somebody who is in, with the cookie that was there before, if any."""

    office: Office
    user: User
    client: Client
    before: str | None

    @property
    def cookie(self):
        return self.client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def world():
    hosts = [*settings.ALLOWED_HOSTS, "testserver"]
    emails = [f"{slug}@demo.invalid" for slug in PEOPLE]
    with house.database(), patch.object(settings, "ALLOWED_HOSTS", hosts):
        # The same passphrase, hashed so that trying it costs nothing here.
        User.objects.filter(email__in=emails).update(password=make_password(PASSPHRASE))
        yield Office(_flags(), dict.fromkeys(emails, PASSPHRASE))


def _flags():
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("BAKEN_", "DJANGO_"))}
    environment = {**plain, "BAKEN_SITE": "office", "BAKEN_LOOPBACK": "0"}
    words = [sys.executable, "-c", REAL]
    return json.loads(
        subprocess.run(words, env=environment, capture_output=True, check=True).stdout
    )


def ends_for_good(office, dice):
    """Somebody logs in, perhaps with a cookie that was planted; then the session ends in one of the
    ways it can. Neither the planted cookie, nor the row of the database, nor a copy opens anything."""
    email = dice.choice(sorted(office.passphrases))
    found = _log_in(office, email, dice.choice((_none, _invented, _planted)))
    if found is None or not _is_in(found.cookie):
        return False
    row = Session.objects.filter(user=found.user).latest("created_at")
    others = [row.key_hash, *([found.before] if found.before else [])]
    safe = office.flags == WANTED and _is_set_well(found)
    safe = safe and found.before != found.cookie and not any(map(_is_in, others))
    copies = [found.cookie, _log_in_elsewhere(found)]
    with dice.choice(ENDINGS)(found) as ended:
        return safe and not any(map(_is_in, copies[:ended]))


def _log_in(office, email, prepared):
    cache.clear()  # remembers which one-time codes were used, and how often somebody tried
    client, user = Client(), User.objects.get(email=email)
    before = prepared()
    if before:
        client.cookies[settings.SESSION_COOKIE_NAME] = before
    words = {"login": email, "password": office.passphrases[email]}
    client.post(reverse("account_login"), words)
    half_way = client.cookies[settings.SESSION_COOKIE_NAME].value
    for counter in yield_hotp_counters_from_time():
        code = format_hotp_value(hotp_value(TOTP_SECRET, counter))
        if client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302:
            found = LogIn(office, user, client, before)
            # Whoever saw the passphrase go in has no use for the cookie of that moment.
            return None if half_way == found.cookie else found
    return None


def _log_in_elsewhere(found):
    client = Client()
    client.force_login(found.user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _none():
    return None


def _invented():
    return "A" * 43


def _planted():
    """A session of the attacker's own making, not logged in."""
    store = SessionStore()
    store["visited"] = True
    store.save()
    return store.session_key


def _is_in(cookie):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return client.get(PAGE).status_code == 200


def _is_set_well(found):
    told = found.client.cookies[settings.SESSION_COOKIE_NAME]
    return (told["httponly"], told["samesite"], told["path"], told["domain"], told["max-age"]) == (
        *(True, "Strict", "/", ""),
        "",
    )


# --- endings: each yields how many of the two sessions it ends, and undoes what it did to the person ---


@contextmanager
def _logs_out(found):
    found.client.post(reverse("account_logout"))
    yield 1  # the other browser stays in


@contextmanager
def _changes_passphrase(found):
    old = found.office.passphrases[found.user.email]
    new = TWO[0] if old != TWO[0] else TWO[1]
    words = {"oldpassword": old, "password1": new, "password2": new}
    found.client.post(reverse("account_change_password"), words)
    assert User.objects.get(pk=found.user.pk).check_password(new)
    found.office.passphrases[found.user.email] = new
    yield 2


@contextmanager
def _gets_another_role(found):
    own = Membership.objects.open().filter(user=found.user)
    has = {Role(role) for role in own.values_list("role", flat=True)}
    # Noor and Sam stay in the team whose keys they open; that turns no keys.
    roles = {Role.CASEWORKER, Role.FOCAL_POINT} if len(has) == 1 else {Role.CASEWORKER}
    with _as_system(found) as words:
        actions.change_roles(roles=frozenset(roles), **words)
    yield 2


@contextmanager
def _is_disabled(found):
    with _as_system(found) as words:
        actions.disable_colleague(**words)
    yield 2
    with _as_system(found) as words:
        actions.enable_colleague(**words)


@contextmanager
def _as_system(found):
    region = Membership.objects.open().filter(user=found.user).first().region
    with region_scope(region.pk):
        yield {"user_id": found.user.pk, "by": system_member(region), "now": timezone.now()}


def _by_the_clock(**old):
    @contextmanager
    def ending(found):
        own = Session.objects.filter(user=found.user)
        own.update(**{name: timezone.now() - age for name, age in old.items()})
        yield 2

    return ending


ENDINGS = (
    _logs_out,
    _changes_passphrase,
    _gets_another_role,
    _is_disabled,
    _by_the_clock(last_used_at=timedelta(seconds=901)),
    _by_the_clock(created_at=timedelta(hours=10, seconds=1)),
)


# --- defects ---


def _nothing(*_args, **_words):
    return 0


def _without(name, _alive=sessions._alive):
    return lambda now: {field: at for field, at in _alive(now).items() if field != name}


def _constant(_self):
    return "the same for every passphrase"


def _itself(cookie):
    return cookie


PROMISE = Promise(
    name="P33",
    says="A session cannot be fixed, ends for good, and a stolen table of sessions opens none",
    proven_by="real log-ins with both factors, most with a cookie that was there before; then log-out, "
    "a new passphrase, another role, disabling, 15 minutes or ten hours; after which every copy, "
    "the cookie of before and the row of the database are tried once; and the cookie's flags",
    trials={"ci": 24, "default": 200, "long": 10_000},
    trial=ends_for_good,
    world=world,
    mutants=(
        Mutant("the cookie of before log-in stays", ((SessionStore, "cycle_key", _nothing),)),
        Mutant("log-out leaves the session in the database", ((SessionStore, "delete", _nothing),)),
        Mutant("another role ends no session", ((actions, "end_sessions_of", _nothing),)),
        Mutant(
            "a new passphrase ends no session",
            (
                (adapters, "end_sessions_of", _nothing),
                (User, "get_session_auth_hash", _constant),
            ),
        ),
        Mutant("unused sessions live on", ((sessions, "_alive", _without("last_used_at")),)),
        Mutant("a session in use lives on", ((sessions, "_alive", _without("created_at")),)),
        Mutant("the database holds the cookie itself", ((sessions, "fingerprint", _itself),)),
        Mutant("a script may read the cookie", ((settings, "SESSION_COOKIE_HTTPONLY", False),)),
    ),
)
