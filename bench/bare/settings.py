"""The least Django needs."""

import os
from pathlib import Path

from baken.config.environment import database_from_url

SECRET_KEY = "bare"
DEBUG = False
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "bench.bare.site"
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **database_from_url(os.environ["BENCH_BARE_DATABASE_URL"]),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
}
LANGUAGE_CODE = "nl"
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
