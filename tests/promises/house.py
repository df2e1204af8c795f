"""A database as the tests have it, for promises that need one: real commits, and gone afterwards."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from unittest.mock import patch

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
if not apps.ready:
    django.setup()

from django.conf import settings
from django.db import connection

from baken.config.embedded import ensure_roles, start_cluster
from baken.config.secrets import load_secrets
from tests.conftest import URLS, _prepared_cluster
from tests.own_database import connect_to


@contextlib.contextmanager
def database(role="office"):
    """Django is connected to a fresh copy as this role; yields the address of its superuser."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="baken-promise-")))
        shutil.copytree(_prepared_cluster(), home, dirs_exist_ok=True)
        cluster = stack.enter_context(start_cluster(home, "main", durable=False))
        secrets = load_secrets(home)
        urls = ensure_roles(cluster, secrets).as_dict() | {"superuser": cluster.superuser_url()}
        addresses = {URLS.format(name.upper()): url for name, url in urls.items()}
        stack.enter_context(patch.dict(os.environ, addresses))
        stack.enter_context(patch.object(settings, "PEPPER", bytes.fromhex(secrets.keys["pepper"])))
        stack.enter_context(patch.object(settings, "KEYSTORE_URL", urls["keystore_office"]))
        before = connect_to("baken", role)
        try:
            yield cluster.superuser_url().rpartition("/")[0] + "/baken"
        finally:
            connection.close()
            connection.settings_dict.update(before)
