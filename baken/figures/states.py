"""What a cell of a figure can be."""

from enum import StrEnum


class CellStatus(StrEnum):
    """A cell never says "nothing": it says why it is what it is."""

    VALUE = "value"
    ZERO = "zero"  # counted, and there were none
    PROVISIONAL = "provisional"  # the year was not over at the reference date


# Kinds of registration as the fact tables spell them.
REPORT = "report"
ADVICE = "advice"
ANONYMOUS_SIGNAL = "anonymous_signal"
QUESTION = "question"

# Codes of rows that are no entry of a code list.
EMPTY = "leeg"  # not filled in; something else than *onbekend*
TOTAL = "totaal"
