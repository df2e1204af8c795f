"""Giving work back to the team, of a colleague who is gone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from baken.accounts.interface import Member
from baken.casework.actions.steps import release_registration
from baken.casework.queries.hand_over import to_hand_over


@transaction.atomic
def hand_over(*, registration_ids: Collection[UUID], by: Member, now: datetime) -> int:
    """Release these registrations, so that somebody can take them; return how many.

    Those that a colleague took meanwhile stay with that colleague, and unknown ones count for nothing.
    """
    found = to_hand_over(by, timezone.localdate(now)).filter(pk__in=registration_ids)
    ids = list(found.select_for_update().order_by("pk").values_list("pk", flat=True))
    for registration_id in ids:
        release_registration(registration_id=registration_id, by=by, now=now)
    return len(ids)
