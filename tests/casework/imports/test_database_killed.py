"""PostgreSQL killed in the middle of an import, with all its processes, as when the power fails."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from baken.config.embedded import ensure_roles, start_cluster
from baken.config.processes import Installation, environment
from baken.config.secrets import load_secrets
from tests.casework.imports.conftest import DEMO
from tests.conftest import _prepared_cluster

TABLES = ("registration", "classification", "registerimport", "rememberedvalue")


def _counts(cluster):
    with psycopg.connect(cluster.superuser_url("baken")) as superuser:
        return [
            superuser.execute(f"SELECT count(*) FROM casework_{name}").fetchone()[0]
            for name in TABLES
        ]


def _kill_all_of(data):
    """Kill the server of this data directory and everything it started."""
    server = int((data / "postmaster.pid").read_text().split()[0])
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(server)], capture_output=True, text=True, check=True
    )
    for pid in (server, *map(int, listed.stdout.split())):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.slow
def test_postgresql_killed_while_writing(tmp_path, register_file):
    home = tmp_path / "house"
    shutil.copytree(_prepared_cluster(), home)
    lines = (f"U-{n};melding;2023;Utrecht;Criminele uitbuiting" for n in range(50_000))
    words = ["import_register", "registrations", str(register_file(*lines)), "--region", "utrecht"]
    with start_cluster(home, "main") as cluster:
        urls = ensure_roles(cluster, load_secrets(home))
        env = environment("office", Installation(home, urls, 8000, 8001, demo=True))
        process = subprocess.Popen(
            [sys.executable, "-m", "django", *words, "--mapping", str(DEMO / "utrecht.toml")],
            env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        guard = threading.Timer(60, process.kill)
        guard.start()
        for line in process.stdout:
            if "vastgelegd" in line:
                _kill_all_of(next(Path(home).rglob("postmaster.pid")).parent)
                break
        _said, complaint = process.communicate()
        guard.cancel()

    with start_cluster(home, "main") as cluster:
        assert _counts(cluster) == [0, 0, 0, 0]
    assert process.returncode == 1
    assert "De database is weggevallen. Er is niets ingelezen." in complaint
