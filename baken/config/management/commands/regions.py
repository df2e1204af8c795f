"""`baken regions open`: a region with its municipalities."""

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from baken.audit.interface import SYSTEM
from baken.config.management.base import BakenCommand
from baken.lib.sentences import sentence_of
from baken.organisations.interface import (
    MunicipalityTaken,
    RegionExists,
    UnknownMunicipality,
    municipality_by_text,
    open_region,
)


class Command(BakenCommand):
    help = "Opent een regio: naam, telefoonnummer, gemeenten."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["open"])
        parser.add_argument("--code", required=True, help="kort, in kleine letters: flevoland")
        parser.add_argument("--name", required=True)
        parser.add_argument("--telephone", required=True)
        parser.add_argument("--theme", default="baken")
        parser.add_argument("--municipalities", required=True, nargs="+", help="namen of CBS-codes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            open_region(
                code=options["code"],
                name=options["name"],
                telephone=options["telephone"],
                theme=options["theme"],
                municipality_codes=[_code(text) for text in options["municipalities"]],
                by=SYSTEM,
                now=timezone.now(),
            )
        except (MunicipalityTaken, RegionExists, UnknownMunicipality) as problem:
            raise CommandError(f"{sentence_of(problem)} ({problem})") from None
        self.stdout.write(f"Regio {options['name']} is open.")


def _code(text: str) -> str:
    code = municipality_by_text(text)
    if code is None:
        raise CommandError(f"De gemeente '{text}' kennen we niet.")
    return code
