"""Reads every row of a register and says what is wrong, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.casework.imports.columns import FIELDS, SUBJECT_FIELDS
from baken.casework.imports.mapping import ColumnMapping
from baken.casework.imports.problems import Problem, Problems
from baken.casework.imports.values import Bad, Reader, Value, reader_for
from baken.casework.rules.kinds import WITHOUT_PEOPLE, minor_by_age
from baken.casework.states import Answer, Kind
from baken.lib.sheets import Row, UnreadableSheet, column_letter

TELL_EVERY = 1024
# All that an advies remembers of its people; a question does not even that.
ABOUT_ADVIES = ("concerns_minor", "concerns_several")


# Answers about a minor that an age band may outweigh.
_LEAVES_OPEN = (None, "", Answer.UNKNOWN.value)
OTHER_AGE = Bad(
    gettext_lazy("dit klopt niet met de leeftijd in deze rij. Verbeter een van de twee.")
)


def _tell_nobody(_done: int) -> None:
    pass


@dataclass(frozen=True)
class Plan:
    """Which columns are read, by whom, and what every row gets."""

    names: tuple[str, ...]
    positions: tuple[int, ...]
    readers: tuple[Reader, ...]
    defaults: dict[str, Value]

    def falling(self, kind: Kind) -> tuple[int, ...]:
        """Where in a row stands what a registration of this kind may not keep."""
        also = ABOUT_ADVIES if kind == Kind.QUESTION else ()
        return tuple(
            at for at, n in enumerate(self.names) if FIELDS[n].is_about_people or n in also
        )

    def index(self, name: str) -> int | None:
        return self.names.index(name) if name in self.names else None


@dataclass
class Checked:
    """A register after reading: its rows as they would be registered, and what was noticed.

    `rows` holds the good rows: the values in the order of `plan.names`, *leeg* as None, "" or (), and at
    the end whether the line describes a presumed victim, and whether that is a minor by the age band.
    """

    plan: Plan
    rows: list[tuple[Value | bool, ...]] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    read: int = 0
    # (kind, field) → in how many rows a value falls away because this kind may not keep it.
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    # Number → its row, of the rows that keep it.
    numbers: dict[str, int] = field(default_factory=dict)


def plan_for(mapping: ColumnMapping, headers: Sequence[str], *, today: date) -> Plan:
    """Raises a `BadMapping` when the mapping does not fit these columns."""
    found = mapping.positions(headers)
    return Plan(
        names=tuple(found),
        positions=tuple(found.values()),
        readers=tuple(reader_for(n, mapping.values.get(n, {}), today=today) for n in found),
        defaults={name: FIELDS[name].stored(code) for name, code in mapping.defaults.items()},
    )


def check_rows(
    rows: Iterable[Row], plan: Plan, *, tell: Callable[[int], None] = _tell_nobody
) -> Checked:
    """Judge every row. A row that makes the file unreadable ends the reading and is the last problem.

    Memory grows with the rows: about 200 bytes for each, the same few codes shared by all.
    """
    checker = _Checker(plan)
    try:
        for number, cells in rows:
            checker.check(number, cells)
            if not checker.checked.read % TELL_EVERY:
                tell(checker.checked.read)
    except UnreadableSheet as problem:
        found = Problem(problem.row or 0, problem.column or "", str(problem))
        checker.checked.problems.add_end(found)
    tell(checker.checked.read)
    return checker.checked


class _MinorByAge(dict[Value | Bad, str]):
    """Stored age band → whether that is a minor."""

    def __missing__(self, band: Value | Bad) -> str:
        code = str(band).removeprefix("age_band.") if band else None
        self[band] = minor_by_age(code)
        return self[band]


class _Checker:
    def __init__(self, plan: Plan) -> None:
        self.checked = Checked(plan)
        self.columns = tuple(zip(plan.positions, plan.readers, strict=True))
        self.kind_at = plan.index("kind")
        self.number_at = plan.index("external_number")
        self.falling = {kind.value: plan.falling(kind) for kind in WITHOUT_PEOPLE}
        self.victim_at = tuple(i for i, n in enumerate(plan.names) if n in SUBJECT_FIELDS)
        self.kind = plan.defaults.get("kind")
        self.age_at, self.minor_at = plan.index("age_band"), plan.index("concerns_minor")
        self.minor = _MinorByAge()
        self.seen: dict[str, int] = {}

    def check(self, number: int, cells: Sequence[object]) -> None:
        values = [reader[cells[at]] for at, reader in self.columns]  # type: ignore[index]
        self.checked.read += 1
        if self.number_at is not None and values[self.number_at]:
            values[self.number_at] = self._once(values[self.number_at], number)
        if any(value.__class__ is Bad for value in values):
            self._complain(number, values)
            return
        has_victim = any(values[at] for at in self.victim_at)
        minor = self.minor[values[self.age_at]] if self.age_at is not None else ""
        if minor and self._said_of_minor(values) not in (minor, *_LEAVES_OPEN):
            self._complain(number, self._contradicted(values))
            return
        kind = values[self.kind_at] if self.kind_at is not None else self.kind
        if kind in WITHOUT_PEOPLE:
            self._drop(str(kind), values)
        if self.number_at is not None and values[self.number_at]:
            self.checked.numbers[str(values[self.number_at])] = number
        self.checked.rows.append((*values, has_victim, minor))  # type: ignore[arg-type]

    def _said_of_minor(self, values: list[Value | Bad]) -> Value | Bad:
        if self.minor_at is not None and values[self.minor_at]:
            return values[self.minor_at]
        return self.checked.plan.defaults.get("concerns_minor")

    def _contradicted(self, values: list[Value | Bad]) -> list[Value | Bad]:
        """The row with the answer that its age denies marked; the age itself when no column gave one."""
        at = self.age_at if self.minor_at is None else self.minor_at
        return [OTHER_AGE if here == at else value for here, value in enumerate(values)]

    def _once(self, value: Value | Bad, row: int) -> Value | Bad:
        if not isinstance(value, str):
            return value
        first = self.seen.setdefault(value, row)
        if first == row:
            return value
        return Bad(
            _("dit nummer staat ook in rij %(first)s. Geef iedere registratie een eigen nummer.")
            % {"first": first}
        )

    def _drop(self, kind: str, values: list[Value | Bad]) -> None:
        for at in self.falling[kind]:
            if values[at]:
                name = self.checked.plan.names[at]
                self.checked.dropped[kind, name] += 1
                values[at] = self.checked.plan.readers[at].empty

    def _complain(self, row: int, values: list[Value | Bad]) -> None:
        for at, value in enumerate(values):
            if isinstance(value, Bad):
                column = column_letter(self.checked.plan.positions[at] + 1)
                self.checked.problems.add(Problem(row, column, str(value.sentence)))
