"""The door of figures: what the command line needs to print a table."""

from baken.figures.measures import Measure, UnknownMeasure, measures
from baken.figures.periods import BadPeriod, Period
from baken.figures.queries import NoSnapshotYet, table_for, tables_for
from baken.figures.sentences import sentences_of as sentences_for
from baken.figures.tables import FigureTable
from baken.figures.texts import as_csv, as_text

__all__ = [
    "BadPeriod",
    "FigureTable",
    "Measure",
    "NoSnapshotYet",
    "Period",
    "UnknownMeasure",
    "as_csv",
    "as_text",
    "measures",
    "sentences_for",
    "table_for",
    "tables_for",
]
