"""The uploaded file, and what the import process found in it, until the import ends.

Both live in `BAKEN_HOME/uploads`, readable for this account only, and are deleted together.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

LONGEST_STAY = timedelta(hours=24)


def upload_path(import_id: UUID) -> Path:
    return Path(settings.HOME) / "uploads" / str(import_id)


def _findings_path(import_id: UUID) -> Path:
    return upload_path(import_id).with_suffix(".json")


def keep_upload(import_id: UUID, chunks: Iterable[bytes]) -> str:
    """Write the file for its owner alone; returns its SHA-256."""
    digest = hashlib.sha256()
    path = upload_path(import_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(_opened(path), "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def keep_findings(import_id: UUID, findings: dict[str, Any]) -> None:
    """Replace what was found: a reader sees the old or the new, never half of it."""
    path = _findings_path(import_id)
    unfinished = path.with_suffix(".unfinished")
    with os.fdopen(_opened(unfinished), "w", encoding="utf-8") as file:
        json.dump(findings, file)
    unfinished.rename(path)


def findings_of(import_id: UUID) -> dict[str, Any]:
    """What the import process found last; empty when there is nothing."""
    try:
        found: dict[str, Any] = json.loads(_findings_path(import_id).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def remove_upload(import_id: UUID) -> None:
    """Delete the file and what was found in it; again is fine."""
    path = upload_path(import_id)
    for each in (path, _findings_path(import_id), path.with_suffix(".unfinished")):
        each.unlink(missing_ok=True)


def remove_leftovers(now: datetime) -> None:
    """Delete what somebody left lying: uploads that nobody imported or cancelled for a day."""
    folder = Path(settings.HOME) / "uploads"
    oldest = (now - LONGEST_STAY).timestamp()
    for path in folder.glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _opened(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
