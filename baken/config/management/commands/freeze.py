"""`baken freeze --region utrecht`."""

from typing import Any

from django.utils import timezone

from baken.config.management.base import BakenCommand
from baken.facts.interface import freeze_now


class Command(BakenCommand):
    help = "Legt een nieuwe peildatum vast."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--region", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        snapshot = freeze_now(by=self.member(options["region"]), now=timezone.now())
        moment = timezone.localtime(snapshot.reference_at)
        self.stdout.write(f"Peildatum {moment:%d-%m-%Y %H:%M}: {snapshot.rows_total} rijen.")
