"""The import process: apart from the site, within limits, telling how far it is while it works."""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
import threading
from enum import StrEnum
from typing import TYPE_CHECKING

import psycopg
from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from baken.casework.imports.wording import WRITING
from baken.casework.states import ImportState

if TYPE_CHECKING:
    from types import TracebackType
    from uuid import UUID

log = logging.getLogger(__name__)

# Of addresses, not of memory in use: libraries map far more than they touch.
ADDRESS_BYTES = 900_000_000
CPU_SECONDS = 600
BEAT_SECONDS = 0.5
_SECRETS = ("BAKEN_KEY", "BAKEN_SECRET_KEY", "BAKEN_SMTP_URL")


class Job(StrEnum):
    """What the process is asked to do with the file."""

    READ = "read"  # which columns there are
    SURVEY = "survey"  # which values the chosen columns have
    CHECK = "check"  # everything that is wrong, and what it would become
    IMPORT = "import"
    UNDO = "undo"  # delete what was imported; there is no file any more


class Cancelled(Exception):
    """Het inlezen is gestopt. Er is niets ingelezen."""


def start_process(import_id: UUID, region_code: str) -> None:
    """Start the process and come back at once. It outlives a restart of the site, and says what is wrong
    in the language of who asked."""
    words = ["import_register", "run", str(import_id), "--region", region_code]
    words += ["--language", get_language() or settings.LANGUAGE_CODE]
    process = subprocess.Popen(  # noqa: S603 the words are ours
        [sys.executable, "-m", "django", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    # Somebody has to wait for it, or it stays behind as a zombie.
    threading.Thread(target=process.wait, daemon=True).start()


def _environment() -> dict[str, str]:
    """Of the site, but without a key: this process reads files of unknown make and seals nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
    # Few arenas: each reserves addresses that the limit counts.
    return {**kept, "MALLOC_ARENA_MAX": "2"}


def limit_process() -> None:
    """A file that asks for too much ends its own process and nothing else."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_BYTES, ADDRESS_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Heart:
    """Tells twice a second that the process lives and how far it is, over a connection of its own: what
    the open transaction writes is invisible until it ends.

    `tell` raises `Cancelled` in the working thread once somebody has stopped the import.
    """

    def __init__(self, import_id: UUID, region_id: UUID, *, rows: int = 0) -> None:
        self.import_id = import_id
        self.region_id = region_id
        self.rows = rows
        self.done = 0
        self.is_cancelled = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Heart:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Beat no more: from here on the row belongs to the open transaction."""
        self._stopped.set()
        self._thread.join()

    def tell(self, phase: str, rows: int) -> None:
        """While writing, the checked rows count too: the second half of the work."""
        self.done = rows + (self.rows if phase == WRITING else 0)
        if self.is_cancelled:
            raise Cancelled

    def _beat(self) -> None:
        try:
            with _own_connection(self.region_id) as own:
                while True:
                    self._tell_database(own)
                    if self._stopped.wait(BEAT_SECONDS):
                        return
        except psycopg.Error as error:
            # The working thread notices by itself when the database is gone.
            log.warning("import %s has no heartbeat: %s", self.import_id, type(error).__name__)

    def _tell_database(self, own: psycopg.Connection[tuple[object, ...]]) -> None:
        told = own.execute(
            "UPDATE casework_registerimport SET rows_done = %s, heard_at = now()"
            " WHERE id = %s AND region_id = %s AND state = %s",
            [self.done, self.import_id, self.region_id, ImportState.RUNNING.value],
        )
        self.is_cancelled = told.rowcount == 0


def _own_connection(region_id: UUID) -> psycopg.Connection[tuple[object, ...]]:
    """A second connection of this process, in which the rows of one region exist."""
    place = connection.settings_dict
    own = psycopg.connect(
        host=place["HOST"],
        port=place["PORT"],
        dbname=place["NAME"],
        user=place["USER"],
        password=place["PASSWORD"],
        sslmode=place["OPTIONS"].get("sslmode"),
        sslrootcert=place["OPTIONS"].get("sslrootcert"),
        autocommit=True,
    )
    own.execute("SELECT set_config('baken.region', %s, false)", [str(region_id)])
    return own
