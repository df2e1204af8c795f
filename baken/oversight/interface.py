"""The door of oversight."""

from baken.oversight.actions import open_break_glass
from baken.oversight.queries import has_broken_glass
from baken.oversight.rules import has_relation, relation_of
from baken.oversight.states import AlertKind, BreakGlassReason, Outcome, Relation
from baken.oversight.subjects import Named, name_subjects

__all__ = [
    "AlertKind",
    "BreakGlassReason",
    "Named",
    "Outcome",
    "Relation",
    "has_broken_glass",
    "has_relation",
    "name_subjects",
    "open_break_glass",
    "relation_of",
]
