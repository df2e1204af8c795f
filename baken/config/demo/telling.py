"""What the demo says in the terminal: the two tables with their sentences, and how to log in."""

from django.utils import timezone

from baken.accounts.interface import system_member
from baken.config.demo.people import PASSPHRASE, PEOPLE, one_time_codes
from baken.figures.interface import as_text, table_for
from baken.lib.tenancy import region_scope
from baken.organisations.interface import region_by_code

TABLES = ("meldingen-adviezen", "aard")


def tell() -> str:
    """The published tables of 2020–2023, counted again from the register."""
    utrecht = system_member(region_by_code("utrecht"))
    with region_scope(utrecht.region.pk):
        tables = [table_for(slug, by=utrecht, from_year=2020, to_year=2023) for slug in TABLES]
    parts = [as_text(table) for table in tables]
    return "\n\n".join(["", *parts, _log_ins()])


def _log_ins() -> str:
    width = max(len(person.email) for person in PEOPLE)
    lines = [f"  {p.email:<{width}}  {p.role.label}, {p.region}" for p in PEOPLE]
    code = f"code nu {one_time_codes()[1]} (om {timezone.localtime():%H:%M})"
    return "\n".join(
        [
            "Inloggen: een knop per persoon op de startpagina van het kantoor, of met de hand:",
            *lines,
            f"  wachtwoordzin: {PASSPHRASE}   {code}",
        ]
    )
