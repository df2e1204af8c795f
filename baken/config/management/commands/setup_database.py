"""`baken migrate`: tables, rights, code lists and municipalities, as the owner."""

import sys
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from baken.audit.interface import SYSTEM
from baken.config.cannot_start import REFUSED, CannotStart
from baken.config.grants import apply_grants
from baken.config.installation import NotMigrated, mark
from baken.config.management.base import PlainCommand
from baken.keys.interface import prepare_keystore
from baken.organisations.interface import load_municipalities
from baken.taxonomy.interface import load_code_lists


class Command(PlainCommand):
    typed = "migrate"
    requires_system_checks: list[str] = []
    help = "Brengt de database bij deze versie: tabellen, rechten, codelijsten, gemeenten."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--mark", choices=["demo", "real"], help="wat deze installatie is")
        parser.add_argument("--check", action="store_true", help="verander niets, kijk alleen")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        prepare_keystore()
        now = timezone.now()
        with transaction.atomic():
            apply_grants()
            load_code_lists(by=SYSTEM, now=now)
            load_municipalities(by=SYSTEM, now=now)
            if options["mark"]:
                self._mark(demo=options["mark"] == "demo", now=now)

    def _check(self) -> None:
        try:
            call_command("migrate", check_unapplied=True, verbosity=0)
        except SystemExit:
            self._refuse(NotMigrated())

    def _mark(self, *, demo: bool, now: datetime) -> None:
        try:
            mark(demo=demo, now=now)
        except CannotStart as problem:
            self._refuse(problem)

    def _refuse(self, problem: CannotStart) -> None:
        self.stderr.write(str(problem))
        sys.exit(REFUSED)
