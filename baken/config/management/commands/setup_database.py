"""`baken migrate`: tables, rights, code lists and municipalities, as the owner."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from baken.audit.interface import SYSTEM
from baken.config.grants import apply_grants
from baken.config.installation import mark
from baken.organisations.interface import load_municipalities
from baken.taxonomy.interface import load_code_lists


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Brengt de database bij deze versie: tabellen, rechten, codelijsten, gemeenten."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--demo", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        now = timezone.now()
        with transaction.atomic():
            apply_grants()
            load_code_lists(by=SYSTEM, now=now)
            load_municipalities(by=SYSTEM, now=now)
            mark(demo=options["demo"], now=now)
