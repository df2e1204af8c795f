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
from baken.audit.queries import (
    LOOK,
    LogFilter,
    LoggedLook,
    Onlooker,
    PastEvent,
    found,
    found_all,
    history,
    latest,
    looks_after,
    looks_of,
    onlookers,
)
from baken.audit.statements import NotACheckpoint, Statement, WrongSignature, read_statement
from baken.audit.states import Stream
from baken.audit.verifying import Verdict, verify
from baken.audit.words import detail_words, event_words, subject_words

__all__ = [
    "LOOK",
    "SYSTEM",
    "Actor",
    "Kept",
    "LogBehind",
    "LogFilter",
    "LoggedLook",
    "NotACheckpoint",
    "Onlooker",
    "PastEvent",
    "Statement",
    "Stream",
    "Verdict",
    "WrongSignature",
    "check_sealer",
    "detail_words",
    "event_words",
    "export_checkpoints",
    "export_log",
    "found",
    "found_all",
    "history",
    "kept_in_database",
    "kept_in_folder",
    "latest",
    "looks_after",
    "looks_of",
    "make_checkpoints",
    "onlookers",
    "places_reached",
    "read_statement",
    "record",
    "record_look",
    "seal",
    "sealer_lag",
    "subject_words",
    "verify",
]
