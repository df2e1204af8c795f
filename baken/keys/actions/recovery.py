"""The region's recovery key: printed as three shares, proven with two, used when a whole team is lost."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.audit.interface import Actor, Stream, record
from baken.keys.actions.teams import seat_for
from baken.keys.keyring import Keyring, NoSeat
from baken.keys.models import RegionRecovery, Seat, TeamEpoch, UserKey
from baken.keys.queries import current_recovery, newest_recovery
from baken.keys.rules import recovery_context, renewal_context
from baken.organisations.interface import Region
from baken.vault.interface import (
    KeyPair,
    combine,
    new_key_pair,
    open_with,
    public_of,
    seal_to,
    share_from_text,
    share_to_text,
    split_secret,
)

# The private half of an epoch of a team.
Opener = Callable[[TeamEpoch], bytes]


class AlreadyFounded(Exception):
    """Deze regio heeft al een herstelsleutel. Een nieuwe maken kan alleen met twee delen van de oude."""


class AlreadyProven(Exception):
    """De herstelsleutel is al geprobeerd en werkt. Een nieuwe maken kan alleen met twee delen van deze."""


@transaction.atomic
def found_recovery(*, region: Region, by: Actor, now: datetime) -> list[list[str]]:
    """Make the region's recovery key and return its three shares as groups of characters. They are shown
    once and kept nowhere. Raises `AlreadyFounded`."""
    _lock(region)
    if RegionRecovery.objects.filter(region=region).exists():
        raise AlreadyFounded
    _recovery, shares = _found(region, new_key_pair(), by, now)
    return shares


@transaction.atomic
def found_recovery_again(
    *, region: Region, keyring: Keyring | None, by: Actor, now: datetime
) -> list[list[str]]:
    """Another recovery key in place of one whose shares were lost before anybody proved them.

    What teams have sealed to the lost one is sealed to the new one, by somebody who can open it all: raises
    `NoSeat` when there is such a team key and the keyring does not open it, and `AlreadyProven`.
    """
    _lock(region)
    if current_recovery(region).proven_at is not None:
        raise AlreadyProven
    recovery, shares = _found(region, new_key_pair(), by, now)
    _seal_again(recovery, lambda epoch: _by_seat(keyring, epoch))
    return shares


@transaction.atomic
def renew_recovery(
    *, region: Region, shares: Sequence[str], by: Actor, now: datetime
) -> list[list[str]]:
    """Another recovery key, made with two shares of the one in use.

    It waits until `prove_shares` with two of its own: only then do the old shares open nothing any more. So
    a print that fails costs nothing.
    """
    _lock(region)
    private = _private(current_recovery(region), shares)
    pair = new_key_pair()
    recovery, fresh = _found(region, pair, by, now)
    info = renewal_context(recovery.pk, region.pk)
    recovery.sealed_previous = seal_to(pair.public, private, info=info)
    recovery.save(update_fields=["sealed_previous"])
    return fresh


@transaction.atomic
def prove_shares(*, region: Region, shares: Sequence[str], by: Actor, now: datetime) -> None:
    """The drill: two shares typed back open the newest recovery key; one that waited is in use from now on.
    Raises `vault.Refused`, of which `MistypedShare` and `ShareOfAnother` name the wrong one."""
    _lock(region)
    recovery = newest_recovery(region)
    opened = _private(recovery, shares)
    if public_of(opened) != bytes(recovery.public):
        raise AssertionError("A recovery key that opens is the region's own.")
    if recovery.sealed_previous is not None:
        _put_in_use(recovery, opened)
    recovery.proven_at, recovery.sealed_previous = now, None
    recovery.save(update_fields=["proven_at", "sealed_previous"])
    _record("recovery.proven", region, by, now, edition=recovery.edition)


def _put_in_use(recovery: RegionRecovery, opened: bytes) -> None:
    info = renewal_context(recovery.pk, recovery.region_id)
    previous = open_with(opened, bytes(recovery.sealed_previous or b""), info=info)
    _seal_again(recovery, lambda epoch: _by_recovery(previous, epoch))


@transaction.atomic
def recover_team(
    *, region: Region, shares: Sequence[str], members: Collection[UUID], by: Actor, now: datetime
) -> int:
    """Give these colleagues a seat in every team of the region, with two shares of the recovery key.
    Returns how many seats were given."""
    private = _private(current_recovery(region), shares)
    own = list(UserKey.objects.filter(user_id__in=members))
    seats = []
    for epoch in TeamEpoch.objects.filter(region=region):
        opened = _by_recovery(private, epoch)
        seats += [seat_for(epoch, each, opened, None, now) for each in own]
    Seat.objects.filter(region=region, user_id__in=members).delete()
    Seat.objects.bulk_create(seats)
    to = " ".join(sorted(str(each.user_id) for each in own))
    _record("recovery.used", region, by, now, to=to, seats=len(seats))
    return len(seats)


def check_share(*, region: Region, text: str, in_use: bool = False) -> int:
    """The number of a share as it was typed, of the newest recovery key or of the one in use. Raises
    `MistypedShare` or `ShareOfAnother`, which name what is wrong, or `NothingToRecover`. Says nothing about
    whether the share opens anything."""
    recovery = current_recovery(region) if in_use else newest_recovery(region)
    number, _share = share_from_text(text, of=recovery.pk)
    return number


def _found(
    region: Region, pair: KeyPair, by: Actor, now: datetime
) -> tuple[RegionRecovery, list[list[str]]]:
    split = split_secret(pair.private)
    last = RegionRecovery.objects.filter(region=region).order_by("-edition").first()
    recovery = RegionRecovery.objects.create(
        region=region,
        edition=last.edition + 1 if last else 1,
        public=pair.public,
        sealed={f"{a}-{b}": sealed.hex() for (a, b), sealed in split.sealed.items()},
        made_at=now,
    )
    _record("recovery.founded", region, by, now, edition=recovery.edition)
    shares = [share_to_text(n, share, of=recovery.pk) for n, share in enumerate(split.shares, 1)]
    return recovery, shares


def _seal_again(recovery: RegionRecovery, opened: Opener) -> None:
    """Every team key of the region to this recovery key."""
    for epoch in TeamEpoch.objects.filter(region=recovery.region_id).select_for_update():
        info = recovery_context(epoch.pk, recovery.region_id)
        sealed = seal_to(bytes(recovery.public), opened(epoch), info=info)
        TeamEpoch.objects.filter(pk=epoch.pk).update(sealed_to_recovery=sealed)


def _by_seat(keyring: Keyring | None, epoch: TeamEpoch) -> bytes:
    own = keyring.team_keys(epoch.region_id) if keyring else {}
    if epoch.pk not in own:
        raise NoSeat
    return own[epoch.pk].private


def _by_recovery(private: bytes, epoch: TeamEpoch) -> bytes:
    info = recovery_context(epoch.pk, epoch.region_id)
    return open_with(private, bytes(epoch.sealed_to_recovery), info=info)


def _lock(region: Region) -> None:
    """One recovery key at a time."""
    Region.objects.select_for_update().get(pk=region.pk)


def _private(recovery: RegionRecovery, shares: Sequence[str]) -> bytes:
    (number_a, share_a), (number_b, share_b) = (
        share_from_text(text, of=recovery.pk) for text in shares
    )
    sealed = {
        (int(pair[0]), int(pair[2])): bytes.fromhex(text) for pair, text in recovery.sealed.items()
    }
    return combine(number_a, share_a, number_b, share_b, sealed)


def _record(event: str, region: Region, by: Actor, now: datetime, **detail: object) -> None:
    record(
        event,
        actor=by,
        subject=f"region:{region.pk}",
        region=region.pk,
        stream=Stream.SECURITY,
        at=now,
        detail=detail,
    )
