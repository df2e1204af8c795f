"""The demo's regions and people. Run as the owner, once; again changes nothing."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from baken.accounts.interface import (
    ROLE_PERMISSIONS,
    Permission,
    User,
    add_colleague,
    system_member,
)
from baken.audit.interface import SYSTEM
from baken.config.demo.people import PASSPHRASE, PEOPLE, TOTP_SECRET, Person
from baken.keys.interface import TurnReason, found_recovery, make_own_key, prove_shares, turn_keys
from baken.lib.tenancy import region_scope
from baken.organisations.interface import (
    Region,
    open_region,
    open_team,
    regions,
    safety_regions,
)

# Code, name, number, safety region whose municipalities it serves. The numbers ring nowhere.
REGIONS = (
    ("utrecht", "Utrecht", "030 000 00 00", "VR09"),
    ("flevoland", "Flevoland", "0320 00 00 00", "VR25"),
)


@transaction.atomic
def open_regions(*, now: datetime) -> None:
    """Two regions, each with its municipalities, theme and people."""
    if regions():
        return
    opened = {code: _open(code, name, number, area, now) for code, name, number, area in REGIONS}
    for person in PEOPLE:
        for code in (person.region, *person.other_regions):
            _add(person, opened[code], now)
    for code, region in opened.items():
        here = [each for each in PEOPLE if code in (each.region, *each.other_regions)]
        _found_team(region, here, now)


def _open(code: str, name: str, telephone: str, safety_region: str, now: datetime) -> Region:
    _name, municipalities = safety_regions()[safety_region]
    return open_region(
        code=code,
        name=name,
        telephone=telephone,
        telephone_note="dag en nacht, gratis (demo)",
        municipality_codes=municipalities,
        theme=code,
        by=SYSTEM,
        now=now,
    )


def _found_team(region: Region, people: list[Person], now: datetime) -> None:
    """The team that opens what is sealed: everybody who registers. Nobody keeps the recovery shares of a
    demo: there is nothing to recover."""
    opens = [each.email for each in people if Permission.REGISTER in ROLE_PERMISSIONS[each.role]]
    members = User.objects.filter(email__in=opens).values_list("pk", flat=True)
    with region_scope(region.pk):
        shares = found_recovery(region=region, by=SYSTEM, now=now)
        typed = [" ".join(groups) for groups in shares[:2]]
        prove_shares(region=region, shares=typed, by=SYSTEM, now=now)
        team = open_team(region=region, name="Meldpunt", by=SYSTEM, now=now)
        turn_keys(team=team, members=members, reason=TurnReason.FOUNDED, by=SYSTEM, now=now)


def _add(person: Person, region: Region, now: datetime) -> None:
    user = add_colleague(
        email=person.email,
        name=person.name,
        role=person.role,
        passphrase=PASSPHRASE,
        by=system_member(region),
        now=now,
    )
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, TOTP_SECRET)
        make_own_key(user_id=user.pk, passphrase=PASSPHRASE, by=SYSTEM, now=now)
