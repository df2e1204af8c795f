"""The door of the audit log."""

from baken.audit.actions import SYSTEM, Actor, record, seal
from baken.audit.queries import PastEvent, Verdict, history, latest, verify
from baken.audit.states import Stream

__all__ = [
    "SYSTEM",
    "Actor",
    "PastEvent",
    "Stream",
    "Verdict",
    "history",
    "latest",
    "record",
    "seal",
    "verify",
]
