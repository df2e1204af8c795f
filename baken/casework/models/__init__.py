"""Tables of casework, one module per noun. All of them are tenant tables (`region`)."""

from baken.casework.models.draft import Draft
from baken.casework.models.register_import import RegisterImport, RememberedValue
from baken.casework.models.registration import (
    Classification,
    CodedFact,
    KindChange,
    Registration,
    Subject,
)
from baken.casework.models.saved_view import SavedView
from baken.casework.models.two_people import TwoPersonRequest
from baken.casework.models.words import Identity, MatchKey, Note, Summary

__all__ = [
    "Classification",
    "CodedFact",
    "Draft",
    "Identity",
    "KindChange",
    "MatchKey",
    "Note",
    "RegisterImport",
    "Registration",
    "RememberedValue",
    "SavedView",
    "Subject",
    "Summary",
    "TwoPersonRequest",
]
