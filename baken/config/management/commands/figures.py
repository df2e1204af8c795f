"""`baken figures table meldingen-adviezen --region utrecht --from 2020 --to 2023 --format csv`."""

from typing import Any

from django.core.management.base import CommandError

from baken.config.management.base import BakenCommand
from baken.facts.interface import SnapshotDamaged
from baken.figures.interface import (
    BadPeriod,
    NoSnapshotYet,
    UnknownMeasure,
    as_csv,
    as_text,
    measures,
    table_for,
)
from baken.lib.sentences import sentence_of
from baken.lib.tenancy import region_scope

_FORMATS = {"csv": as_csv, "text": as_text}


class Command(BakenCommand):
    help = "Toont een tabel uit de nieuwste peildatum. Intern, niet publiceren."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["table"])
        parser.add_argument("slug", metavar="naam", help=", ".join(m.slug for m in measures()))
        parser.add_argument("--region", required=True)
        parser.add_argument("--from", dest="from_year", type=int)
        parser.add_argument("--to", dest="to_year", type=int)
        parser.add_argument("--format", choices=sorted(_FORMATS), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        by = self.member(options["region"])
        try:
            with region_scope(by.region.pk):
                table = table_for(
                    options["slug"],
                    by=by,
                    from_year=options["from_year"],
                    to_year=options["to_year"],
                )
        except BadPeriod as problem:
            raise CommandError(str(problem)) from None
        except (NoSnapshotYet, SnapshotDamaged, UnknownMeasure) as problem:
            raise CommandError(sentence_of(problem)) from None
        self.stdout.write(_FORMATS[options["format"]](table), ending="")
