"""The command line. It acts as the office role and is audited as the system user."""

import argparse
import os
import sys

from django.core.management import execute_from_command_line

from baken.config.cannot_start import CannotStart
from baken.config.dutch_arguments import speak_dutch
from baken.config.embedded import database
from baken.config.environment import BadEnvironment, baken_home, env_number
from baken.config.processes import Installation, environment
from baken.config.run import run
from baken.config.strength import forbid_core_dumps

# Command → (management command, database role).
COMMANDS = {
    "figures": ("figures", "office"),
    "import": ("import_register", "office"),
    "freeze": ("freeze", "office"),
    "regions": ("regions", "owner"),
    "people": ("people", "owner"),
    "audit": ("audit", "worker"),
    "migrate": ("setup_database", "owner"),
    "worker": ("worker", "worker"),
    "mail": ("mail", "worker"),
    "setup": ("setup", "owner"),
    "keys": ("keys", "office"),
    "keys sweep": ("keys", "worker"),
    "demo": ("demo_steal", "office"),
}

_HELP = """\
baken run [--demo] [--reload]      alles starten, in deze terminal
baken setup                        een meldpunt inrichten
baken keys status|turn|recover     sleutels van teams
baken figures table NAAM           een tabel: meldingen-adviezen, aard
baken import registrations BESTAND een register inlezen
baken freeze --region REGIO        een nieuwe peildatum vastleggen
baken regions open                 een regio openen
baken people add                   een collega toevoegen
baken audit verify                 het logboek controleren
baken mail test|queue|suppress     de mail nagaan
baken migrate                      de database bijwerken
baken worker                       alleen het achtergrondwerk
baken demo steal                   wat een dief van de demo zou krijgen

Elke opdracht legt zichzelf uit met --help.
"""


def main(argv: list[str] | None = None) -> None:
    """Run one command; an expected failure is one sentence on stderr and exit code 1."""
    words = sys.argv[1:] if argv is None else argv
    forbid_core_dumps()
    speak_dutch()
    try:
        _dispatch(words)
    except (CannotStart, BadEnvironment) as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)


def _dispatch(words: list[str]) -> None:
    if words and words[0] == "run":
        options = _run_parser().parse_args(words[1:])
        run(demo=options.demo, reload=options.reload)
    elif words and words[0] in COMMANDS:
        _manage(words)
    else:
        print(_HELP)
        sys.exit(0 if words in ([], ["help"], ["--help"], ["-h"]) else 2)


def _run_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="baken run")
    parser.add_argument("--demo", action="store_true", help="vul een verzonnen regio")
    parser.add_argument("--reload", action="store_true", help="herlaad bij elke wijziging")
    return parser


def _manage(words: list[str]) -> None:
    """A management command as its database role, on the database that runs or one of its own."""
    name, site = COMMANDS.get(" ".join(words[:2])) or COMMANDS[words[0]]
    home = baken_home()
    with database(home) as urls:
        installation = Installation(
            home=home,
            urls=urls,
            public_port=env_number("BAKEN_PUBLIC_PORT", 8000, lowest=1, highest=65535),
            office_port=env_number("BAKEN_OFFICE_PORT", 8001, lowest=1, highest=65535),
        )
        os.environ.update(environment(site, installation))
        execute_from_command_line(["baken", name, *words[1:]])
