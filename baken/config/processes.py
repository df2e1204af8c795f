"""The processes of the house and what each of them may know."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from baken.config.embedded import Urls
from baken.config.secrets import Secrets, load_secrets
from baken.config.supervisor import Process
from baken.vault.interface import derived_key_pair


@dataclass(frozen=True)
class Installation:
    """Where an installation lives and how it is reached."""

    home: Path
    urls: Urls
    public_port: int
    office_port: int
    demo: bool = False
    reload: bool = False

    @property
    def public_url(self) -> str:
        return f"http://localhost:{self.public_port}"

    @property
    def office_url(self) -> str:
        return f"http://localhost:{self.office_port}"


def environment(site: str, installation: Installation) -> dict[str, str]:
    """The environment of one process: its own database addresses and keys, and no others."""
    secrets = load_secrets(installation.home)
    return {
        **_without_secrets(os.environ),
        **installation.urls.environment_of(site),
        **{f"BAKEN_KEY_{name.upper()}": key for name, key in secrets.keys_of(site).items()},
        **_mail(site, secrets),
        "BAKEN_SITE": site,
        "BAKEN_HOME": str(installation.home),
        "BAKEN_SECRET_KEY": secrets.django_secret_key,
        "BAKEN_DEMO": "1" if installation.demo else "0",
        "BAKEN_LOOPBACK": os.environ.get("BAKEN_LOOPBACK", "1"),
        "BAKEN_PUBLIC_PORT": str(installation.public_port),
        "BAKEN_OFFICE_PORT": str(installation.office_port),
        "DJANGO_SETTINGS_MODULE": "baken.config.settings",
        "PYTHONUNBUFFERED": "1",
        # What Ibis, DuckDB and PostgreSQL's client see must not depend on the operator's terminal.
        "LC_ALL": "C.UTF-8",
    }


def _mail(site: str, secrets: Secrets) -> dict[str, str]:
    """Every process but the public site may put a mail in the queue; the worker alone takes it out."""
    if site == "public":
        return {}
    server = {"BAKEN_SMTP_URL": os.environ.get("BAKEN_SMTP_URL", "")} if site == "worker" else {}
    public_key = derived_key_pair(bytes.fromhex(secrets.keys["mail"])).public
    return {"BAKEN_MAIL_PUBLIC_KEY": public_key.hex(), **server}


def _without_secrets(variables: Mapping[str, str]) -> dict[str, str]:
    """Addresses with passwords in them and keys reach only the process they are for."""
    return {
        name: value
        for name, value in variables.items()
        if not name.endswith("_DATABASE_URL") and not name.startswith(("BAKEN_KEY_", "BAKEN_SMTP_"))
    }


def command(site: str, installation: Installation, *words: str) -> Process:
    """A management command as one of the four roles."""
    argv = (sys.executable, "-m", "django", *words)
    return Process(words[0], argv, environment(site, installation))


def website(site: str, port: int, installation: Installation) -> Process:
    """One of the two sites: granian, or Django's reloading server while developing."""
    env = environment(site, installation)
    if installation.reload:
        env["BAKEN_DEBUG"] = "1"
        argv = [sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--insecure"]
    else:
        argv = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"),
            *("--workers", os.environ.get("BAKEN_WORKERS", "2"), "--blocking-threads", "4"),
            "baken.config.wsgi:application",
        ]
    return Process(site, tuple(argv), env, ready_url=f"http://localhost:{port}/gezond/")


def worker(installation: Installation) -> Process:
    argv = (sys.executable, "-m", "django", "worker")
    return Process("worker", argv, environment("worker", installation))
