"""`baken audit verify`."""

from typing import Any

from django.core.management.base import CommandError

from baken.audit.interface import Verdict, verify
from baken.config.management.base import BakenCommand


class Command(BakenCommand):
    help = "Controleert of het logboek nog klopt."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        verdicts = verify()
        for verdict in verdicts:
            self.stdout.write(_line(verdict))
        if not all(verdict.holds for verdict in verdicts):
            raise CommandError("Het logboek klopt niet.")


def _line(verdict: Verdict) -> str:
    if not verdict.holds:
        return f"FOUT {verdict.stream}: gebroken bij regel {verdict.broken_at}"
    waiting = f", {verdict.waiting} nog niet verzegeld" if verdict.waiting else ""
    return f"OK {verdict.stream}: {verdict.links} regels{waiting}, kop {verdict.head}"
