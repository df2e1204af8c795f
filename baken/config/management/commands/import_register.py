"""`baken import registrations BESTAND --region utrecht --mapping KOPPELING.toml`."""

import argparse
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone, translation

from baken.accounts.interface import Member
from baken.casework.interface import (
    NotImported,
    import_register,
    outcome_in_words,
    phase_in_words,
    run_import_process,
)
from baken.config.management.base import BakenCommand
from baken.lib.os_errors import reason_of
from baken.lib.sheets import UnreadableSheet


class Command(BakenCommand):
    typed = "import"
    help = "Leest een register in: alle rijen, of geen enkele."

    def add_arguments(self, parser: Any) -> None:
        # `run` is what the office starts for an uploaded file; nobody types it.
        parser.add_argument("what", choices=["registrations", "run"], metavar="registrations")
        parser.add_argument("file", help="CSV, XLSX of ODS")
        parser.add_argument("--region", required=True)
        parser.add_argument("--language", default="nl", help=argparse.SUPPRESS)
        parser.add_argument("--mapping", type=Path, help="TOML: kolommen en waarden")
        parser.add_argument("--quiet", action="store_true", help="toon geen voortgang")
        parser.add_argument(
            "--no-freeze", action="store_true", help="leg geen nieuwe peildatum vast"
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        if options.get("what") == "run":  # the office has said already what database this is
            return BaseCommand.execute(self, *args, **options)
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        by = self.member(options["region"])
        if options["what"] == "run":
            with translation.override(options["language"]):
                run_import_process(
                    import_id=UUID(options["file"]), region=by.region, now=timezone.now()
                )
        elif options["mapping"] is None:
            raise CommandError("Geef met --mapping het bestand dat de kolommen koppelt.")
        else:
            self._import(Path(options["file"]), by, options)

    def _import(self, path: Path, by: Member, options: dict[str, Any]) -> None:
        tell = _silence if options["quiet"] else self._tell
        try:
            _imported, summary = import_register(
                path,
                mapping=options["mapping"],
                by=by,
                now=timezone.now(),
                freeze=not options["no_freeze"],
                tell=tell,
            )
        except NotImported as refusal:
            self._refuse(*refusal.sentences)
        except UnreadableSheet as problem:
            self._refuse(str(problem))
        except (OperationalError, InterfaceError, psycopg.OperationalError):
            self._refuse("De database is weggevallen. Er is niets ingelezen. Probeer het opnieuw.")
        except OSError as problem:
            self._refuse(f"{path}: {reason_of(problem)}.")
        else:
            for line in outcome_in_words(summary):
                self.stdout.write(line)

    def _tell(self, phase: str, rows: int) -> None:
        self.stdout.write(phase_in_words(phase, rows))
        self.stdout.flush()

    def _refuse(self, *lines: str) -> None:
        for line in lines:
            self.stderr.write(line)
        sys.exit(1)


def _silence(_phase: str, _rows: int) -> None:
    pass
