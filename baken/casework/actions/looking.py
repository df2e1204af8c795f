"""Looking at registrations. That somebody looked stands in the log before anything of it leaves."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record_look
from baken.casework.models import Registration
from baken.casework.queries.registrations import find_registration
from baken.casework.rules.manifests import manifest_of
from baken.oversight.interface import relation_of


@transaction.atomic
def open_registration(
    *, registration_id: UUID, by: Member, now: datetime, page: str = "detail"
) -> Registration:
    """The registration to read. Raises `LogBehind` when what was read before is not chained yet.

    The log keeps on which page it was read, and what the reader had to do with it at that moment.
    """
    registration = find_registration(registration_id, by=by)
    relation = relation_of(
        by.user_id,
        handler=registration.handler_id,
        registered_by=registration.created_by_id,
        shares_team=by.has_seat,
    )
    record_look(
        "registration.opened",
        actor=by.actor,
        subject=registration.subject,
        region=registration.region_id,
        at=now,
        detail={"page": page, "relation": relation},
    )
    return registration


@transaction.atomic
def note_list(*, shown: Iterable[UUID], by: Member, now: datetime) -> None:
    """That these registrations were seen in the work list: one entry, with a hash of which they were."""
    by.check(Permission.SEE_REGISTRATIONS)
    ids = list(shown)
    record_look(
        "registrations.listed",
        actor=by.actor,
        region=by.region.pk,
        at=now,
        detail={"rows": len(ids), "sha256": manifest_of(ids)},
    )
