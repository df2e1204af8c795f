"""The door of casework."""

from baken.casework.actions.registrations import register
from baken.casework.rules.answers import Answers, FormAnswer, SubjectAnswer

__all__ = ["Answers", "FormAnswer", "SubjectAnswer", "register"]
