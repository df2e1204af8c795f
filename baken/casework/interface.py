"""The door of casework."""

from baken.casework.actions.import_jobs import run_import_process
from baken.casework.actions.imports import import_register
from baken.casework.actions.registrations import register
from baken.casework.imports.problems import NotImported
from baken.casework.imports.wording import outcome_in_words, phase_in_words
from baken.casework.queries.two_people import count_requests
from baken.casework.rules.answers import Answers, FormAnswer, SubjectAnswer
from baken.casework.states import Anonymity, Answer, Kind, Origin, Urgency

__all__ = [
    "Anonymity",
    "Answer",
    "Answers",
    "FormAnswer",
    "Kind",
    "NotImported",
    "Origin",
    "SubjectAnswer",
    "Urgency",
    "count_requests",
    "import_register",
    "outcome_in_words",
    "phase_in_words",
    "register",
    "run_import_process",
]
