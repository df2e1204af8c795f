"""The door of the audit log."""

from baken.audit.actions import SYSTEM, Actor, record, record_look, seal
from baken.audit.checkpoints import (
    Kept,
    export_checkpoints,
    kept_in_database,
    kept_in_folder,
    make_checkpoints,
    places_reached,
)
from baken.audit.export import export_log
from baken.audit.lag import LogBehind, check_sealer, sealer_lag
from baken.audit.queries import PastEvent, history, latest
from baken.audit.statements import NotACheckpoint, Statement, WrongSignature, read_statement
from baken.audit.states import Stream
from baken.audit.verifying import Verdict, verify

__all__ = [
    "SYSTEM",
    "Actor",
    "Kept",
    "LogBehind",
    "NotACheckpoint",
    "PastEvent",
    "Statement",
    "Stream",
    "Verdict",
    "WrongSignature",
    "check_sealer",
    "export_checkpoints",
    "export_log",
    "history",
    "kept_in_database",
    "kept_in_folder",
    "latest",
    "make_checkpoints",
    "places_reached",
    "read_statement",
    "record",
    "record_look",
    "seal",
    "sealer_lag",
    "verify",
]
