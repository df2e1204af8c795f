"""How commands in other terminals find the database of a running Baken, or run it for themselves.

Who runs the clusters writes ``run.json`` (0600). It only counts while somebody holds the lock of
the main cluster, so a file left by a killed Baken misleads nobody.
"""

import contextlib
import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from baken.config.embedded.cluster import Cluster, start_cluster
from baken.config.embedded.place import AlreadyRunning, prepare_place
from baken.config.embedded.roles import Urls, ensure_roles
from baken.config.home import explained, write_private
from baken.config.secrets import load_secrets

FILE = "run.json"
MAIN, KEYSTORE = "main", "keystore"
# Small: it holds keys only. Every worker of the office keeps a few connections to it.
KEYSTORE_SETTINGS = {"shared_buffers": "16MB", "max_connections": "40"}
# How long another process may be busy starting or stopping before we give up on it.
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Run:
    """What runs now: the process that runs it, and the pids and ports of its parts by name."""

    urls: Urls
    pid: int = field(default_factory=os.getpid)
    pids: Mapping[str, int] = field(default_factory=dict)
    ports: Mapping[str, int] = field(default_factory=dict)


def write_run(home: Path, run: Run) -> None:
    """Tell other commands where the database is; from now on they use it."""
    content = {
        "pid": run.pid,
        "pids": dict(run.pids),
        "ports": dict(run.ports),
        "urls": run.urls.as_dict(),
    }
    draft = home / f"{FILE}.new"
    with explained(home):
        write_private(draft, json.dumps(content, indent=2) + "\n")
        draft.replace(home / FILE)


def remove_run(home: Path) -> None:
    (home / FILE).unlink(missing_ok=True)


def read_run(home: Path) -> Run | None:
    """What runs in ``home``, or None when nothing does."""
    if not _is_held(home / MAIN / "lock"):
        return None
    try:
        content = json.loads((home / FILE).read_text(encoding="utf-8"))
        urls = Urls(**content["urls"])
        return Run(urls, content["pid"], content["pids"], content["ports"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextlib.contextmanager
def database(home: Path) -> Iterator[Urls]:
    """The addresses of the database, for as long as the block lasts.

    From the environment when given; else of the Baken that runs in ``home``; else both clusters
    are started here and stopped afterwards, once other commands that came to use it are done.
    """
    given = Urls.from_environment(os.environ)
    if given:
        yield given
        return
    prepare_place(home, MAIN)
    with (home / "users.lock").open("a") as users:
        found = _adopt_or_start(home, users)
        if isinstance(found, Urls):
            yield found
            return
        with found as main, start_cluster(home, KEYSTORE, settings=KEYSTORE_SETTINGS) as keystore:
            urls = ensure_roles(main, load_secrets(home), keystore=keystore)
            ports = {MAIN: main.port, KEYSTORE: keystore.port}
            yield from _lend(home, users, Run(urls, ports=ports))


def _adopt_or_start(home: Path, users: IO[str]) -> Urls | Cluster:
    """The addresses of a running database, kept up by our shared lock; or a cluster of our own."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        fcntl.flock(users, fcntl.LOCK_SH)
        run = read_run(home)
        if run:
            return run.urls
        fcntl.flock(users, fcntl.LOCK_UN)
        try:
            return start_cluster(home, MAIN)
        except AlreadyRunning:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.1)


def _lend(home: Path, users: IO[str], run: Run) -> Iterator[Urls]:
    write_run(home, run)
    try:
        yield run.urls
    finally:
        try:
            _wait_for_users(users)
        finally:
            remove_run(home)


def _wait_for_users(users: IO[str]) -> None:
    """Keep the cluster up until the commands in other terminals that use it are done."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.stderr.write("Even wachten: een andere opdracht gebruikt de database nog.\n")
        fcntl.flock(users, fcntl.LOCK_EX)


def _is_held(lock: Path) -> bool:
    """Whether a living process holds the lock file."""
    try:
        with lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
    except BlockingIOError:
        return True
    except OSError:
        return False
