"""What every command of ours does first: say so when the database is a demo."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from baken.accounts.interface import Member, system_member
from baken.config.cannot_start import REFUSED
from baken.config.installation import NotMigrated, is_demo_database
from baken.organisations.interface import UnknownRegion, region_by_code


class PlainCommand(BaseCommand):
    """A command that says what is wrong in our sentence alone, and explains only what is ours."""

    suppressed_base_arguments = {
        *("--version", "--verbosity", "--settings", "--pythonpath", "--traceback"),
        *("--no-color", "--force-color", "--skip-checks"),
    }
    _called_from_command_line: bool  # Django's own
    typed = ""  # what people type, when that is not the name of the module

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, self.typed or subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except CommandError as problem:
            if not self._called_from_command_line or options.get("traceback"):
                raise
            self.stderr.write(str(problem))
            sys.exit(problem.returncode)


class BakenCommand(PlainCommand):
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
