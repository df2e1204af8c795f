"""`baken import registrations BESTAND --region utrecht --mapping KOPPELING.toml`."""

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError
from django.utils import timezone

from baken.accounts.interface import Member
from baken.casework.actions.import_jobs import run_job
from baken.casework.actions.imports import AlreadyImported, import_register
from baken.casework.imports.loading import NumbersTakenMeanwhile
from baken.casework.imports.mapping import BadMapping
from baken.casework.imports.problems import ImportRefused
from baken.casework.imports.running import limit_process
from baken.casework.imports.wording import outcome_in_words, phase_in_words
from baken.config.management.base import BakenCommand
from baken.lib.sheets import UnreadableSheet


class Command(BakenCommand):
    help = "Leest een register in: alle rijen, of geen enkele."

    def add_arguments(self, parser: Any) -> None:
        # `run` is what the office starts for an uploaded file; nobody types it.
        parser.add_argument("what", choices=["registrations", "run"], metavar="registrations")
        parser.add_argument("file", help="CSV, XLSX of ODS")
        parser.add_argument("--region", required=True)
        parser.add_argument("--mapping", type=Path, help="TOML: kolommen en waarden")
        parser.add_argument("--quiet", action="store_true", help="toon geen voortgang")
        parser.add_argument(
            "--no-freeze", action="store_true", help="leg geen nieuwe peildatum vast"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = self.member(options["region"])
        if options["what"] == "run":
            limit_process()
            run_job(import_id=UUID(options["file"]), region=by.region, now=timezone.now())
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
        except ImportRefused as refused:
            self._refuse(*map(str, refused.problems.kept), str(refused))
        except (AlreadyImported, BadMapping, UnreadableSheet) as problem:
            self._refuse(str(problem))
        except NumbersTakenMeanwhile as problem:
            self._refuse(problem.__doc__ or "")
        except OSError as problem:
            self._refuse(f"{path}: {problem.strerror}.")
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
