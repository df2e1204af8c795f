"""The unlocked keys of one colleague, for as long as one request."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from baken.keys import keystore
from baken.keys.models import Container, Grant, Seat
from baken.keys.rules import (
    grant_context,
    seat_context,
    shred_context,
    team_context,
)
from baken.vault.interface import (
    About,
    NestedKeys,
    Refused,
    derive,
    open_field,
    open_with,
    seal_field,
    unwrap_key,
)


class NotUnlocked(Exception):
    """Uw sleutels zijn niet geopend. Log opnieuw in met uw wachtwoordzin."""


class NoSeat(Exception):
    """U hebt nog geen toegang tot de sleutels van dit team. Vraag een collega in het team om u toegang te
    geven."""


class Shredded(Exception):
    """De inhoud is vernietigd en kan niet meer worden geopend."""


@dataclass(frozen=True)
class TeamKey:
    """A team's keys in one epoch. `symmetric` seals the keys of its containers."""

    epoch_id: UUID
    team_id: UUID
    number: int
    made_at: datetime
    private: bytes = field(repr=False)
    symmetric: bytes = field(repr=False)

    @cached_property
    def nested(self) -> NestedKeys:
        """`symmetric`, ready to open many containers."""
        return NestedKeys(self.symmetric)


class SealedContainer(NamedTuple):
    """The columns of a container that opening it needs: of fifty thousand, their rows are too many."""

    pk: UUID
    region_id: UUID
    epoch_id: UUID
    compartment: str
    sealed: "bytes | memoryview[int]"


@dataclass(frozen=True)
class OpenContainer:
    """A container with its key: seals and opens the fields of one compartment of one aggregate."""

    id: UUID
    region_id: UUID
    compartment: str
    key: bytes = field(repr=False)

    def seal(self, text: str, *, table: str, column: str, row: UUID, version: int = 1) -> bytes:
        about = self._about(table, column, row, version)
        return seal_field(text.encode(), key=self.key, key_id=self.id, epoch=1, about=about)

    def open(self, sealed: bytes, *, table: str, column: str, row: UUID, version: int = 1) -> str:
        """Raises `vault.Refused` when it is not exactly what was sealed for this place."""
        about = self._about(table, column, row, version)
        opened = open_field(bytes(sealed), key=self.key, key_id=self.id, epoch=1, about=about)
        return opened.decode()

    def _about(self, table: str, column: str, row: UUID, version: int) -> About:
        return About(table, column, row, self.region_id, self.id, self.compartment, version)


AnyContainer = Container | SealedContainer


@dataclass
class Keyring:
    """One colleague's private halves, and the team keys they open, each opened at most once."""

    user_id: UUID
    private: bytes = field(repr=False)
    signing: bytes = field(repr=False)
    today: date
    _teams: dict[UUID, dict[UUID, TeamKey]] = field(default_factory=dict, repr=False)

    def own(self, purpose: str, region_id: UUID) -> OpenContainer:
        """What only this colleague opens: drafts."""
        key = derive(self.private, f"baken/own-{purpose}/v1")
        return OpenContainer(self.user_id, region_id, purpose, key)

    def team_keys(self, region_id: UUID) -> Mapping[UUID, TeamKey]:
        """Every team key in the region that this colleague has a seat for, by epoch. One query."""
        if region_id not in self._teams:
            seats = Seat.objects.filter(region_id=region_id, user_id=self.user_id)
            opened = map(self._open_seat, seats.select_related("epoch"))
            self._teams[region_id] = {key.epoch_id: key for key in opened if key}
        return self._teams[region_id]

    def newest(self, region_id: UUID, team_id: UUID | None = None) -> TeamKey:
        """The key that new containers are sealed under: of this team, or of the first team of the region that
        they have a seat in. Raises `NoSeat`."""
        keys = self.team_keys(region_id).values()
        if team_id is None and keys:
            team_id = min(keys, key=lambda key: key.made_at).team_id
        own = [key for key in keys if key.team_id == team_id]
        if not own:
            raise NoSeat
        return max(own, key=lambda key: key.number)

    def open(self, container: Container) -> OpenContainer:
        """Raises `NoSeat`, `Shredded` or `KeystoreAway`."""
        found = self.open_many([container])
        if container.pk not in found:
            raise NoSeat
        return found[container.pk]

    def open_many(self, containers: Collection[AnyContainer]) -> dict[UUID, OpenContainer]:
        """Those of these containers that this colleague can open: through a seat in the team, or through a
        grant to another team. One question to the keystore. Raises `Shredded` when a key is gone."""
        shreds = keystore.fetch([container.pk for container in containers]) if containers else {}
        if any(container.pk not in shreds for container in containers):
            raise Shredded
        opened = self._opened(containers, shreds)
        return {one.id: one for one in opened}

    def open_those_left(self, containers: Collection[AnyContainer]) -> dict[UUID, OpenContainer]:
        """As `open_many`; what was shredded or altered is left out instead of ending it."""
        shreds = keystore.fetch([container.pk for container in containers]) if containers else {}
        opened = self._opened(containers, shreds, skips_refused=True)
        return {one.id: one for one in opened}

    def keys_in_order(self, containers: Sequence[AnyContainer]) -> list[bytes | None]:
        """As `open_those_left`, in the order of the question and the bare keys, for a search. None for what
        does not open."""
        shreds = keystore.fetch([container.pk for container in containers]) if containers else {}
        return list(self._keys(containers, shreds, skips_refused=True))

    def _opened(
        self,
        containers: Collection[AnyContainer],
        shreds: Mapping[UUID, bytes],
        *,
        skips_refused: bool = False,
    ) -> Iterator[OpenContainer]:
        keys = self._keys(containers, shreds, skips_refused=skips_refused)
        for one, key in zip(containers, keys, strict=True):
            if key is not None:
                yield OpenContainer(one.pk, one.region_id, one.compartment, key)

    def _keys(
        self,
        containers: Collection[AnyContainer],
        shreds: Mapping[UUID, bytes],
        *,
        skips_refused: bool,
    ) -> Iterator[bytes | None]:
        """Of containers of one region; None for what was shredded or is of others."""
        if not containers:
            return
        teams = self.team_keys(next(iter(containers)).region_id)
        granted = self._grants_for(containers, teams)
        for container in containers:
            key, shred = None, shreds.get(container.pk)
            try:
                if shred is not None:
                    key = _key_of(container, shred, teams, granted)
            except Refused:
                if not skips_refused:
                    raise
            yield key

    def _grants_for(
        self, containers: Collection[AnyContainer], teams: Mapping[UUID, TeamKey]
    ) -> dict[UUID, Grant]:
        """Grants by container, for those of which this colleague has no seat in the team."""
        epochs = {container.epoch_id for container in containers} - teams.keys()
        if not epochs:
            return {}
        foreign = [container for container in containers if container.epoch_id in epochs]
        usable = Grant.objects.of_region(foreign[0].region_id).valid_on(self.today)
        usable = usable.filter(
            container__in=[container.pk for container in foreign], epoch__in=teams
        )
        return {grant.container_id: grant for grant in usable}

    def _open_seat(self, seat: Seat) -> TeamKey | None:
        """None for a seat of before the passphrase was lost: it was sealed to keys that are gone."""
        info = seat_context(seat.epoch_id, self.user_id)
        try:
            private = open_with(self.private, bytes(seat.sealed), info=info)
        except Refused:
            return None
        return TeamKey(
            seat.epoch_id,
            seat.epoch.team_id,
            seat.epoch.number,
            seat.epoch.made_at,
            private,
            derive(private, "baken/team/v1"),
        )


def _key_of(
    container: AnyContainer,
    shred: bytes,
    teams: Mapping[UUID, TeamKey],
    granted: Mapping[UUID, Grant],
) -> bytes | None:
    """The key of a container, through the team or through a grant; None when neither leads there."""
    name = str(container.pk)
    if team := teams.get(container.epoch_id):
        return team.nested.open(
            bytes(container.sealed),
            under=shred,
            outer=shred_context(name),
            inner=team_context(name, container.compartment, container.region_id),
        )
    grant = granted.get(container.pk)
    if grant is None:
        return None
    inner = unwrap_key(bytes(grant.sealed), under=shred, context=shred_context(name))
    info = grant_context(container.pk, container.compartment, grant.epoch_id)
    return open_with(teams[grant.epoch_id].private, inner, info=info)
