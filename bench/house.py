"""The house under measurement: its own durable PostgreSQL in a temporary folder, one database per size,
and beside every office the bare site on the same database."""

import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from baken.config.embedded import Cluster, Urls, ensure_roles, start_cluster
from baken.config.processes import Installation, environment, website, worker
from baken.config.secrets import load_secrets
from baken.config.steps import Steps
from baken.config.supervisor import Supervisor, supervision
from bench.bare import COPIED
from bench.generate import generate
from bench.people import Colleague
from bench.say import say, step

PREPARED = "prepared"
BARE_ROLE, BARE_PASSWORD = "bench_bare", "bench"
ROLES = ("owner", "office", "public", "worker")


class TaskFailed(Exception):
    """A task inside the house ended with an error."""


@dataclass(frozen=True)
class Database:
    """One filled database and how to reach it."""

    name: str
    installation: Installation
    superuser_url: str
    bare_url: str

    def vacuum(self) -> None:
        """What PostgreSQL does by itself when it finds the time."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")

    def inside(self, task: str, *words: str, role: str = "office") -> Any:
        """Run a task of `bench.inside` in a process of its own; returns what it answers."""
        return run_inside(task, *words, env=environment(role, self.installation))


@dataclass(frozen=True)
class Served:
    """An office and a bare site on the same database, with everybody's session."""

    database: Database
    office_port: int
    bare_port: int
    colleagues: list[Colleague]


@dataclass
class House:
    """A running cluster with a prepared database that the others are copies of."""

    home: Path
    cluster: Cluster
    urls: Urls
    _made: dict[int, Database] = field(default_factory=dict)

    def filled(self, rows: int) -> Database:
        """The database with this many registrations, made at the first question."""
        if rows not in self._made:
            with step(f"{rows:,} registrations in 26 regions"):
                self._made[rows] = self._copy(f"rows_{rows}")
                generate(self._made[rows].superuser_url, rows)
        return self._made[rows]

    def drop(self, rows: int) -> None:
        database = self._made.pop(rows)
        with psycopg.connect(self.cluster.superuser_url(), autocommit=True) as connection:
            _run(connection, "DROP DATABASE {} WITH (FORCE)", database.name)

    def database(self, name: str) -> Database:
        return Database(
            name,
            Installation(self.home, self.urls.on(name), _free_port(), _free_port()),
            self.cluster.superuser_url(name),
            self.cluster.url(BARE_ROLE, BARE_PASSWORD, name),
        )

    def _copy(self, name: str) -> Database:
        with psycopg.connect(self.cluster.superuser_url(), autocommit=True) as connection:
            _run(connection, "CREATE DATABASE {} TEMPLATE {} OWNER baken_owner", name, PREPARED)
            for role in (*(f"baken_{role}" for role in ROLES), BARE_ROLE):
                _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", name, role)
        return self.database(name)


@contextmanager
def running_house() -> Iterator[House]:
    """PostgreSQL as `baken run` starts it, its tables made, 26 regions opened; gone afterwards."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="baken-bench-")))
        with step("PostgreSQL"):
            supervisor = stack.enter_context(supervision(Steps(1, out=sys.stderr)))
            cluster = supervisor.own(start_cluster(home, "main"))
            urls = ensure_roles(cluster, load_secrets(home), PREPARED)
        house = House(home, cluster, urls)
        with step("tables and 26 regions"):
            prepared = house.database(PREPARED)
            env = environment("owner", prepared.installation)
            subprocess.run(
                [sys.executable, "-m", "django", "setup_database", "--verbosity", "0"],
                env=env,
                stdout=sys.stderr,
                check=True,
            )
            prepared.inside("regions", role="owner")
            _prepare_bare(prepared.superuser_url)
        yield house


def _prepare_bare(superuser_url: str) -> None:
    """A role that no row-level security touches, and copies of the tables without any."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        _run(connection, "CREATE ROLE {} LOGIN BYPASSRLS", BARE_ROLE)
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(BARE_ROLE), sql.Literal(BARE_PASSWORD)
            )
        )
        _run(connection, "GRANT USAGE ON SCHEMA public TO {}", BARE_ROLE)
        _run(connection, "GRANT SELECT ON casework_registration TO {}", BARE_ROLE)
        for name, copy in COPIED.items():
            _run(connection, "CREATE TABLE {} (LIKE {} INCLUDING ALL)", copy, f"casework_{name}")
            _run(connection, "GRANT SELECT, INSERT ON {} TO {}", copy, BARE_ROLE)


@contextmanager
def serving(database: Database) -> Iterator[Served]:
    """The office and the bare site, both by granian with the same workers and threads."""
    house = database.installation
    office = website("office", house.office_port, house)
    bare = website("public", house.public_port, house)
    argv = [word.replace("baken.config.wsgi", "bench.bare.wsgi") for word in bare.argv]
    env = bare.env | {
        "DJANGO_SETTINGS_MODULE": "bench.bare.settings",
        "BENCH_BARE_DATABASE_URL": database.bare_url,
    }
    supervisor = Supervisor(Steps(1, out=sys.stderr))
    try:
        # Without it the log runs behind and registrations cannot be looked at.
        supervisor.start(worker(house))
        supervisor.start(office)
        supervisor.start(replace(bare, name="bare", argv=tuple(argv), env=env))
        supervisor.wait_until_ready()
        people = [Colleague(**each) for each in database.inside("sessions")]
        yield Served(database, house.office_port, house.public_port, people)
    finally:
        supervisor.stop()


def run_inside(task: str, *words: str, env: dict[str, str]) -> Any:
    argv = [sys.executable, "-m", "bench.inside", task, *words]
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TaskFailed(f"{task}:\n{done.stderr}")
    if done.stderr.strip():
        say(done.stderr.rstrip())
    return json.loads(done.stdout)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(connection: psycopg.Connection[Any], statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
