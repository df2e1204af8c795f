"""`baken worker`: jobs, and the sealer of the audit log."""

import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from baken.audit.interface import seal

SEAL_SECONDS = 0.5


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Doet het werk op de achtergrond."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=_seal_for_ever, daemon=True).start()
        connector = DjangoConnector().get_worker_connector()
        with app.replace_connector(connector) as worker_app:
            worker_app.run_worker(concurrency=2, delete_jobs="successful")


def _seal_for_ever() -> None:
    """Chain what was written, within a second. A database that is away comes back."""
    while True:
        try:
            sealed = seal()
        except DatabaseError:
            connection.close()
            sealed = 0
        if not sealed:
            time.sleep(SEAL_SECONDS)
