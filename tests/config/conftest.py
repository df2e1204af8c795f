"""Clusters of our own for the tests of the driver, and a way to look at what really runs."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from baken.config.embedded import ensure_roles, start_cluster
from baken.config.secrets import load_secrets

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    """Whatever database the tests themselves run on, these start their own."""
    for name in [name for name in os.environ if name.startswith("BAKEN_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def _made(tmp_path_factory):
    """A cluster made once and stopped; copying it is faster than making another."""
    home = tmp_path_factory.mktemp("made")
    start_cluster(home, "main", durable=False).stop()
    return home


@pytest.fixture
def home(_made, tmp_path):
    """An installation whose main cluster exists but does not run."""
    shutil.copytree(_made, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def cluster(home):
    with start_cluster(home, "main", durable=False) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def roles(_made, tmp_path_factory):
    """A running cluster with its roles: (cluster, secrets, urls)."""
    home = tmp_path_factory.mktemp("roles") / "home"
    shutil.copytree(_made, home)
    secrets = load_secrets(home)
    with start_cluster(home, "main", durable=False) as cluster:
        yield cluster, secrets, ensure_roles(cluster, secrets)


@pytest.fixture
def open_folder():
    """A folder that other users can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="baken-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def ask(url, query, *values):
    """The first cell of the answer."""
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(query, values or None)
        return answer.fetchone()[0] if answer.description else None


def processes_in(directory):
    """The numbers of the living processes whose working directory is ``directory``."""
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal() and _works_in(entry, directory)
    ]


def _works_in(entry, directory):
    try:
        return os.path.samefile(entry / "cwd", directory)
    except OSError:
        return False


def until(holds, seconds=10.0):
    """Wait until ``holds()``; the answer is whether it came true."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def python(script, *arguments, prefix=(), interpreter=sys.executable):
    """Start ``script`` in a Python of its own that can import Baken."""
    paths = [str(REPOSITORY), *(path for path in sys.path if path.endswith("site-packages"))]
    return subprocess.Popen(
        [*prefix, interpreter, "-c", script, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
    )
