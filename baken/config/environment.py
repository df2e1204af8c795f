"""Typed reading of environment variables. Nonsense is refused loudly, at start."""

import os
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

from baken.lib.mail_server import THIS_MACHINE, BadMailServer, MailServer, mail_server


class BadEnvironment(Exception):
    """Een omgevingsvariabele heeft een waarde die niet kan."""


def env_text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def env_flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise BadEnvironment(f"{name}={value!r}: schrijf 1 of 0.")
    return value in {"1", "true", "yes"}


def env_number(name: str, default: int, *, lowest: int, highest: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal() or not lowest <= int(value) <= highest:
        raise BadEnvironment(f"{name}={value!r}: schrijf een getal van {lowest} tot {highest}.")
    return int(value)


def env_path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name, str(default))).expanduser().absolute()


def env_paths(name: str) -> list[Path]:
    """Folders with colons between them, as in PATH."""
    given = os.environ.get(name, "").split(os.pathsep)
    return [Path(each).expanduser().absolute() for each in given if each.strip()]


def baken_home() -> Path:
    """Everything this installation keeps on disk: clusters, secrets, snapshots, uploads."""
    base = env_path("XDG_DATA_HOME", Path("~/.local/share"))
    return env_path("BAKEN_HOME", base / "baken")


def env_key(name: str) -> bytes:
    """A key in hexadecimal; empty when this process is not given it."""
    try:
        return bytes.fromhex(os.environ.get(name, ""))
    except ValueError:
        raise BadEnvironment(f"{name} is geen sleutel.") from None


def env_mail_server(name: str) -> MailServer | None:
    """Where mail is handed over; None when nothing is said about it."""
    url = os.environ.get(name, "")
    try:
        return mail_server(url) if url else None
    except BadMailServer as problem:
        raise BadEnvironment(f"{name}: {' '.join((problem.__doc__ or '').split())}") from None


def database_from_url(url: str) -> dict[str, str | int]:
    """Django's five connection settings out of ``postgresql://role:password@host:port/name``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadEnvironment(
            "Een database-adres ziet er zo uit: postgresql://rol:wachtwoord@host:5432/naam."
        )
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "127.0.0.1",
        "PORT": parts.port or 5432,
    }


def encrypted(url: str, certificates: str) -> dict[str, str]:
    """How to reach the server of ``url``: elsewhere over TLS only, with a certificate that is checked against
    ``certificates`` (a file, or "system")."""
    if (urlsplit(url).hostname or "localhost") in THIS_MACHINE:
        return {}
    return {"sslmode": "verify-full", "sslrootcert": certificates}


def with_encryption(url: str, certificates: str) -> str:
    """The same address, saying so itself; what it said about TLS no longer counts."""
    demands = encrypted(url, certificates)
    return urlsplit(url)._replace(query=urlencode(demands)).geturl() if demands else url
