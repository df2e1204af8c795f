"""The one secrets file of an installation: Django's key, the passwords of the database roles, and keys.

Made once, mode 0600, never printed. Losing it is serious: without the pepper no passphrase opens a key any
more, and colleagues have to be let in again (docs/operations.md). Back it up apart from the databases.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from baken.config.cannot_start import CannotStart
from baken.config.home import explained, prepare_home, write_private

FILE = "secrets.json"
LOGIN_ROLES = ("owner", "public", "office", "worker")
# Name → the sites that may know it; each is 32 random bytes. What a version adds is made at its first start.
KEYS: Mapping[str, frozenset[str]] = {
    # Mixed into every passphrase key: a stolen database cannot try passphrases.
    "pepper": frozenset({"office", "owner"}),
    # Seals frozen facts.
    "snapshot": frozenset({"office", "worker"}),
    # Signs checkpoints of the audit log: whoever has it can make another log look true.
    "checkpoint": frozenset({"worker"}),
    # Opens the mail queue, and finds an address among those that are not mailed any more.
    "mail": frozenset({"worker"}),
}


class SecretsTooOpen(CannotStart):
    """Het geheimenbestand {path} is leesbaar voor anderen; voer eerst uit: chmod 600 {path}"""


class SecretsDamaged(CannotStart):
    """Het geheimenbestand {path} is beschadigd; zet een reservekopie terug of verwijder het, dan
    maakt Baken een nieuw bestand en moet iedereen opnieuw inloggen."""


@dataclass(frozen=True, repr=False)
class Secrets:
    """What nobody outside this installation may know; ``passwords`` by role: owner, public, …;
    ``keys`` by name, in hexadecimal."""

    django_secret_key: str
    passwords: Mapping[str, str]
    keys: Mapping[str, str]

    def keys_of(self, site: str) -> Mapping[str, str]:
        """The keys that this site may know."""
        return {name: self.keys[name] for name, sites in KEYS.items() if site in sites}


def load_secrets(home: Path) -> Secrets:
    """The secrets of the installation in ``home``, made when there are none yet.

    Raises SecretsTooOpen when group or others have any right on the file, SecretsDamaged when it
    cannot be understood, and what ``prepare_home`` raises.
    """
    path = prepare_home(home) / FILE
    if not path.exists():
        with explained(home):
            _create(path)
    if path.stat().st_mode & 0o077:
        raise SecretsTooOpen(path=path)
    found = _read(path)
    if not found.keys.keys() >= KEYS.keys():
        with explained(home):
            _add_keys(path)
        found = _read(path)
    return found


def _read(path: Path) -> Secrets:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        passwords = {role: str(content["passwords"][role]) for role in LOGIN_ROLES}
        keys = {name: bytes.fromhex(key).hex() for name, key in content.get("keys", {}).items()}
        return Secrets(str(content["django_secret_key"]), passwords, keys)
    except (ValueError, KeyError, TypeError) as error:
        raise SecretsDamaged(path=path) from error


def _create(path: Path) -> None:
    content = {
        "django_secret_key": secrets.token_urlsafe(48),
        "passwords": {role: secrets.token_urlsafe(24) for role in LOGIN_ROLES},
        "keys": {name: secrets.token_hex(32) for name in KEYS},
    }
    draft = _draft(path, content)
    try:
        os.link(draft, path)  # unlike a rename, never replaces what another process just made
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _add_keys(path: Path) -> None:
    """Add the keys that are new since the file was made. Two processes that both do so agree: the second
    waits for the first, and then finds nothing to add."""
    with path.with_name(f"{FILE}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        content = json.loads(path.read_text(encoding="utf-8"))
        kept = content.get("keys", {})
        content["keys"] = {name: kept.get(name) or secrets.token_hex(32) for name in KEYS} | kept
        _draft(path, content).replace(path)


def _draft(path: Path, content: Mapping[str, object]) -> Path:
    draft = path.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    write_private(draft, json.dumps(content, indent=2) + "\n")
    return draft
