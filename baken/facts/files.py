"""Where snapshots live on disk."""

from pathlib import Path
from uuid import UUID

from django.conf import settings


def folder_of(region_id: UUID, snapshot_id: UUID) -> Path:
    return Path(settings.HOME) / "snapshots" / str(region_id) / str(snapshot_id)
