"""Each site can be entered with only its own apps: a page of the public site imports nothing of casework."""

import os
import subprocess
import sys

import pytest

ENTER = """
import django
django.setup()
from django.conf import settings
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
answer = Client(raise_request_exception=True).get("/onbekend/")
print(settings.SITE, answer.status_code)
"""


@pytest.mark.parametrize("site", ["public", "office"])
def test_page_is_drawn_by_the_apps_of_the_site(site):
    env = {**os.environ, "BAKEN_SITE": site, "BAKEN_SECRET_KEY": "x" * 64}
    env |= {"DJANGO_SETTINGS_MODULE": "baken.config.settings", "BAKEN_LOOPBACK": "1"}

    done = subprocess.run([sys.executable, "-c", ENTER], env=env, capture_output=True, text=True)

    assert (done.returncode, done.stderr[-800:]) == (0, "")
    assert done.stdout.split() == [site, "404"]
