"""Counting: from a snapshot to tables. Every count passes `facts.open_facts`, which checks."""

from collections.abc import Iterable

from ibis.expr.types import Table

from baken.accounts.interface import Member
from baken.facts.interface import Facts, Snapshot, open_facts, snapshots
from baken.figures.measures import Measure, measure, received_years
from baken.figures.periods import Period, period_of
from baken.figures.tables import FigureTable, Frozen, table_of
from baken.taxonomy.interface import CodeListName, labels


class NoSnapshotYet(Exception):
    """Er is nog geen peildatum vastgelegd. Maak eerst een nieuwe peildatum."""


def table_for(
    slug: str,
    *,
    by: Member,
    snapshot: Snapshot | None = None,
    from_year: int | None = None,
    to_year: int | None = None,
) -> FigureTable:
    """One figure of the member's region, counted in one snapshot (the newest if none is named).

    Without years: the last four whole ones that have registrations. Raises `UnknownMeasure`, `NoSnapshotYet`,
    `BadPeriod`; `NotAllowed` and `SnapshotDamaged` of facts.
    """
    chosen = measure(slug)
    return tables_for(
        [chosen], by=by, snapshot=snapshot or newest(by), from_year=from_year, to_year=to_year
    )[0]


def tables_for(
    chosen: Iterable[Measure],
    *,
    by: Member,
    snapshot: Snapshot,
    from_year: int | None = None,
    to_year: int | None = None,
) -> list[FigureTable]:
    """As `table_for`, for several figures of the same snapshot, which is opened once."""
    facts = open_facts(snapshot, by=by)
    registrations = facts.tables["registration"]
    if from_year is None or to_year is None:
        period = period_of(from_year, to_year, newest=_newest_year(facts))
    else:
        period = Period(from_year, to_year)
    return [_table(each, registrations, facts, period) for each in chosen]


def newest(by: Member) -> Snapshot:
    """The newest snapshot that can be counted. Raises `NoSnapshotYet`."""
    ready = snapshots(by)
    if not ready:
        raise NoSnapshotYet
    return ready[0]


def _table(chosen: Measure, registrations: Table, facts: Facts, period: Period) -> FigureTable:
    return table_of(
        chosen,
        chosen.count(registrations, period).to_pyarrow().to_pylist(),
        period=period,
        frozen=Frozen(facts.region_name, facts.reference_at, facts.schema_version),
        labels=labels(CodeListName.FORM),
    )


def _newest_year(facts: Facts) -> int:
    """The newest whole year with a report or advice; without one the running year, also when empty."""
    running = facts.reference_at.year
    counted = received_years(facts.tables["registration"], running=running)
    (years,) = counted.to_pyarrow().to_pylist()
    return int(years["last_whole"] or years["last"] or running)
