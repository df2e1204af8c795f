"""The door of oversight."""

from baken.oversight.rules import has_relation, relation_of
from baken.oversight.states import AlertKind, BreakGlassReason, Outcome, Relation

__all__ = [
    "AlertKind",
    "BreakGlassReason",
    "Outcome",
    "Relation",
    "has_relation",
    "relation_of",
]
