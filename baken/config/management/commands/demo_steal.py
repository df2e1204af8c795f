"""`baken demo steal`: what a thief would get of this demo, and whether a sentence you typed is in it."""

import sys
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from psycopg import sql

from baken.config.demo.theft import found, loot, superuser_urls
from baken.config.installation import RealDatabase, is_demo_database
from baken.config.management.base import BakenCommand
from baken.lib.tenancy import region_scope
from baken.organisations.interface import regions

# What stands in the clear by decision, as a thief would count it.
_COUNTED = ("casework_registration", "casework_subject", "casework_identity", "casework_summary")


class Command(BakenCommand):
    help = "Neemt alles mee wat een dief zou krijgen, en zoekt daarin een zin die u typte."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["steal"], metavar="steal")
        parser.add_argument("--sentence", help="de zin die u in een melding typte; anders gevraagd")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_demo_database():
            raise RealDatabase
        sentence = (options["sentence"] or input("Welke zin typte u in een melding? ")).strip()
        if len(sentence) < 8:
            raise CommandError(
                "Geef een zin van minstens acht tekens: een kort woord staat overal."
            )
        where = self._search(sentence)
        self._tell_what_is_clear()
        if where:
            names = "\n  ".join(sorted(where))
            raise CommandError(f"Uw zin staat hier leesbaar:\n  {names}")
        self.stdout.write(
            "Uw zin staat nergens: in geen bestand en geen tabel, in geen schrijfwijze."
        )

    def _search(self, sentence: str) -> set[str]:
        """Names of the places it stands in; says what was carried off."""
        sizes: Counter[str] = Counter()
        numbers: Counter[str] = Counter()
        where: set[str] = set()
        for name, content in loot(settings.HOME, *superuser_urls(settings.HOME)):
            kind = name.split(" ", 1)[0]
            numbers[kind] += 1
            sizes[kind] += len(content)
            where |= {place for place, _word in found([sentence], [(name, content)])}
            self._show_progress(sum(numbers.values()), sum(sizes.values()))
        if sys.stderr.isatty():
            self.stderr.write("")
        self.stdout.write("Een dief neemt mee:")
        for kind, label in (("file", "bestanden en hun namen"), ("table", "tabellen")):
            self.stdout.write(f"  {numbers[kind]:>6} {label}, {sizes[kind] / 1e6:.0f} MB")
        return where

    def _show_progress(self, number: int, size: int) -> None:
        if sys.stderr.isatty() and number % 25 == 0:
            self.stderr.write(f"\r{number} plaatsen, {size / 1e6:.0f} MB doorzocht", ending="")

    def _tell_what_is_clear(self) -> None:
        self.stdout.write("Wat een dief wel ziet: gecodeerde feiten, aantallen en grove lengtes.")
        told = 0
        for region in regions():
            with region_scope(region.pk), connection.cursor() as cursor:
                counts = [self._count(cursor, table) for table in _COUNTED]
            registrations, subjects, identities, summaries = counts
            told += summaries
            self.stdout.write(
                f"  {region.name}: {registrations} registraties en {subjects} mensen als codes; "
                f"{summaries} verhalen en {identities} gegevens van mensen, alle verzegeld"
            )

        if not told:
            self.stdout.write("Let op: er staat nog geen verhaal in deze demo. Typ er eerst een.")

    def _count(self, cursor: Any, table: str) -> int:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])
