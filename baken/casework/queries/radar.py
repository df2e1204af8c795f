"""Where somebody was registered before, by what. Nothing is opened: equal indexes are compared, in the
region only. Never over reporters, who have no index."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from baken.accounts.interface import Member, Permission
from baken.casework.models import Identity, MatchKey, Registration
from baken.casework.queries.registrations import visible_to
from baken.casework.rules.marks import Marks
from baken.casework.states import IdentityKind
from baken.keys.interface import Compartment, containers_of

# A number that leads to more registrations than this is nobody's own.
MOST = 500


@dataclass(frozen=True)
class Hit:
    """What one registration has in common with what was looked for."""

    identifiers: frozenset[IdentityKind]
    match_kinds: frozenset[str]


def index_key_of(by: Member) -> bytes | None:
    """The region's key for blind indexes; None as long as nothing was indexed. Raises `NoSeat`,
    `NotUnlocked` or `KeystoreAway`."""
    region_id = by.region.pk
    found = containers_of([region_id], region_id=region_id, compartment=Compartment.INDEX)
    return by.keys.open(found[region_id]).key if found else None


def look_up(marks: Marks, *, by: Member, besides: UUID | None = None) -> dict[UUID, Hit]:
    """By registration; without the registration `besides` itself. At most two queries."""
    by.check(Permission.SEE_REGISTRATIONS)
    identifiers, kinds = _identifiers(marks, by, besides), _match_kinds(marks, by, besides)
    return {
        found: Hit(frozenset(identifiers.get(found, ())), frozenset(kinds.get(found, ())))
        for found in {*identifiers, *kinds}
    }


def marks_on(registration: Registration) -> Marks:
    """What is stored of the people of a registration. One query."""
    own = Identity.objects.filter(
        region_id=registration.region_id, registration=registration, index__isnull=False
    )
    keys = MatchKey.objects.filter(region_id=registration.region_id, registration=registration)
    columns = "kind", "index"
    rows = own.values_list(*columns).union(keys.values_list(*columns), all=True)
    stored = [(str(kind), bytes(index)) for kind, index in rows]
    return Marks(
        frozenset(each for each in stored if each[0] in IdentityKind.values),
        frozenset(index for kind, index in stored if kind not in IdentityKind.values),
    )


def newest_first(found: Iterable[UUID], *, by: Member) -> list[Registration]:
    """The registrations themselves."""
    return list(visible_to(by).filter(pk__in=list(found)).order_by("-received_on", "-id"))


def _identifiers(marks: Marks, by: Member, besides: UUID | None) -> dict[UUID, set[IdentityKind]]:
    if not marks.identifiers:
        return {}
    wanted = Q()
    for kind in sorted({kind for kind, _ in marks.identifiers}):
        wanted |= Q(kind=kind, index__in=[i for own, i in marks.identifiers if own == kind])
    rows = Identity.objects.filter(wanted, region_id=by.region.pk, index__isnull=False)
    found: dict[UUID, set[IdentityKind]] = {}
    if besides:
        rows = rows.exclude(registration_id=besides)
    pairs = rows.values_list("registration_id", "kind").distinct()
    for registration, kind in pairs[:MOST]:
        found.setdefault(registration, set()).add(IdentityKind(kind))
    return found


def _match_kinds(marks: Marks, by: Member, besides: UUID | None) -> dict[UUID, set[str]]:
    if not marks.match_keys:
        return {}
    rows = MatchKey.objects.filter(region_id=by.region.pk, index__in=marks.match_keys)
    found: dict[UUID, set[str]] = {}
    if besides:
        rows = rows.exclude(registration_id=besides)
    pairs = rows.values_list("registration_id", "kind").distinct()
    for registration, kind in pairs[:MOST]:
        found.setdefault(registration, set()).add(kind)
    return found
