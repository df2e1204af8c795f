"""What every command of ours does first: say so when the database is a demo."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError

from baken.accounts.interface import Member, system_member
from baken.config.cannot_start import REFUSED
from baken.config.installation import NotMigrated, is_demo_database
from baken.organisations.interface import UnknownRegion, region_by_code


class BakenCommand(BaseCommand):
    """A command of the house. Acts as the system user."""

    requires_system_checks: list[str] = []

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            is_demo = is_demo_database()
        except ProgrammingError:
            self.stderr.write(str(NotMigrated()))
            sys.exit(REFUSED)
        if is_demo:
            self.stderr.write("Let op: dit is een demo-database.")
        return super().execute(*args, **options)

    def member(self, region_code: str) -> Member:
        """The system, acting in a region."""
        try:
            return system_member(region_by_code(region_code))
        except UnknownRegion:
            raise CommandError(f"Er is geen regio '{region_code}'.") from None
