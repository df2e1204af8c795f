"""The one secrets file of an installation: Django's key and the passwords of the database roles.

Made once, mode 0600, never printed. Losing it logs everybody out and nothing more: the passwords of
the embedded database are set again at every start.
"""

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


class SecretsTooOpen(CannotStart):
    """Het geheimenbestand {path} is leesbaar voor anderen; voer eerst uit: chmod 600 {path}"""


class SecretsDamaged(CannotStart):
    """Het geheimenbestand {path} is beschadigd; zet een reservekopie terug of verwijder het, dan
    maakt Baken een nieuw bestand en moet iedereen opnieuw inloggen."""


@dataclass(frozen=True, repr=False)
class Secrets:
    """What nobody outside this installation may know; ``passwords`` by role: owner, public, …"""

    django_secret_key: str
    passwords: Mapping[str, str]


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
    return _read(path)


def _read(path: Path) -> Secrets:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        passwords = {role: str(content["passwords"][role]) for role in LOGIN_ROLES}
        return Secrets(str(content["django_secret_key"]), passwords)
    except (ValueError, KeyError, TypeError) as error:
        raise SecretsDamaged(path=path) from error


def _create(path: Path) -> None:
    content = {
        "django_secret_key": secrets.token_urlsafe(48),
        "passwords": {role: secrets.token_urlsafe(24) for role in LOGIN_ROLES},
    }
    text = json.dumps(content, indent=2) + "\n"
    draft = path.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    write_private(draft, text)
    try:
        os.link(draft, path)  # unlike a rename, never replaces what another process just made
    except FileExistsError:
        pass
    finally:
        draft.unlink()
