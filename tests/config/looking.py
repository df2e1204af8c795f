"""Looking at what really runs: databases, processes, and programs of our own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

REPOSITORY = Path(__file__).parents[2]
NEEDS_ROOT = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else"
)
_started = []


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
    process = subprocess.Popen(
        [*prefix, interpreter, "-c", script, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
    )
    _started.append(process)
    return process


def end_survivors():
    """Kill what ``python`` started and still runs."""
    while _started:
        process = _started.pop()
        process.kill()
        process.wait()
        process.stdout.close()
