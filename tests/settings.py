"""The house's own settings, with passphrases that hash fast and a secret that is none."""

import os
import tempfile

os.environ.update(BAKEN_SITE="office", BAKEN_LOOPBACK="1", BAKEN_SECRET_KEY="only for tests")
# Playwright keeps a loop in the thread of the browser tests; the tests after them use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ.setdefault("BAKEN_HOME", tempfile.mkdtemp(prefix="baken-tests-"))

from baken.vault.interface import derived_key_pair

_mail_key = bytes(range(32))
os.environ.update(
    BAKEN_KEY_MAIL=_mail_key.hex(), BAKEN_MAIL_PUBLIC_KEY=derived_key_pair(_mail_key).public.hex()
)

from baken.config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SNAPSHOT_KEY = bytes(range(32))
PASSPHRASE_COST = {"memory_kib": 64, "passes": 1}
DATABASES["default"]["OPTIONS"] = {}  # noqa: F405  one connection a test process: no pool
CHECKPOINT_KEY = bytes(range(32))
