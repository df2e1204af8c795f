"""A team's keys: founded, turned when somebody leaves, given to who comes."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.audit.interface import Actor, Stream, record
from baken.keys.keyring import Keyring, NoSeat
from baken.keys.models import Seat, TeamEpoch, UserKey
from baken.keys.queries import NothingToRecover, current_recovery
from baken.keys.rules import recovery_context, seat_context
from baken.keys.states import TurnReason
from baken.organisations.interface import Team
from baken.vault.interface import new_key_pair, seal_to


class NoRecovery(Exception):
    """Deze regio heeft nog geen herstelsleutel. Maak die eerst."""


class NoOwnKey(Exception):
    """Deze collega heeft nog geen eigen sleutel: die ontstaat bij de eerste keer inloggen met een eigen
    wachtwoordzin."""


class LastSeat(Exception):
    """Dit is de laatste collega die bij de sleutels van het team kan. Geef eerst iemand anders toegang."""


class HasKeys(Exception):
    """Dit team heeft al sleutels. Toegang geeft een collega die er al bij kan."""


@transaction.atomic
def found_keys(*, team: Team, members: Collection[UUID], by: Actor, now: datetime) -> TeamEpoch:
    """A new team's first keys, for its first members. Raises `HasKeys`, `NoRecovery`, and `NoOwnKey` when
    one of them has no key to seal it to."""
    _lock(team)
    if TeamEpoch.objects.filter(team=team).exists():
        raise HasKeys
    own = UserKey.objects.filter(user_id__in=members).count()
    if not own or own < len(set(members)):
        raise NoOwnKey
    return turn_keys(team=team, members=members, reason=TurnReason.FOUNDED, by=by, now=now)


@transaction.atomic
def turn_keys(
    *, team: Team, members: Collection[UUID], reason: TurnReason, by: Actor, now: datetime
) -> TeamEpoch:
    """Give the team a new key pair, sealed to these members and to recovery. What is sealed from now on,
    nobody else opens; what was sealed before stays as it is until it is rewrapped.

    Needs public keys only, so an administrator who can open nothing can do it.
    """
    try:
        recovery = current_recovery(team.region)
    except NothingToRecover:
        raise NoRecovery from None
    _lock(team)
    last = TeamEpoch.objects.filter(team=team).order_by("-number").first()
    epoch = TeamEpoch(
        region_id=team.region_id,
        team=team,
        number=last.number + 1 if last else 1,
        reason=reason,
        made_at=now,
    )
    pair = new_key_pair()
    epoch.public = pair.public
    epoch.sealed_to_recovery = seal_to(
        bytes(recovery.public), pair.private, info=recovery_context(epoch.pk, team.region_id)
    )
    epoch.save(force_insert=True)
    own = UserKey.objects.filter(user_id__in=members)
    Seat.objects.bulk_create(seat_for(epoch, each, pair.private, None, now) for each in own)
    _record("team.keys_turned", team, by, now, number=epoch.number, reason=reason.value)
    return epoch


@transaction.atomic
def give_seat(*, keyring: Keyring, team: Team, user_id: UUID, by: Actor, now: datetime) -> int:
    """Let a colleague open what the team opens: every epoch that the giver can open. Returns how many."""
    own = UserKey.objects.filter(user_id=user_id).first()
    if own is None:
        raise NoOwnKey
    keys = [key for key in keyring.team_keys(team.region_id).values() if key.team_id == team.pk]
    if not keys:
        raise NoSeat
    epochs = TeamEpoch.objects.in_bulk([key.epoch_id for key in keys])
    Seat.objects.filter(user_id=user_id, epoch__in=epochs).delete()
    Seat.objects.bulk_create(
        seat_for(epochs[key.epoch_id], own, key.private, keyring.user_id, now) for key in keys
    )
    _record("team.seat_given", team, by, now, to=str(user_id), epochs=len(keys))
    return len(keys)


@transaction.atomic
def take_seats(
    *, team: Team, user_id: UUID, reason: TurnReason, by: Actor, now: datetime
) -> TeamEpoch | None:
    """Take somebody's seats in a team and turn its keys, so that they open nothing that comes next. None
    when they had none. Raises `LastSeat` when nobody would be left."""
    _lock(team)
    seats = Seat.objects.filter(region_id=team.region_id, epoch__team=team)
    if not any(seat.user_id == user_id for seat in seats):
        return None
    members = {seat.user_id for seat in seats} - {user_id}
    if not members:
        raise LastSeat
    seats.filter(user_id=user_id).delete()
    return turn_keys(team=team, members=members, reason=reason, by=by, now=now)


@transaction.atomic
def drop_seats(*, team: Team, user_id: UUID, by: Actor, now: datetime) -> int:
    """Forget the seats of somebody whose own keys are gone, so that turning seals nothing to their new ones;
    return how many. The last seat goes too: it opens nothing any more."""
    _lock(team)
    own = Seat.objects.filter(region_id=team.region_id, epoch__team=team, user_id=user_id)
    dropped, _by_model = own.delete()
    if dropped:
        _record("team.seat_lost", team, by, now, of=str(user_id), epochs=dropped)
    return dropped


def _lock(team: Team) -> None:
    """One change of a team's keys at a time."""
    Team.objects.select_for_update().get(pk=team.pk)


def seat_for(
    epoch: TeamEpoch, own: UserKey, private: bytes, given_by: UUID | None, now: datetime
) -> Seat:
    info = seat_context(epoch.pk, own.user_id)
    return Seat(
        region_id=epoch.region_id,
        epoch=epoch,
        user_id=own.user_id,
        sealed=seal_to(bytes(own.public), private, info=info),
        given_by=given_by,
        given_at=now,
    )


def _record(event: str, team: Team, by: Actor, now: datetime, **detail: object) -> None:
    record(
        event,
        actor=by,
        subject=f"team:{team.pk}",
        region=team.region_id,
        stream=Stream.SECURITY,
        at=now,
        detail=detail,
    )
