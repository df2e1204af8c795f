"""What is wrong with a register, each with its row, its column and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_KEPT = 100


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to repair. `row` and `column` as the spreadsheet shows them; 0 and "" when the sentence
    names them itself or they do not apply. Values of cells are never part of the sentence."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        if not self.row or not self.column:
            return self.sentence
        where = _("Rij %(row)s, kolom %(column)s") % {"row": self.row, "column": self.column}
        return f"{where}: {self.sentence}"

    def as_json(self) -> dict[str, object]:
        return {"row": self.row, "column": self.column, "sentence": self.sentence}


@dataclass
class Problems:
    """All problems counted, the first hundred kept."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problem: Problem) -> None:
        self.count += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(problem)

    def add_end(self, problem: Problem) -> None:
        """What ended the reading comes before all else: the rest of the file was not even seen."""
        self.count += 1
        self.kept = [problem, *self.kept][:MOST_KEPT]

    def put_first(self, problems: Iterable[Problem]) -> None:
        """Add problems that were found afterwards; the hundred that stand first in the file stay."""
        found = list(problems)
        self.count += len(found)
        self.kept = sorted([*self.kept, *found])[:MOST_KEPT]


class NotImported(Exception):
    """Er is niets ingelezen."""

    @property
    def sentences(self) -> list[str]:
        """What is wrong and what to do, one thing per sentence."""
        return [str(self)]


class ImportRefused(NotImported):
    """Er is niets ingelezen: er klopt iets niet in het register."""

    def __init__(self, problems: Problems) -> None:
        super().__init__()
        self.problems = problems

    @property
    def sentences(self) -> list[str]:
        return [*map(str, self.problems.kept), str(self)]

    def __str__(self) -> str:
        count = self.problems.count
        return ngettext(
            "Er is niets ingelezen: %(count)s probleem.",
            "Er is niets ingelezen: %(count)s problemen.",
            count,
        ) % {"count": count}
