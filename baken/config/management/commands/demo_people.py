"""The regions and people of the demo; also the cast of the tests."""

from typing import Any

from django.utils import timezone

from baken.config.demo.seed import open_regions
from baken.config.installation import RealDatabase, is_demo_database
from baken.config.management.base import BakenCommand


class Command(BakenCommand):
    help = "Maakt de regio's en mensen van de demo. Alleen in een demo-database."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_demo_database():
            raise RealDatabase
        open_regions(now=timezone.now())
