"""`baken worker`: jobs, and the sealer of the audit log."""

import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from baken.audit.interface import seal

SEAL_SECONDS = 0.5
# How often a database may go away before the worker gives up; it waits longer each time.
PATIENCE = 10


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Doet het werk op de achtergrond."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=_seal_for_ever, daemon=True).start()
        for patience in range(PATIENCE):
            try:
                _work()
                return
            except ConnectorException:
                self.stderr.write("De database is even weg; het achtergrondwerk wacht.")
                time.sleep(1 + patience)
        raise CommandError("De database komt niet terug.")


def _work() -> None:
    """Until somebody asks to stop, or the database goes away."""
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
