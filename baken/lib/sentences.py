"""The sentence of an expected failure: the docstring of its exception, in the reader's language."""

from django.utils.translation import gettext


def sentence_of(problem: Exception | type[Exception]) -> str:
    """What went wrong and what to do. `tools/messages.py` collects these docstrings for translation."""
    return gettext(" ".join((problem.__doc__ or "").split()))
