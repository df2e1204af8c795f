"""`baken worker`: jobs, and the sealer of the audit log with its checkpoints."""

import threading
import time
from time import monotonic
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from baken.audit.interface import seal
from baken.config.checkpoints import bring_checkpoints, checkpoint_when_due, signing_key
from baken.config.management.base import PlainCommand

SEAL_SECONDS = 0.5
CHECKPOINT_SECONDS = 5  # how often it is asked whether one is due
BRING_SECONDS = 30 * 60  # how often folders that could not be reached are tried again
# How often a database may go away before the worker gives up; it waits longer each time.
PATIENCE = 10


class Command(PlainCommand):
    requires_system_checks: list[str] = []
    help = "Doet het werk op de achtergrond."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=_seal_for_ever, args=(Notary(),), daemon=True).start()
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


def _seal_for_ever(notary: "Notary") -> None:
    """Chain what was written, within a second. A database that is away comes back."""
    while True:
        try:
            sealed = seal()
            notary.look(monotonic())
        except DatabaseError:
            connection.close()
            sealed = 0
        if not sealed:
            time.sleep(SEAL_SECONDS)


class Notary:
    """Signs checkpoints when they are due, and brings them where they are kept."""

    def __init__(self) -> None:
        signing_key()  # without one the worker does not start
        self.next_look = self.next_bring = 0.0

    def look(self, at: float) -> None:
        """`at` is a monotonic time, in seconds."""
        if at < self.next_look:
            return
        self.next_look = at + CHECKPOINT_SECONDS
        made = checkpoint_when_due(now=timezone.now())
        if made or at >= self.next_bring:
            bring_checkpoints(now=timezone.now())
            self.next_bring = at + BRING_SECONDS
