"""Clusters of our own for the tests of the driver, and a way to look at what really runs."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from baken.config.embedded import ensure_roles, start_cluster
from baken.config.secrets import load_secrets
from tests.config.looking import end_survivors


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    """Whatever database the tests themselves run on, these start their own."""
    ours = [name for name in os.environ if name.startswith("BAKEN_")]
    for name in [name for name in ours if not name.startswith("BAKEN_TEST_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _hang_up_is_heard():
    """Tests that were started to outlive their terminal ignore SIGHUP; what they start must not."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture(autouse=True)
def _no_survivors():
    """A test that fails halfway leaves no Baken running; its guards see to the rest."""
    yield
    end_survivors()


@pytest.fixture(scope="session")
def _made(tmp_path_factory):
    """An installation whose main cluster was made and stopped."""
    home = tmp_path_factory.mktemp("made")
    start_cluster(home, "main", durable=False).stop()
    return home


@pytest.fixture
def home(_made):
    """An installation whose main cluster does not run; shared, because copying is slow."""
    yield _made
    (_made / "run.json").unlink(missing_ok=True)


@pytest.fixture
def fragile_home(_made, tmp_path):
    """A copy of such an installation, for a test that damages it."""
    shutil.copytree(_made, tmp_path / "home")
    yield tmp_path / "home"
    shutil.rmtree(tmp_path / "home")


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
