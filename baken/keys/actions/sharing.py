"""Sharing a compartment with another team: signed, on a ground, for a purpose, until a day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from baken.audit.interface import Actor, record
from baken.keys import keystore
from baken.keys.keyring import Keyring, Shredded
from baken.keys.models import Container, Grant, TeamEpoch, UserKey
from baken.keys.rules import grant_context, shred_context
from baken.keys.states import Compartment, Ground, Purpose
from baken.organisations.interface import Team
from baken.vault.interface import packed, seal_to, sign, verify, wrap_key


class NothingToShare(Exception):
    """In dit deel staat nog niets om te delen."""


class NotAnotherTeam(Exception):
    """Dit team kan er al bij."""


class NoTeamKey(Exception):
    """Dit team heeft nog geen sleutels."""


class EndsInThePast(Exception):
    """De einddatum moet vandaag of later zijn."""


class NoSuchGrant(Exception):
    """Deze toegang bestaat niet, of is al ingetrokken."""


@transaction.atomic
def share(
    *,
    keyring: Keyring,
    owner_id: UUID,
    compartment: Compartment,
    team: Team,
    ground: Ground,
    purpose: Purpose,
    ends_on: date,
    by: Actor,
    now: datetime,
) -> Grant:
    """Seal the key of one compartment to another team of the region. Raises `NothingToShare`,
    `NotAnotherTeam`, `NoTeamKey`, `EndsInThePast` or `NoSeat`."""
    if ends_on < keyring.today:
        raise EndsInThePast
    container = _container(owner_id, compartment, team)
    epoch = TeamEpoch.objects.filter(team=team).order_by("-number").first()
    if epoch is None:
        raise NoTeamKey
    grant = Grant(
        region_id=team.region_id,
        container=container,
        epoch=epoch,
        sealed=_sealed(keyring, container, epoch),
        ground=ground,
        purpose=purpose,
        ends_on=ends_on,
        given_by=keyring.user_id,
        given_at=now,
    )
    grant.signature = sign(keyring.signing, _statement(grant))
    grant.save(force_insert=True)
    _record("grant.given", grant, by, now, team=str(team.pk), ground=ground, ends_on=str(ends_on))
    return grant


@transaction.atomic
def withdraw(*, grant_id: UUID, region_id: UUID, by: Actor, user_id: UUID, now: datetime) -> Grant:
    """End a grant. What the other team saw, it saw; from now on it sees nothing."""
    open_grants = Grant.objects.of_region(region_id).filter(withdrawn_at=None)
    grant = open_grants.select_for_update().filter(pk=grant_id).first()
    if grant is None:
        raise NoSuchGrant
    grant.withdrawn_at, grant.withdrawn_by = now, user_id
    grant.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("grant.withdrawn", grant, by, now)
    return grant


def check_signature(grant: Grant) -> None:
    """Raises `vault.Refused` when a grant is not what its giver signed."""
    signer = UserKey.objects.get(user_id=grant.given_by)
    verify(bytes(signer.signing_public), _statement(grant), bytes(grant.signature))


def _container(owner_id: UUID, compartment: Compartment, team: Team) -> Container:
    own = Container.objects.filter(
        region_id=team.region_id, owner_id=owner_id, compartment=compartment
    )
    container = own.select_related("epoch").first()
    if container is None:
        raise NothingToShare
    if container.epoch.team_id == team.pk:
        raise NotAnotherTeam
    return container


def _sealed(keyring: Keyring, container: Container, epoch: TeamEpoch) -> bytes:
    """Under the shred key as well: who destroys the container ends every grant."""
    key = keyring.open(container).key
    shred = keystore.fetch([container.pk]).get(container.pk)
    if shred is None:
        raise Shredded
    info = grant_context(container.pk, container.compartment, epoch.pk)
    inner = seal_to(bytes(epoch.public), key, info=info)
    return wrap_key(inner, under=shred, context=shred_context(container.pk))


def _statement(grant: Grant) -> bytes:
    return packed(
        b"baken/keys/grant/v1",
        grant.pk.bytes,
        grant.container_id.bytes,
        grant.epoch_id.bytes,
        grant.ground.encode(),
        grant.purpose.encode(),
        grant.ends_on.isoformat().encode(),
        grant.given_by.bytes,
        bytes(grant.sealed),
    )


def _record(event: str, grant: Grant, by: Actor, now: datetime, **detail: object) -> None:
    record(
        event,
        actor=by,
        subject=f"container:{grant.container_id}",
        region=grant.region_id,
        at=now,
        detail={"compartment": grant.container.compartment, **detail},
    )
