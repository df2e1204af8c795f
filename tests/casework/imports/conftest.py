import os
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from baken.accounts.interface import User
from baken.casework.imports.mapping import ColumnMapping
from baken.casework.models import RegisterImport
from baken.casework.states import ImportState
from baken.lib.tenancy import region_scope
from tests.casework.conftest import own_coordinator, own_database

__all__ = ["own_coordinator", "own_database"]

DEMO = Path("baken/config/demo/data")


@pytest.fixture
def mapping():
    """What the columns and words of the demo's register mean."""
    return ColumnMapping.from_toml(DEMO / "utrecht.toml")


@pytest.fixture
def register_file(tmp_path):
    """Writes a register of these lines and says where."""

    def write(*lines, name="register.csv"):
        path = tmp_path / name
        path.write_text("\n".join(["Nummer;Soort;Jaar;Regio;Aard van uitbuiting", *lines, ""]))
        return path

    return write


@pytest.fixture
def house(own_database, own_coordinator, tmp_path, settings, monkeypatch):
    """A house whose import processes work in this test's own database and folder."""
    place = connection.settings_dict
    address = f"{place['USER']}:{quote(place['PASSWORD'])}@{place['HOST']}:{place['PORT']}"
    monkeypatch.setenv("BAKEN_OFFICE_DATABASE_URL", f"postgresql://{address}/{place['NAME']}")
    monkeypatch.setenv("BAKEN_HOME", str(tmp_path / "home"))
    settings.HOME = tmp_path / "home"
    return House(own_coordinator, settings.HOME / "uploads")


class House:
    """What a coordinator does in the browser, waiting for the import process as a browser does."""

    def __init__(self, coordinator, uploads):
        self.coordinator = coordinator
        self.uploads = uploads
        self.client = Client()
        self.client.force_login(User.objects.get(pk=coordinator.user_id))

    def upload(self, path):
        with path.open("rb") as file:
            response = self.client.post("/registraties/inlezen/nieuw/", {"file": file})
        assert response.status_code == 302, response.content.decode()
        return response.url

    def follow(self, url):
        """The page after the progress page, when the process is done."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            response = self.client.get(url, follow=True)
            if b"baken-progress" not in response.content:
                return response
            time.sleep(0.1)
        raise AssertionError("the import process does not come back")

    def post(self, page, **changes):
        """Send a page's form as it stands, with these changes."""
        form = page.context["form"]
        data = {bound.html_name: bound.value() or "" for bound in form} | changes
        return self.client.post(page.request["PATH_INFO"], data)

    def the_import(self):
        with region_scope(self.coordinator.region.pk):
            return RegisterImport.objects.get()

    def count(self, model):
        with region_scope(self.coordinator.region.pk):
            return model.objects.count()


def is_ended(found):
    return found.state in {ImportState.IMPORTED, ImportState.FAILED}


def pid_of(import_id):
    """The import process of this import, while there is one."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if str(import_id).encode() in words:
                return int(entry.name)
    return None
