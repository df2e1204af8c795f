"""What a process may leave behind, may know, and refuses to start with."""

import os
import resource
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from baken.casework.imports.running import _environment
from baken.config.embedded.binaries import _clean_environment
from baken.config.environment import BadEnvironment, encrypted, with_encryption
from baken.config.strength import check_strength
from baken.config.wsgi import without_environment
from tests.config.looking import processes_in

STRONG = "".join(chr(33 + number) for number in range(60))
SAFE = {"ON_LOOPBACK": False, "DEBUG": False, "SECRET_KEY": STRONG, "ALLOWED_HOSTS": ["a.example"]}
SETTINGS = """log_statement log_min_duration_statement log_min_duration_sample log_transaction_sample_rate
 log_parameter_max_length log_parameter_max_length_on_error log_min_error_statement log_error_verbosity"""


def test_crash_leaves_no_memory_on_disk():
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def test_postgresql_leaves_no_memory_on_disk():
    with psycopg.connect(os.environ["BAKEN_TEST_URL_SUPERUSER"]) as connection:
        (folder,) = connection.execute("SHOW data_directory").fetchone()

    limits = [Path(f"/proc/{pid}/limits").read_text() for pid in processes_in(folder)]

    assert limits
    assert all("Max core file size        0                    0" in text for text in limits)


def test_postgresql_logs_no_statement_and_no_value():
    with psycopg.connect(os.environ["BAKEN_TEST_URL_SUPERUSER"]) as connection:
        told = [connection.execute(f"SHOW {name}").fetchone()[0] for name in SETTINGS.split()]

    assert told == ["none", "-1", "-1", "0", "0", "0", "panic", "terse"]


@pytest.mark.parametrize(
    "weak",
    [
        {"DEBUG": True},
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "kort"},
        {"SECRET_KEY": "a" * 60},
        {"ALLOWED_HOSTS": ["*"]},
        {"ALLOWED_HOSTS": ["*.example"]},
        {"ALLOWED_HOSTS": [""]},
    ],
    ids=str,
)
def test_site_that_would_hold_nobody_off(weak):
    check_strength(SimpleNamespace(**SAFE))
    check_strength(SimpleNamespace(**SAFE | weak | {"ON_LOOPBACK": True}))

    with pytest.raises(BadEnvironment):
        check_strength(SimpleNamespace(**SAFE | weak))


def test_site_does_not_start_when_it_is_weak():
    env = {**os.environ, "BAKEN_SITE": "public", "BAKEN_LOOPBACK": "0", "BAKEN_SECRET_KEY": "kort"}
    env["DJANGO_SETTINGS_MODULE"] = "baken.config.settings"

    done = subprocess.run(
        [sys.executable, "-c", "import baken.config.wsgi"], env=env, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert "BAKEN_SECRET_KEY is te kort" in done.stderr


# --- who knows which secret ---

SECRETS = {
    "BAKEN_KEY_PEPPER": "k",
    "BAKEN_KEYSTORE_OFFICE_DATABASE_URL": "k",
    "BAKEN_SECRET_KEY": "k",
    "BAKEN_SMTP_URL": "k",
}


def test_process_that_reads_files_knows_no_key(monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("BAKEN_OFFICE_DATABASE_URL", "needed")

    known = _environment()

    assert known.keys() & SECRETS.keys() == set()
    assert known["BAKEN_OFFICE_DATABASE_URL"] == "needed"


def test_request_knows_nothing_of_the_process(monkeypatch):
    monkeypatch.setenv("BAKEN_KEY_PEPPER", "k")
    monkeypatch.setenv("HTTP_HOST", "of the shell")
    seen = {}
    application = without_environment(lambda environ, start: seen.update(environ) or ())

    application({**os.environ, "PATH_INFO": "/", "HTTP_HOST": "localhost"}, None)

    assert seen == {"PATH_INFO": "/", "HTTP_HOST": "localhost"}


def test_postgresql_knows_nothing_of_ours(monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)

    assert [name for name in _clean_environment() if name.startswith("BAKEN_")] == []


# --- a database elsewhere ---


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_database_on_this_machine(host):
    url = f"postgresql://a:b@{host}:5432/baken"

    assert encrypted(url, "system") == {}
    assert with_encryption(url, "system") == url
    assert encrypted("", "system") == {}


def test_database_elsewhere_is_reached_over_tls_only():
    url = "postgresql://a:b@db.example:5432/baken"
    demands = {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}

    assert encrypted(url, "/etc/ca.pem") == demands
    assert with_encryption(f"{url}?sslmode=disable", "/etc/ca.pem") == (
        f"{url}?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
    )


def test_database_elsewhere_without_tls_is_not_spoken_to():
    """A real server that speaks no TLS, under a name that is not this machine's."""
    url = os.environ["BAKEN_TEST_URL_OFFICE"].replace("127.0.0.1", "127.0.0.2")

    with pytest.raises(psycopg.OperationalError, match=r"SSL|refused"):
        psycopg.connect(with_encryption(url, "system"))
