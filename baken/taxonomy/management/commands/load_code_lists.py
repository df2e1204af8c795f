"""Bring the code lists in the database up to the files of this version."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from baken.audit.interface import SYSTEM
from baken.taxonomy.actions import load_code_lists


class Command(BaseCommand):
    help = "Bring the code lists up to this version. Running it again changes nothing."

    def handle(self, **options: object) -> None:
        loaded = load_code_lists(by=SYSTEM, now=timezone.now())
        self.stdout.write(f"{loaded.added} added, {loaded.changed} changed")
