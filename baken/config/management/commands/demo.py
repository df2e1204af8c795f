"""`baken run --demo` fills the demo in steps; `tell` prints what it shows in the terminal."""

from typing import Any

from django.utils import timezone

from baken.config.demo.registrations import fill_registrations
from baken.config.demo.telling import tell
from baken.config.installation import RealDatabase, is_demo_database
from baken.config.management.base import BakenCommand


class Command(BakenCommand):
    help = "Vult de demo. Alleen in een demo-database."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("step", choices=["registrations", "tell"])

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_demo_database():
            raise RealDatabase
        if options["step"] == "registrations":
            fill_registrations(now=timezone.now())
        else:
            self.stdout.write(tell())
