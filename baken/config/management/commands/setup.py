"""`baken setup`: the meldpunt of a real installation, asked step by step or given as options."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from baken.accounts.interface import AlreadyMember, NotPrinted, Role, what_is_wrong
from baken.config.management.asking import WrongAnswer, ask, ask_passphrase
from baken.config.management.base import PlainCommand
from baken.config.opening import FirstPerson, Opening, open_meldpunt
from baken.keys.interface import Refused, check_share
from baken.lib.os_errors import reason_of
from baken.lib.sentences import sentence_of
from baken.organisations.interface import (
    MunicipalityTaken,
    Region,
    RegionExists,
    UnknownMunicipality,
    municipality_by_text,
    safety_regions,
)

_CODE = re.compile(r"[a-z][a-z0-9-]{1,31}")
_PERSON = re.compile(r"(?P<name>[^<>]{2,120}?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>")
_WELCOME = """\
U richt een meldpunt in. Er wordt niets bewaard tot alle vragen zijn beantwoord.

De functioneel beheerder nodigt collega's uit en ziet geen inhoud. De coördinator werkt met registraties.
Dat mogen twee mensen zijn, en liefst zijn het er twee; vult u twee keer dezelfde persoon in, dan krijgt die
beide rollen.
"""
_DONE = """\
Meldpunt {name} is open.
Start Baken met: baken run
Log in op {url}: daar maakt de functioneel beheerder {rest}.
"""


class Command(PlainCommand):
    requires_system_checks: list[str] = []
    help = "Richt een meldpunt in: regio, eerste mensen, team en zo nodig de herstelsleutel."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--code", help="kort, in kleine letters: flevoland")
        parser.add_argument("--name", help="naam van de regio")
        parser.add_argument("--telephone")
        parser.add_argument("--municipalities", nargs="+", help="VR25, of namen of CBS-codes")
        parser.add_argument("--administrator", metavar="NAAM <ADRES>")
        parser.add_argument("--coordinator", metavar="NAAM <ADRES>")
        parser.add_argument("--team", default="Meldpunt")
        parser.add_argument(
            "--invite", action="store_true", help="wachtwoordzin kiezen in de browser"
        )
        parser.add_argument(
            "--recovery-pdf", metavar="BESTAND", help="maak de herstelsleutel nu, om te printen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("setup_database", mark="real", verbosity=0)
        if not options["code"]:
            self.stdout.write(_WELCOME)
        opening = _opening(options)
        try:
            codes = open_meldpunt(opening, read_shares=self._read_shares, now=timezone.now())
        except (AlreadyMember, MunicipalityTaken, RegionExists, UnknownMunicipality) as problem:
            raise CommandError(f"{sentence_of(problem)} ({problem})") from None
        except OSError as problem:
            said = f"Baken kan {opening.sheets} niet schrijven: {reason_of(problem)}."
            raise CommandError(said) from None
        except (Refused, NotPrinted) as problem:
            raise CommandError(what_is_wrong(problem)) from None
        for name, code in codes:
            self.stdout.write(f"Code voor {name}, door te geven per telefoon: {code}")
        rest = "het eerste team af" if opening.sheets else "de herstelsleutel en het eerste team"
        said = _DONE.format(name=opening.name, url=settings.OFFICE_URL, rest=rest)
        self.stdout.write(said)

    def _read_shares(self, region: Region) -> Sequence[str]:
        self.stdout.write("De drie delen staan klaar om te printen. Typ er daarna twee van over.")

        def clean(text: str) -> str:
            try:
                check_share(region=region, text=text)
            except Refused as problem:
                raise WrongAnswer(what_is_wrong(problem)) from None
            return text

        return [ask(f"{which} deel", clean, secret=True) for which in ("Eerste", "Tweede")]


def _opening(options: dict[str, Any]) -> Opening:
    def answer(name: str, question: str, clean: Any) -> Any:
        given = options[name]
        if given is None:
            return ask(question, clean)
        try:
            return clean(given if isinstance(given, str) else ", ".join(given))
        except WrongAnswer as problem:
            raise CommandError(f"--{name}: {problem}") from None

    return Opening(
        code=answer("code", "Code van de regio, in kleine letters", _clean_code),
        name=answer("name", "Naam van de regio", _clean_text),
        telephone=answer("telephone", "Telefoonnummer van het meldpunt", _clean_text),
        municipalities=answer(
            "municipalities", "Veiligheidsregio (VR25), of gemeenten met komma's", _clean_area
        ),
        people=_people(
            answer("administrator", "Functioneel beheerder, als: Naam <adres>", _clean_person),
            answer("coordinator", "Coördinator, als: Naam <adres>", _clean_person),
            is_invited=options["invite"],
        ),
        team=options["team"],
        sheets=Path(options["recovery_pdf"]) if options["recovery_pdf"] else None,
    )


def _people(
    administrator: tuple[str, str], coordinator: tuple[str, str], *, is_invited: bool
) -> list[FirstPerson]:
    roles: dict[tuple[str, str], tuple[Role, ...]] = {}
    for person, role in ((administrator, Role.ADMINISTRATOR), (coordinator, Role.COORDINATOR)):
        roles[person] = (*roles.get(person, ()), role)
    return [
        FirstPerson(name, email, own, None if is_invited else ask_passphrase(name))
        for (name, email), own in roles.items()
    ]


def _clean_code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise WrongAnswer("Gebruik kleine letters, cijfers en streepjes.")
    return text


def _clean_text(text: str) -> str:
    if not 2 <= len(text) <= 80 or not text.isprintable():
        raise WrongAnswer("Vul 2 tot 80 gewone tekens in.")
    return text


def _clean_person(text: str) -> tuple[str, str]:
    found = _PERSON.fullmatch(text)
    if not found:
        raise WrongAnswer("Schrijf het zo: Noor Jansen <noor@voorbeeld.nl>")
    return found["name"].strip(), found["email"].lower()


def _clean_area(text: str) -> list[str]:
    known = safety_regions().get(text.strip().upper())
    if known:
        return known[1]
    names = [part.strip() for part in text.split(",") if part.strip()]
    codes = {name: municipality_by_text(name) for name in names}
    unknown = [name for name, code in codes.items() if code is None]
    if unknown or not names:
        raise WrongAnswer(f"Deze gemeenten kennen we niet: {', '.join(unknown) or '(geen)'}.")
    return [code for code in codes.values() if code]
