"""`baken keys`: how teams' keys stand, turning them, recovery, and sweeping the keystore."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from baken.accounts.interface import (
    Member,
    NoKeysYet,
    NotInRegion,
    User,
    recover,
    turn_team,
    what_is_wrong,
)
from baken.config.management.asking import WrongAnswer, ask
from baken.config.management.base import BakenCommand
from baken.keys.interface import (
    KeystoreAway,
    LastSeat,
    NoOwnKey,
    NoRecovery,
    NothingToRecover,
    Refused,
    SeesTooLittle,
    TooManyOrphans,
    TurnReason,
    check_share,
    keys_of,
    recovery_of,
    sweep,
)
from baken.lib.tenancy import region_scope
from baken.organisations.interface import Region, Team, regions, teams_of

Refusals = (
    KeystoreAway, LastSeat, NoKeysYet, NoOwnKey, NoRecovery, NothingToRecover, NotInRegion, Refused,
    SeesTooLittle, TooManyOrphans,
)  # fmt: skip
# Why somebody on the command line turns keys; a leaver's turn when the colleague is disabled.
_REASONS = (TurnReason.AGE, TurnReason.LEAVER, TurnReason.ROLE)


class Command(BakenCommand):
    help = "Sleutels: hoe ze ervoor staan, vernieuwen, herstellen, opruimen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("status", help="per regio: herstelsleutel, teams, ouderdom, wat nog oud is")
        turn = what.add_parser("turn", help="een team nieuwe sleutels geven")
        turn.add_argument("--region", required=True)
        turn.add_argument("--team", required=True)
        turn.add_argument("--reason", choices=[each.value for each in _REASONS], default="age")
        what.add_parser("rewrap", help="waar een collega opnieuw verzegelt wat er al was")
        what.add_parser("sweep", help="sleutels opruimen waar niets bij hoort")
        again = what.add_parser("recover", help="collega's toegang geven met twee delen")
        again.add_argument("--region", required=True)
        again.add_argument("--member", required=True, nargs="+", metavar="ADRES")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what']}")(options)
        except Refusals as problem:
            raise CommandError(what_is_wrong(problem)) from None

    def _status(self, options: dict[str, Any]) -> None:
        for region in regions():
            with region_scope(region.pk):
                self.stdout.write(f"{region.name}: {_recovery_in_words(region)}")
                for team in teams_of(region):
                    self.stdout.write(f"  {team.name}: {_keys_in_words(team)}")

    def _turn(self, options: dict[str, Any]) -> None:
        system = self.member(options["region"])
        with region_scope(system.region.pk):
            team = _team(system, options["team"])
            reason = TurnReason(options["reason"])
            number = turn_team(team_id=team.pk, reason=reason, by=system, now=timezone.now())
        self.stdout.write(f"{team.name} heeft sleutels nummer {number}.")
        self._rewrap(options)

    def _rewrap(self, options: dict[str, Any]) -> None:
        """Only somebody's own keys open what is to be sealed again; those come from a log-in."""
        for region in regions():
            with region_scope(region.pk):
                for team in teams_of(region):
                    self._say_rewrap(team)

    def _say_rewrap(self, team: Team) -> None:
        keys = keys_of(team)
        if keys and keys.to_rewrap:
            page = settings.OFFICE_URL + reverse("teams:rewrap", args=[team.pk])
            self.stdout.write(
                f"{team.name}: {keys.to_rewrap} onderdelen hebben nog oude sleutels. "
                f"Een collega met toegang verzegelt ze op {page}"
            )

    def _sweep(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"Opgeruimd: {sweep()}.")

    def _recover(self, options: dict[str, Any]) -> None:
        self.stdout.write("Doe dit met twee mensen: ieder typt het eigen deel in.")
        system = self.member(options["region"])
        with region_scope(system.region.pk), transaction.atomic():
            addresses = {address.lower() for address in options["member"]}
            found = list(User.objects.filter(email__in=addresses))
            if len(found) < len(addresses):
                raise CommandError("Niet al deze adressen zijn van een collega.")
            seats = recover(
                shares=_two_shares(system.region),
                user_ids=[user.pk for user in found],
                by=system,
                now=timezone.now(),
            )
        self.stdout.write(f"Toegang gegeven: {seats} keer.")


def _team(by: Member, name: str) -> Team:
    found = next((team for team in teams_of(by.region) if team.name == name), None)
    if found is None:
        raise CommandError(f"Er is in deze regio geen team '{name}'.")
    return found


def _two_shares(region: Region) -> list[str]:
    def clean(text: str) -> str:
        try:
            check_share(region=region, text=text, in_use=True)
        except Refused as problem:
            raise WrongAnswer(what_is_wrong(problem)) from None
        return text

    return [ask(f"{which} deel", clean, secret=True) for which in ("Eerste", "Tweede")]


def _recovery_in_words(region: Region) -> str:
    recovery = recovery_of(region)
    if recovery is None:
        return "nog geen herstelsleutel"
    made = f"herstelsleutel {recovery.edition} van {recovery.made_at:%d-%m-%Y}"
    if recovery.proven_at is None:
        return f"{made}, NOG NIET BEPROEFD"
    return f"{made}, beproefd op {recovery.proven_at:%d-%m-%Y}"


def _keys_in_words(team: Team) -> str:
    keys = keys_of(team)
    if keys is None:
        return "nog geen sleutels"
    age = (timezone.now() - keys.made_at).days
    return (
        f"sleutels nummer {keys.number}, {age} dagen oud, {len(keys.seats)} collega's, "
        f"{keys.to_rewrap} onderdelen met oude sleutels"
    )
