"""Searching. One entry in the log for a search, before anything of it leaves: how many registrations it goes
through and a hash of which, never what was searched for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record_look
from baken.casework.queries.radar import Hit, index_key_of, look_up
from baken.casework.queries.search import SearchFilter, by_number, manifest, within
from baken.casework.rules.marks import Marks
from baken.casework.rules.searching import marks_in, tidied
from baken.keys.interface import KeystoreAway, NoSeat, NotUnlocked, Refused, Shredded


@dataclass(frozen=True)
class Begun:
    """What a search found without opening anything. `total` registrations are left to look through; `closed`
    says why nothing sealed can be searched by."""

    total: int
    numbers: dict[UUID, str]
    hits: dict[UUID, Hit]
    closed: Exception | None = None


@transaction.atomic
def begin_search(*, text: str, wanted: SearchFilter, by: Member, now: datetime) -> Begun:
    """By number, and by what somebody may be recognised by."""
    by.check(Permission.SEE_REGISTRATIONS)
    text = tidied(text)
    total, sha256 = manifest(wanted, by=by)
    record_look(
        "registrations.searched",
        actor=by.actor,
        region=by.region.pk,
        at=now,
        detail={"rows": total, "sha256": sha256},
    )
    marks, closed = _marks(text, by)
    return Begun(total, by_number(text, wanted, by=by), _recognised(marks, wanted, by), closed)


def _marks(text: str, by: Member) -> tuple[Marks, Exception | None]:
    """A search by number goes on when the keys stay closed."""
    try:
        key = index_key_of(by)
    except (NoSeat, NotUnlocked, KeystoreAway, Shredded, Refused) as closed:
        return Marks(), closed
    return (marks_in(text, key=key) if key else Marks()), None


def _recognised(marks: Marks, wanted: SearchFilter, by: Member) -> dict[UUID, Hit]:
    hits = look_up(marks, by=by) if marks else {}
    if not hits:
        return {}
    left = within(wanted, by=by).filter(pk__in=list(hits)).values_list("pk", flat=True)
    return {pk: hits[pk] for pk in left}
