"""Tasks inside the house for which somebody needs keys. As the office."""

import resource
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import timedelta
from importlib import import_module
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django.utils.crypto import get_random_string

from baken.accounts.interface import Member, User, member_for, memberships_of
from baken.accounts.middleware import SECOND_FACTOR_KEY
from baken.audit.interface import SYSTEM
from baken.casework.actions.registrations import register
from baken.casework.actions.words import add_note
from baken.casework.interface import Answers, Kind
from baken.casework.rules.answers import Words
from baken.keys import keystore
from baken.keys.actions.containers import wrapped
from baken.keys.interface import (
    Compartment,
    TurnReason,
    found_recovery,
    make_own_key,
    turn_keys,
)
from baken.keys.interface import rewrap as rewrap_slice
from baken.keys.interface import unlock as unlock_keys
from baken.keys.models import Container
from baken.lib.dates import PartialDate, Precision
from baken.lib.tenancy import region_scope
from baken.organisations.interface import Region, Team, open_team, region_by_code
from baken.vault.interface import new_key, passphrase_key, unwrap_key, wrap_key
from bench.people import Colleague

PASSPHRASE = "een lange zin om te meten"
_TEXT = "Zij vertelt dat zij boven de zaak slaapt en haar papieren niet heeft. " * 6


def told(region_code: str, fields: str) -> dict[str, object]:
    """A registration with so many sealed fields, one without any, and a colleague who opens them."""
    region = region_by_code(region_code)
    with region_scope(region.pk):
        member, colleague = _with_keys(region)
        now = timezone.now()
        sealed = _registration(member, Words(summary=_TEXT))
        for number in range(int(fields) - 1):
            add_note(registration_id=UUID(sealed), text=f"{number} {_TEXT}", by=member, now=now)
        clear = _registration(member, Words())
    return {"colleague": asdict(colleague), "sealed": sealed, "clear": clear}


def unlock(times: str) -> dict[str, float]:
    """So many passphrases become keys at once; beside that, bare Argon2id in turns. Without the database:
    the office has no more threads than connections."""
    salt, pepper = bytes(16), bytes(32)
    before = _megabytes()
    with ThreadPoolExecutor(int(times)) as pool:
        began = time.perf_counter()
        opened = list(
            pool.map(
                lambda _: passphrase_key(PASSPHRASE, salt=salt, pepper=pepper),
                range(int(times)),
            )
        )
        seconds = time.perf_counter() - began
    if len(set(opened)) != 1:
        raise ValueError("One passphrase gave two keys.")
    more = _megabytes() - before
    return {"seconds": seconds, "floor": _bare_argon2(int(times)), "megabytes": more}


def rewrap(region_code: str, containers: str) -> dict[str, float]:
    """The team's keys turn, and every container key is sealed under the new one; beside that, opening and
    sealing as many keys twice in memory."""
    region = region_by_code(region_code)
    with region_scope(region.pk):
        member, _colleague = _with_keys(region)
        _fill(region, member, int(containers))
        team = Team.objects.get(region=region)
        later = timezone.now() + timedelta(seconds=1)
        users = [member.user_id] if member.user_id else []
        turn_keys(team=team, members=users, reason=TurnReason.AGE, by=SYSTEM, now=later)
    keyring = _opened(member)
    began, done = time.perf_counter(), 1
    while done:
        with region_scope(region.pk):
            done = rewrap_slice(keyring=keyring, region_id=region.pk)
    return {"seconds": time.perf_counter() - began, "floor": _bare_wrapping(int(containers))}


def _with_keys(region: Region) -> tuple[Member, Colleague]:
    """The region's colleague, with a team of one, and a session that opens its keys."""
    user = User.objects.get(email=f"{region.code}@bench.invalid")
    now = timezone.now()
    keyring = make_own_key(user_id=user.pk, passphrase=PASSPHRASE, by=SYSTEM, now=now)
    found_recovery(region=region, by=SYSTEM, now=now)
    team = open_team(region=region, name="Meldpunt", by=SYSTEM, now=now)
    turn_keys(team=team, members=[user.pk], reason=TurnReason.FOUNDED, by=SYSTEM, now=now)
    member = member_for(user, memberships_of(user, timezone.localdate()), None, keyring)
    assert member is not None
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[SECOND_FACTOR_KEY] = True
    session.keyring = keyring
    session.create()
    colleague = Colleague(
        str(region.pk), region.code, str(user.pk), session.session_key, get_random_string(32)
    )
    return member, colleague


def _opened(member: Member):  # type: ignore[no-untyped-def]
    """The same keys, as another request opens them."""
    assert member.user_id is not None
    return unlock_keys(user_id=member.user_id, passphrase=PASSPHRASE, today=timezone.localdate())


def _registration(by: Member, words: Words) -> str:
    received = PartialDate(timezone.localdate(), Precision.DAY)
    made = register(
        draft_id=uuid4(),
        answers=Answers(kind=Kind.REPORT, received=received),
        words=words,
        by=by,
        now=timezone.now(),
    )
    return str(made.pk)


def _fill(region: Region, by: Member, count: int) -> None:
    team = by.keys.newest(region.pk)
    shreds = {uuid4(): new_key() for _ in range(count)}
    keystore.keep(shreds)
    Container.objects.bulk_create(
        Container(
            id=pk,
            region_id=region.pk,
            epoch_id=team.epoch_id,
            owner_id=uuid4(),
            compartment=Compartment.WORK,
            sealed=wrapped(
                new_key(),
                team_key=team.symmetric,
                shred=shred,
                container=pk,
                compartment=Compartment.WORK,
                region_id=region.pk,
            ),
        )
        for pk, shred in shreds.items()
    )


def _bare_argon2(times: int) -> float:
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        passphrase_key(PASSPHRASE, salt=bytes(16), pepper=bytes(32))
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * times / 2  # two cores


def _bare_wrapping(count: int) -> float:
    key, inner, outer = new_key(), new_key(), new_key()
    began = time.perf_counter()
    for _ in range(count):
        once = wrap_key(key, under=inner, context=b"bench")
        twice = wrap_key(once, under=outer, context=b"bench")
        unwrap_key(unwrap_key(twice, under=outer, context=b"bench"), under=inner, context=b"bench")
    return time.perf_counter() - began


def _megabytes() -> float:
    """The most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
