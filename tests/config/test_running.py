"""How commands share a database: adopt the one that runs, or run one for a while."""

import json
import os
import signal
import stat
import threading

import psycopg
import pytest

from baken.config.embedded import Run, database, read_run, remove_run, running, write_run
from baken.config.embedded.place import AlreadyRunning, prepare_place, take_lock
from tests.config.looking import ask, processes_in, python, until
from tests.config.test_roles import VARIABLES

USE = """
import sys
from pathlib import Path
from baken.config.embedded import database
with database(Path(sys.argv[1])) as urls:
    print(urls.owner, flush=True)
    sys.stdin.readline() if len(sys.argv) > 2 else None
"""


def test_database_runs_while_it_is_needed(home):
    with database(home) as urls:
        assert ask(urls.office, "SELECT current_user") == "baken_office"
        assert read_run(home).urls == urls
        assert read_run(home).pid == os.getpid()
        assert stat.S_IMODE((home / "run.json").stat().st_mode) == 0o600

    assert read_run(home) is None
    assert not (home / "run.json").exists()
    assert processes_in(home / "main/data") == []


def test_database_that_already_runs_is_used(home):
    with database(home) as first:
        with database(home) as second:
            assert second == first

        assert ask(first.office, "SELECT 1") == 1


def test_database_given_by_the_environment(home, monkeypatch):
    for name, url in VARIABLES.items():
        monkeypatch.setenv(name, url)

    with database(home) as urls:
        assert urls.environment_of("office") == {
            n: u for n, u in VARIABLES.items() if "OFFICE" in n
        }
        assert processes_in(home / "main/data") == []


def test_database_stays_until_other_commands_are_done(home, capsys):
    entered, leave = threading.Event(), threading.Event()

    def other_command():
        with database(home) as urls:
            entered.set()
            leave.wait()
            answers.append(ask(urls.office, "SELECT 1"))

    answers = []
    other = threading.Thread(target=other_command)
    with database(home):
        other.start()
        assert entered.wait(5)
        threading.Timer(0.2, leave.set).start()
    other.join()

    assert answers == [1]
    assert "een andere opdracht gebruikt de database nog" in capsys.readouterr().err


def test_database_asked_by_several_commands_at_once(home):
    commands = [python(USE, home) for _ in range(3)]

    outputs = [command.communicate()[0] for command in commands]

    assert [command.returncode for command in commands] == [0, 0, 0], outputs
    assert processes_in(home / "main/data") == []


def test_run_left_by_a_killed_baken_is_not_believed(home):
    with database(home) as urls:
        run = read_run(home)
    write_run(home, run)

    assert read_run(home) is None
    with database(home) as fresh:
        assert ask(fresh.office, "SELECT 1") == 1
    with pytest.raises(psycopg.OperationalError):
        ask(urls.office, "SELECT 1")


def test_command_that_is_killed_leaves_nothing(home):
    command = python(USE, home, "wait")
    assert command.stdout.readline().startswith("postgresql://baken_owner:")

    command.send_signal(signal.SIGTERM)
    command.communicate()

    assert until(lambda: processes_in(home / "main/data") == [])
    with database(home) as urls:
        assert ask(urls.office, "SELECT 1") == 1


def test_database_somebody_keeps_without_sharing(cluster, monkeypatch):
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.3)

    with (
        pytest.raises(AlreadyRunning, match=f"proces {os.getpid()}"),
        database(cluster.directory.parent),
    ):
        pass


def test_run_names_pids_and_ports(cluster, roles):
    home, urls = cluster.directory.parent, roles[2]

    write_run(home, Run(urls, pids={"office": 7}, ports={"main": cluster.port}))

    assert read_run(home) == Run(urls, os.getpid(), {"office": 7}, {"main": cluster.port})
    remove_run(home)
    assert read_run(home) is None


@pytest.mark.parametrize("content", ["", "{}", "[]", json.dumps({"urls": {}})])
def test_run_that_cannot_be_read(tmp_path, content):
    (tmp_path / "run.json").write_text(content)

    with take_lock(prepare_place(tmp_path, "main")):
        assert read_run(tmp_path) is None


def test_run_of_a_home_that_does_not_exist(tmp_path):
    assert read_run(tmp_path / "home") is None
