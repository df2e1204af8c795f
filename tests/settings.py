"""The house's own settings, with passphrases that hash fast and a secret that is none."""

import os
import tempfile

os.environ.update(BAKEN_SITE="office", BAKEN_LOOPBACK="1", BAKEN_SECRET_KEY="only for tests")
# Playwright keeps a loop in the thread of the browser tests; the tests after them use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ.setdefault("BAKEN_HOME", tempfile.mkdtemp(prefix="baken-tests-"))

from baken.config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["OPTIONS"] = {}  # noqa: F405  one connection a test process: no pool
