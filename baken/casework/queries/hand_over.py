"""Registrations that stand on the name of somebody who no longer works on them."""

from datetime import date

from baken.accounts.interface import Member, Permission, who_may_open
from baken.casework.models.registration import RegistrationQuerySet
from baken.casework.queries.registrations import visible_to
from baken.casework.states import State


def to_hand_over(by: Member, today: date) -> RegistrationQuerySet:
    """Of the member's region, in no order. Whoever was disabled, left, or lost the role that reads
    registrations works on none."""
    by.check(Permission.HAND_OVER)
    taken = visible_to(by).filter(state=State.ACTIVE, handler_id__isnull=False)
    return taken.exclude(handler_id__in=who_may_open(by.region, today))
