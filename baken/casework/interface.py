"""The door of casework."""

from baken.casework.actions.imports import import_register
from baken.casework.actions.registrations import register
from baken.casework.rules.answers import Answers, FormAnswer, SubjectAnswer
from baken.casework.states import Anonymity, Answer, Kind, Origin, Urgency

__all__ = [
    "Anonymity",
    "Answer",
    "Answers",
    "FormAnswer",
    "Kind",
    "Origin",
    "SubjectAnswer",
    "Urgency",
    "import_register",
    "register",
]
