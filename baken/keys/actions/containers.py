"""Containers: made when something is sealed for the first time, shared, rewrapped, destroyed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from baken.keys import keystore
from baken.keys.keyring import Keyring, OpenContainer, TeamKey
from baken.keys.models import Container
from baken.keys.rules import shred_context, team_context
from baken.keys.states import Compartment
from baken.vault.interface import new_key, unwrap_key, wrap_key


def open_or_make(
    *, keyring: Keyring, region_id: UUID, owner_id: UUID, compartment: Compartment, now: datetime
) -> OpenContainer:
    """The container of one compartment of an aggregate, made when there is none yet."""
    found = Container.objects.filter(
        region_id=region_id, owner_id=owner_id, compartment=compartment
    ).first()
    if found is not None:
        return keyring.open(found)
    return _make(keyring, region_id, owner_id, compartment, now)


def _make(
    keyring: Keyring, region_id: UUID, owner_id: UUID, compartment: Compartment, now: datetime
) -> OpenContainer:
    """The shred key is committed to the keystore before the container exists: never the other way."""
    team, key, shred, pk = keyring.newest(region_id), new_key(), new_key(), uuid4()
    keystore.keep({pk: shred})
    Container.objects.create(
        id=pk,
        region_id=region_id,
        epoch_id=team.epoch_id,
        owner_id=owner_id,
        compartment=compartment,
        sealed=wrapped(
            key,
            team_key=team.symmetric,
            shred=shred,
            container=pk,
            compartment=compartment,
            region_id=region_id,
        ),
        made_at=now,
    )
    return OpenContainer(pk, region_id, compartment, key)


def wrapped(
    key: bytes,
    *,
    team_key: bytes,
    shred: bytes,
    container: UUID,
    compartment: str,
    region_id: UUID,
) -> bytes:
    """A container's key under the team's key, and that under its shred key."""
    inner = wrap_key(key, under=team_key, context=team_context(container, compartment, region_id))
    return wrap_key(inner, under=shred, context=shred_context(container))


def destroy(*, region_id: UUID, owner_id: UUID, compartments: Collection[Compartment]) -> int:
    """Delete the shred keys and rows of these containers: nothing sealed in them opens ever again, here or
    in a copy, once the copies of the keystore are gone too (fourteen days). Returns how many."""
    found = Container.objects.filter(
        region_id=region_id, owner_id=owner_id, compartment__in=compartments
    )
    ids = list(found.values_list("pk", flat=True))
    if ids:
        found.delete()
        # Not before the rows are gone for good; a crash in between leaves keys that `sweep` removes.
        transaction.on_commit(lambda: keystore.destroy(ids))
    return len(ids)


def rewrap(
    *, keyring: Keyring, region_id: UUID, team_id: UUID | None = None, most: int = 500
) -> int:
    """Seal up to `most` container keys of older epochs under the newest key of the team; return how many
    were done. Each call commits by itself, so it can be stopped and gone on with at any moment."""
    newest = keyring.newest(region_id, team_id)
    own = [key for key in keyring.team_keys(region_id).values() if key.team_id == newest.team_id]
    older = [key.epoch_id for key in own if key.epoch_id != newest.epoch_id]
    old = list(
        Container.objects.select_for_update(skip_locked=True)
        .filter(region_id=region_id, epoch__in=older)
        .order_by("pk")[:most]
    )
    shreds = keystore.fetch([container.pk for container in old]) if old else {}
    for container in old:
        # Without a shred key it is noise, from a copy of before its destruction: nothing to seal again.
        if container.pk in shreds:
            _rewrap(container, keyring, newest, shreds[container.pk])
        container.epoch_id = newest.epoch_id
    Container.objects.bulk_update(old, ["sealed", "epoch"])
    return len(old)


def _rewrap(container: Container, keyring: Keyring, newest: TeamKey, shred: bytes) -> None:
    region_id = container.region_id
    context = team_context(container.pk, container.compartment, region_id)
    old_key = keyring.team_keys(region_id)[container.epoch_id].symmetric
    inner = unwrap_key(bytes(container.sealed), under=shred, context=shred_context(container.pk))
    key = unwrap_key(inner, under=old_key, context=context)
    container.sealed = wrapped(
        key,
        team_key=newest.symmetric,
        shred=shred,
        container=container.pk,
        compartment=container.compartment,
        region_id=region_id,
    )
