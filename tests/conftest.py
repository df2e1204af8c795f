"""Every test that asks for `db` gets a database with tables, code lists, two regions and the cast of the
demo in it, and connects to it as the site does: as `baken_office`, unless marked `role("owner")`."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation

from baken.accounts.interface import User, member_for, memberships_of
from baken.config.demo.people import PEOPLE
from baken.config.embedded import ensure_roles, start_cluster
from baken.config.processes import Installation, environment
from baken.config.secrets import load_secrets
from baken.lib.tenancy import region_scope
from baken.organisations.interface import region_by_code
from tests.fresh import just_logged_in
from tests.keyrings import keyring_of

REPOSITORY = Path(__file__).parents[1]
PREPARED = REPOSITORY / ".cache" / "tests"
URLS = "BAKEN_TEST_URL_{}"
_running = contextlib.ExitStack()


def pytest_configure(config):
    """The process that divides the tests starts PostgreSQL; the others find it in the environment."""
    if hasattr(config, "workerinput") or os.environ.get(URLS.format("OWNER")):
        return
    home = Path(_running.enter_context(tempfile.TemporaryDirectory(prefix="baken-pg-")))
    shutil.copytree(_prepared_cluster(), home, dirs_exist_ok=True)
    cluster = _running.enter_context(start_cluster(home, "main", durable=False))
    secrets = load_secrets(home)
    for role, url in ensure_roles(cluster, secrets).as_dict().items():
        os.environ[URLS.format(role.upper())] = url
    os.environ["BAKEN_TEST_PEPPER"] = secrets.keys["pepper"]
    os.environ[URLS.format("SUPERUSER")] = cluster.superuser_url()


def pytest_unconfigure(config):
    _running.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI set, a skipped test is a failed test; but for those that name what the machine lacks."""
    report = yield
    if report.skipped and os.environ.get("CI") and not item.get_closest_marker("machine"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {report.longrepr}"
    return report


def _prepared_cluster():
    """A stopped cluster with the tables of this very code in it; made once, copied by every run."""
    folder = PREPARED / _fingerprint()
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            for old in PREPARED.iterdir():
                shutil.rmtree(old, ignore_errors=True)
            _prepare(folder)
            (folder / "made").touch()
    return folder


def _fingerprint():
    """Changes with whatever decides what stands in the database before a test."""
    sources = [
        *REPOSITORY.glob("baken/*/migrations/*.py"),
        *REPOSITORY.glob("baken/*/data/*.csv"),
        *REPOSITORY.glob("baken/config/demo/*.py"),
        REPOSITORY / "baken/config/grants.py",
        REPOSITORY / "baken/keys/keystore.py",
        REPOSITORY / "requirements.lock",
    ]
    digest = hashlib.sha256(str(Path(sys.executable)).encode())
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _prepare(folder):
    folder.mkdir(parents=True)
    with start_cluster(folder, "main", durable=False) as cluster:
        urls = ensure_roles(cluster, load_secrets(folder))
        house = Installation(folder, urls, 8000, 8001, demo=True)
        for words in (["setup_database", "--mark", "demo"], ["demo_people"]):
            subprocess.run(
                [sys.executable, "-m", "django", *words],
                env=environment("owner", house),
                cwd=REPOSITORY,
                check=True,
            )
        # Nobody chains what tests write; what was written before must not look like a sealer that stopped.
        subprocess.run(
            [sys.executable, "-m", "django", "audit", "seal"],
            env=environment("worker", house),
            cwd=REPOSITORY,
            check=True,
        )


@pytest.fixture(scope="session")
def database_name(worker_id):
    """A database of this test process, cloned from the prepared one."""
    name = f"test_{worker_id}"
    with psycopg.connect(os.environ[URLS.format("SUPERUSER")], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE baken OWNER baken_owner")
        for role in ("owner", "office", "public", "worker"):
            connection.execute(f"GRANT CONNECT ON DATABASE {name} TO baken_{role}")
    return name


@pytest.fixture(scope="session")
def role_url(database_name):
    """role → address of this test process's database."""

    def address(role):
        parts = urlsplit(os.environ[URLS.format(role.upper())])
        return urlunsplit(parts._replace(path=f"/{database_name}"))

    return address


@pytest.fixture(scope="session")
def django_db_setup(role_url, django_db_blocker):
    """Instead of Django's own test database."""
    settings.PEPPER = bytes.fromhex(os.environ["BAKEN_TEST_PEPPER"])
    settings.KEYSTORE_URL = os.environ[URLS.format("KEYSTORE_OFFICE")]
    with django_db_blocker.unblock():
        _connect_as("office", role_url)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


def _connect_as(role, role_url):
    parts = urlsplit(role_url(role))
    connection = connections["default"]
    connection.close()
    connection.settings_dict.update(
        NAME=parts.path[1:],
        USER=parts.username,
        PASSWORD=parts.password,
        HOST=parts.hostname,
        PORT=parts.port,
    )


@pytest.fixture(autouse=True)
def _role(request):
    """`@pytest.mark.role("owner")` runs the test as another database role."""
    marker = request.node.get_closest_marker("role")
    if marker is None:
        yield
        return
    request.getfixturevalue("django_db_setup")
    role_url = request.getfixturevalue("role_url")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        _connect_as(marker.args[0], role_url)
    yield
    with blocker.unblock():
        _connect_as("office", role_url)


@pytest.fixture(autouse=True)
def _language():
    """A request in English leaves English behind, for whatever test comes next."""
    yield
    translation.deactivate()


# --- the cast: the people of the demo, one per role ---


@pytest.fixture
def utrecht(db):
    return region_by_code("utrecht")


@pytest.fixture
def flevoland(db):
    return region_by_code("flevoland")


@pytest.fixture
def in_utrecht(utrecht):
    """The rows of Utrecht exist, as in a request of a colleague there."""
    with region_scope(utrecht.pk):
        yield utrecht


def _member(slug):
    user = User.objects.get(email=f"{slug}@demo.invalid")
    return member_for(user, memberships_of(user, user.created_at.date()), None, keyring_of(user))


def _make_member_fixture(slug):
    @pytest.fixture
    def fixture(in_utrecht):
        return _member(slug)

    return fixture


def _make_client_fixture(slug):
    @pytest.fixture
    def fixture(db):
        from django.test import Client

        client, user = Client(), User.objects.get(email=f"{slug}@demo.invalid")
        client.force_login(user)
        session = client.session
        session.keyring = keyring_of(user)
        session.update(just_logged_in(user))
        session.save()
        return client

    return fixture


_CAST = {person.role.value: person.slug for person in PEOPLE if person.region == "utrecht"}
for _role_name, _slug in _CAST.items():
    globals()[_role_name] = _make_member_fixture(_slug)
    globals()[f"{_role_name}_client"] = _make_client_fixture(_slug)
stranger_client = _make_client_fixture("bo")  # a caseworker of Flevoland


@pytest.fixture
def stranger(db):
    return _member("bo")
