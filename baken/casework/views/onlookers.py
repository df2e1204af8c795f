"""Who looked at a registration: one line a person a day, so that looking does not bury what happened."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.accounts.interface import names_of
from baken.audit.interface import LOOK, onlookers
from baken.casework.models import Registration
from baken.casework.queries.two_people import exports_with

# What is opened one by one. A page of the work list is one entry of its own, not one for each row.
LOOKS = (LOOK, "identity.shown", "reporter.shown")
MOST = 50


@dataclass(frozen=True)
class Onlooker:
    """Somebody who looked, so many times on a day; or who took the identities along, `has_taken`."""

    at: datetime
    who: str
    times: str
    has_taken: bool = False


def onlookers_of(registration: Registration) -> list[Onlooker]:
    """Newest first; of the fifty newest lines, and every file with identities it went along in."""
    folded = onlookers(registration.subject, events=LOOKS)[:MOST]
    taken = exports_with(registration)
    names = names_of(
        [*(each.user_id for each in folded if each.user_id), *(each.asked_by_id for each in taken)]
    )
    lines = [
        Onlooker(
            at=each.last_at,
            who=names.get(each.user_id, _("Onbekend")) if each.user_id else "Baken",
            times=ngettext("1 keer", "%(number)s keer", each.looks) % {"number": each.looks},
        )
        for each in folded
    ]
    lines += [
        Onlooker(each.used_at, names.get(each.asked_by_id, _("Onbekend")), "", has_taken=True)
        for each in taken
        if each.used_at
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)
