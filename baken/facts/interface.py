"""The door of facts."""

from baken.facts.actions import AlreadyFrozen, freeze_now, request_freeze, request_snapshot
from baken.facts.models import Snapshot
from baken.facts.queries import (
    Facts,
    SnapshotDamaged,
    is_under_way,
    open_facts,
    snapshots,
    unfinished_snapshot,
)
from baken.facts.sources import LIST_SEPARATOR, SCHEMA_VERSION, Source, register
from baken.facts.states import SnapshotState

__all__ = [
    "LIST_SEPARATOR",
    "SCHEMA_VERSION",
    "AlreadyFrozen",
    "Facts",
    "Snapshot",
    "SnapshotDamaged",
    "SnapshotState",
    "Source",
    "freeze_now",
    "is_under_way",
    "open_facts",
    "register",
    "request_freeze",
    "request_snapshot",
    "snapshots",
    "unfinished_snapshot",
]
