"""Real clusters: made, started, stopped, killed; by root and by an ordinary user."""

import os
import signal
import socket
from pathlib import Path

import psycopg
import pytest

from baken.config.embedded import binaries, start_cluster
from baken.config.embedded import cluster as cluster_module
from baken.config.embedded.binaries import Way
from baken.config.embedded.place import AlreadyRunning
from tests.config.looking import NEEDS_ROOT, ask, processes_in, python, until

pytestmark = pytest.mark.machine

SERVE = """
import sys, time
from pathlib import Path
from baken.config.embedded import start_cluster
cluster = start_cluster(Path(sys.argv[1]), "main", durable=False)
print(cluster.superuser_url(), cluster.process.pid, cluster._guard.shell.pid, flush=True)
time.sleep(60)
"""
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")


def fill(url):
    ask(url, "DROP TABLE IF EXISTS kept")
    ask(url, "CREATE TABLE kept AS SELECT * FROM generate_series(1, 1000)")


def count(url):
    return ask(url, "SELECT count(*) FROM kept")


def test_start_on_nothing_makes_a_cluster(tmp_path):
    with start_cluster(tmp_path / "home", "main") as cluster:
        url = cluster.superuser_url()
        shown = {
            name: ask(url, f"SHOW {name}")
            for name in ("server_encoding", "data_checksums", "fsync", "jit", "timezone")
        }

        assert shown == {
            "server_encoding": "UTF8",
            "data_checksums": "on",
            "fsync": "on",
            "jit": "off",
            "timezone": "UTC",
        }
        assert ask(url, "SELECT datctype FROM pg_database LIMIT 1") == "C.UTF-8"
        assert ask(url, "SELECT lower('ÉË')") == "éë"
        assert not cluster.recovered
    assert (tmp_path / "home/main/superuser.password").stat().st_mode & 0o777 == 0o600


def test_start_listens_on_loopback_only_and_apart_from_the_terminal(cluster):
    url = cluster.superuser_url()

    assert ask(url, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(url, "SHOW unix_socket_directories") == ""
    assert ask(url, "SHOW fsync") == "off"
    assert os.getsid(cluster.process.pid) == cluster.process.pid


def test_start_with_further_settings(home):
    with start_cluster(home, "main", durable=False, settings={"max_connections": "20"}) as cluster:
        assert ask(cluster.superuser_url(), "SHOW max_connections") == "20"


def test_stop_leaves_no_process_and_start_finds_the_data(home):
    with start_cluster(home, "main", durable=False) as first:
        fill(first.superuser_url())
    assert processes_in(first.data) == []
    first.stop()

    with start_cluster(home, "main", durable=False) as second:
        assert count(second.superuser_url()) == 1000
        assert not second.recovered


def test_stop_while_somebody_is_connected(cluster):
    connection = psycopg.connect(cluster.superuser_url())
    connection.execute("CREATE TABLE lost ()")

    cluster.stop()

    assert processes_in(cluster.data) == []
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")


def test_start_twice_on_one_directory(cluster):
    home = cluster.directory.parent

    with pytest.raises(AlreadyRunning) as refusal:
        start_cluster(home, "main", durable=False)

    assert str(refusal.value) == (
        f"Baken draait al op {home} (proces {os.getpid()}); stop dat eerst, of kies een andere map"
        " met BAKEN_HOME."
    )
    assert ask(cluster.superuser_url(), "SELECT 1") == 1


def test_killed_database_recovers_with_its_data(home):
    with start_cluster(home, "main") as first:
        fill(first.superuser_url())
        first.process.kill()
        assert until(lambda: not first.is_alive())

    with start_cluster(home, "main") as second:
        assert second.recovered
        assert count(second.superuser_url()) == 1000


def test_killed_database_that_is_still_a_zombie(home):
    first = start_cluster(home, "main", durable=False)
    first.process.kill()
    first._lock.close()  # as if its Baken had ended without ever asking after its child

    with start_cluster(home, "main", durable=False) as second:
        assert second.recovered
    first.process.wait()
    first._guard.dismiss()


def test_killed_baken_takes_its_database_along(home):
    baken = python(SERVE, home)
    url = baken.stdout.readline().split()[0]
    fill(url)

    baken.kill()
    baken.communicate()

    assert until(lambda: processes_in(home / "main/data") == [])
    with start_cluster(home, "main", durable=False) as cluster:
        assert count(cluster.superuser_url()) == 1000
        assert not cluster.recovered


def test_start_ends_a_database_that_outlived_baken_and_its_guard(home):
    baken = python(SERVE, home)
    url, postgres, guard = baken.stdout.readline().split()
    fill(url)
    os.kill(int(guard), signal.SIGKILL)
    baken.kill()
    baken.communicate()
    assert int(postgres) in processes_in(home / "main/data")

    with start_cluster(home, "main", durable=False) as cluster:
        assert int(postgres) not in processes_in(cluster.data)
        assert count(cluster.superuser_url()) == 1000


@pytest.mark.parametrize("pid", [os.getpid(), 1, 4_000_000], ids=["ours", "init", "nobody"])
def test_start_with_a_pid_file_of_somebody_else(home, pid):
    data = home / "main/data"
    (data / "postmaster.pid").write_text(f"{pid}\n{data}\n1700000000\n5432\n\n127.0.0.1\n")

    with start_cluster(home, "main", durable=False) as cluster:
        assert ask(cluster.superuser_url(), "SELECT 1") == 1


def test_start_after_an_interrupted_making(tmp_path):
    (tmp_path / "main/data.unfinished").mkdir(parents=True)
    (tmp_path / "main/data.unfinished/PG_VERSION").write_text("18\n")

    with start_cluster(tmp_path, "main", durable=False) as cluster:
        assert ask(cluster.superuser_url(), "SELECT 1") == 1


def test_start_when_another_program_takes_the_port(home, monkeypatch):
    free = cluster_module._free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ports = iter([other.getsockname()[1], free])
        monkeypatch.setattr(cluster_module, "_free_port", lambda: next(ports))

        with start_cluster(home, "main", durable=False) as cluster:
            assert cluster.port == free


@pytest.mark.skipif(not DEBIAN_15.is_dir(), reason="PostgreSQL 15 of the system is not installed")
def test_programs_of_the_system(tmp_path, monkeypatch):
    monkeypatch.setenv("BAKEN_PG_BIN", str(DEBIAN_15))

    with start_cluster(tmp_path, "main", durable=False) as cluster:
        assert ask(cluster.superuser_url(), "SHOW server_version").startswith("15.")


@NEEDS_ROOT
def test_root_without_namespaces_runs_as_nobody(open_folder, monkeypatch):
    monkeypatch.setattr(binaries, "_works", lambda way: way.user is not None)
    try:
        binaries.check_way_reaches(Way(user=65534), binaries.find_binaries() / "postgres")
    except binaries.FolderClosedToNobody as closed:
        pytest.skip(str(closed))

    with start_cluster(open_folder / "home", "main") as cluster:
        assert Path(f"/proc/{cluster.process.pid}").stat().st_uid == 65534
        fill(cluster.superuser_url())
        cluster.process.kill()
    monkeypatch.undo()

    with start_cluster(open_folder / "home", "main") as cluster:
        assert count(cluster.superuser_url()) == 1000


def interpreter_for(prefix):
    """A Python that runs under ``prefix`` and has psycopg, or a skip with the reason."""
    for interpreter in (os.path.realpath(os.sys.executable), "/usr/bin/python3"):
        try:
            trial = python("import psycopg", prefix=prefix, interpreter=interpreter)
        except OSError:
            continue
        trial.communicate()
        if trial.returncode == 0:
            return interpreter
    pytest.skip(f"no Python with psycopg that runs under {prefix[0]}")


@NEEDS_ROOT
@pytest.mark.parametrize(
    ("prefix", "owner"),
    [
        (("unshare", "--user", "--map-user=65534", "--map-group=65534"), 0),
        (("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), 65534),
    ],
    ids=["unshare", "setpriv"],
)
def test_ordinary_user_needs_no_detour(open_folder, prefix, owner):
    interpreter = interpreter_for(prefix)
    os.chown(open_folder, owner, owner)

    baken = python(SERVE, open_folder / "home", prefix=prefix, interpreter=interpreter)
    url, postgres, _ = baken.stdout.readline().split()
    fill(url)

    assert Path(f"/proc/{postgres}").stat().st_uid == owner
    baken.kill()
    baken.communicate()
    assert until(lambda: not Path(f"/proc/{postgres}/cwd").exists())
