"""The supervisor with toy children: ready, dying, stubborn, and asked to stop."""

import io
import os
import signal
import socket
import sys

import pytest

from baken.config import supervisor as supervisor_module
from baken.config.embedded import start_cluster
from baken.config.steps import Steps
from baken.config.supervisor import (
    NotReady,
    PortBusy,
    PortNotAllowed,
    Process,
    ProcessEnded,
    ProgramMissing,
    check_port_free,
    supervision,
)
from tests.config.looking import processes_in, python, until

STUBBORN = """
import os, signal, time
os.fork()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(1, b"hoor niets" + bytes([10]))
time.sleep(60)
"""
RUN = """
import os, sys
from pathlib import Path
from baken.config.embedded import start_cluster
from baken.config.steps import Steps
from baken.config.supervisor import Process, say_ready, supervision
home = Path(sys.argv[1])
steps = Steps(2)
with supervision(steps) as supervisor:
    with steps.step("PostgreSQL starten"):
        cluster = supervisor.own(start_cluster(home, "main", durable=False))
    with steps.step("Kind starten"):
        sleep = (sys.executable, "-c", "import time; print('hallo'); time.sleep(60)")
        child = supervisor.start(Process("kind", sleep, os.environ))
    steps.say(f"PIDS {child} {cluster.process.pid}")
    say_ready(steps, "http://localhost:8000", "http://localhost:8001")
    supervisor.watch()
print("netjes", flush=True)
"""


def toy(name, script, url=None):
    return Process(name, (sys.executable, "-c", script), os.environ, url)


def server(port):
    argv = (sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port))
    return Process("web", argv, os.environ, f"http://127.0.0.1:{port}/")


@pytest.fixture
def out():
    return io.StringIO()


@pytest.fixture
def steps(out):
    return Steps(3, out)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_to_the_end(steps, *processes):
    with supervision(steps) as supervisor:
        for process in processes:
            supervisor.start(process)
        supervisor.wait_until_ready(1)
        supervisor.watch()


def gone(pid):
    return not os.path.exists(f"/proc/{pid}/cwd")


def test_children_that_become_ready_and_are_stopped(steps, out, port):
    with supervision(steps) as supervisor:
        first = supervisor.start(server(port))
        second = supervisor.start(toy("tweede", "import time; time.sleep(60)"))
        supervisor.wait_until_ready()
        supervisor.check()

    assert gone(first)
    assert gone(second)
    assert "    web | 127.0.0.1 - - " in out.getvalue()
    stopped = [line.split(" … ")[0] for line in out.getvalue().splitlines() if "gestopt" in line]
    assert stopped == ["  tweede gestopt", "  web gestopt"]


def test_child_that_dies_is_named_with_its_last_words(steps, out):
    other = toy("ander", "import os, time; print('pid', os.getpid()); time.sleep(60)")
    script = "import sys, time; time.sleep(0.2); print('regel\\nbestand ontbreekt'); sys.exit(3)"

    with pytest.raises(ProcessEnded) as refusal:
        run_to_the_end(steps, other, toy("kind", script))

    assert str(refusal.value) == (
        "Het proces kind is onverwacht gestopt (code 3); daarom is alles gestopt. Laatste regels:"
        " \nregel\nbestand ontbreekt"
    )
    assert "   kind | bestand ontbreekt\n" in out.getvalue()
    assert gone(out.getvalue().split("pid ")[1].split()[0])


def test_child_that_is_killed(steps):
    child = toy("kind", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")

    with pytest.raises(ProcessEnded, match="signaal SIGKILL"):
        run_to_the_end(steps, child)


def test_child_that_dies_before_it_is_ready(steps, port):
    child = toy("kind", "raise SystemExit('poort weg')", f"http://127.0.0.1:{port}/gezond/")

    with pytest.raises(ProcessEnded, match="poort weg"):
        run_to_the_end(steps, child)


def test_child_that_answers_with_an_error_is_not_ready(steps, port):
    argv = server(port).argv
    child = Process("web", argv, os.environ, f"http://127.0.0.1:{port}/gezond/")

    with pytest.raises(NotReady, match=r"gaf binnen 1 seconden geen antwoord op .*/gezond/"):
        run_to_the_end(steps, child)


def test_program_that_does_not_exist(steps):
    with pytest.raises(ProgramMissing) as refusal, supervision(steps) as supervisor:
        supervisor.start(Process("kind", ("/no/such",), {}))

    assert str(refusal.value) == (
        "Het proces kind start niet: /no/such kan niet worden uitgevoerd (dit bestaat niet)."
    )


def test_stubborn_child_is_stopped_with_all_it_started(steps, out, monkeypatch):
    monkeypatch.setattr(supervisor_module, "TERM_SECONDS", 0.3)

    with supervision(steps) as supervisor:
        child = supervisor.start(toy("doof", STUBBORN))
        assert until(lambda: out.getvalue().count("doof | hoor niets") == 2)
        pids = [child, *children_of(child)]

    assert len(pids) == 2
    assert all(gone(pid) for pid in pids)


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]


def test_database_that_dies_is_noticed(steps, home):
    with supervision(steps) as supervisor:
        cluster = supervisor.own(start_cluster(home, "main", durable=False))
        supervisor.check()
        cluster.process.kill()

        with pytest.raises(ProcessEnded, match=r"PostgreSQL \(main\) is onverwacht gestopt"):
            supervisor.watch()


def test_what_is_asked_on_stop_comes_between(steps, out):
    with supervision(steps) as supervisor:
        supervisor.start(toy("eerst", "import time; time.sleep(60)"))
        supervisor.on_stop(lambda: steps.say("run.json weg"))
        supervisor.start(toy("daarna", "import time; time.sleep(60)"))

    lines = [line.split()[0] for line in out.getvalue().splitlines()]
    assert lines == ["daarna", "run.json", "eerst"]


def started(home):
    """A supervisor in a process of its own, up to READY: (process, lines, child, postgres)."""
    baken = python(RUN, home)
    lines = []
    while not lines or not lines[-1].startswith("READY"):
        lines.append(baken.stdout.readline())
        assert lines[-1], "".join(lines)
    child, postgres = next(line for line in lines if line.startswith("PIDS")).split()[1:]
    return baken, lines, int(child), int(postgres)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_stops_everything_cleanly(home, number):
    baken, lines, child, postgres = started(home)
    assert lines[-1] == "READY public=http://localhost:8000 office=http://localhost:8001\n"

    baken.send_signal(number)
    rest = baken.communicate()[0]

    assert baken.returncode == 0, rest
    assert gone(child)
    assert gone(postgres)
    shown = [line for line in rest.splitlines() if "gestopt" in line]
    assert [line.split(" gestopt")[0] for line in shown] == ["  kind", "  PostgreSQL (main)"]
    assert rest.endswith("netjes\n")


def test_second_signal_does_not_interrupt_the_stop(home):
    baken, _, _, postgres = started(home)

    for _ in range(5):
        baken.send_signal(signal.SIGINT)
    baken.communicate()

    assert baken.returncode == 0
    assert gone(postgres)
    assert not (home / "main/data/postmaster.pid").exists()


def test_killed_supervisor_leaves_nothing_running(home):
    baken, _, child, _ = started(home)

    baken.kill()
    baken.communicate()

    assert until(lambda: gone(child) and processes_in(home / "main/data") == [])


def test_signal_while_the_database_is_being_made(tmp_path):
    baken = python(RUN, tmp_path)
    assert until(lambda: list(tmp_path.glob("main/data.unfinished*")))

    baken.send_signal(signal.SIGTERM)
    output = baken.communicate()[0]

    assert baken.returncode == 0
    assert "PostgreSQL starten … afgebroken na" in output
    assert not (tmp_path / "main/data").exists()
    start_cluster(tmp_path, "main", durable=False).stop()


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_busy_port_is_named_with_what_moves_it(address):
    with socket.socket() as other:
        other.bind((address, 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortBusy) as refusal:
            check_port_free(port, "BAKEN_PUBLIC_PORT")

    assert str(refusal.value).startswith(f"Poort {port} is al in gebruik door een ander programma;")
    assert "BAKEN_PUBLIC_PORT=" in str(refusal.value)


def test_free_port_is_fine_also_right_after_use(port):
    check_port_free(port, "BAKEN_OFFICE_PORT")


def test_port_this_user_may_not_open(monkeypatch):
    def refuse(self, address):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)

    with pytest.raises(PortNotAllowed, match="BAKEN_PUBLIC_PORT=8080"):
        check_port_free(80, "BAKEN_PUBLIC_PORT")
