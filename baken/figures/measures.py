"""What is counted, and how: named, versioned, pure.

A measure is a function from the fact table of registrations to a small table of counts, written as
one Ibis expression without anything that only one engine knows: the same cells on DuckDB and on
Spark. Change what is counted and the version goes up: every figure names the version it was counted
with.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ibis.expr.types import Table

from baken.figures.periods import Period
from baken.figures.states import ADVICE, REPORT

# One row of a counted measure: kind, year, n, and for some bucket.
Count = Mapping[str, Any]


class UnknownMeasure(Exception):
    """Dit cijfer bestaat niet."""


def reports_and_advice(registrations: Table, period: Period) -> Table:
    """Registrations by kind and year received: columns kind, year, n.

    Kinds that the figure does not count, and registrations without a known year, are counted too:
    the notes name them.
    """
    rows = in_period(registrations, period)
    rows = rows.select("kind", year=rows.received_year)
    return rows.group_by("kind", "year").aggregate(n=rows.count())


def nature(registrations: Table, period: Period) -> Table:
    """Registrations by kind, bucket of the primary form, and year: columns kind, bucket, year, n.

    The facts give every primary form a bucket (its own code if need be), so a registration without
    one has no primary form: *leeg*.
    """
    rows = in_period(registrations, period)
    rows = rows.select("kind", bucket=rows.primary_bucket, year=rows.received_year)
    return rows.group_by("kind", "bucket", "year").aggregate(n=rows.count())


def received_years(registrations: Table, *, running: int) -> Table:
    """The last year in which a report or advice was received, and the last one before the year that
    is still running: columns last, last_whole."""
    rows = registrations.filter(registrations.kind.isin([REPORT, ADVICE]))
    year = rows.received_year
    return rows.aggregate(last=year.max(), last_whole=year.max(where=year < running))


def in_period(registrations: Table, period: Period) -> Table:
    """Registrations received in the period, and those of which the year is not known."""
    year = registrations.received_year
    return registrations.filter(year.between(period.first, period.last) | year.isnull())


@dataclass(frozen=True)
class Measure:
    """A figure that can be asked for by its slug. The texts are shown under every table."""

    slug: str
    version: int
    title: str | Promise
    row_title: str | Promise  # what a row is
    unit: str | Promise
    place: str | Promise  # whose place the region is
    definition: str | Promise
    counted: tuple[str, ...]  # the kinds of registration that are in the cells
    rows_from: str  # the column of the counts that names the row: kind or bucket
    adds_up: bool  # every registration stands in exactly one row, so there is a total
    count: Callable[[Table, Period], Table]


_PLACE = _("regio van het meldpunt dat registreerde")

MEASURES = (
    Measure(
        slug="meldingen-adviezen",
        version=1,
        title=_("Meldingen en adviezen"),
        row_title=_("Soort"),
        unit=_("registraties: meldingen en adviezen"),
        place=_PLACE,
        definition=_(
            "Meldingen en adviezen naar het jaar van ontvangst. Anonieme signalen, "
            "informatievragen en intern overleg tellen niet mee."
        ),
        counted=(REPORT, ADVICE),
        rows_from="kind",
        adds_up=False,
        count=reports_and_advice,
    ),
    Measure(
        slug="aard",
        version=1,
        title=_("Meldingen naar aard van uitbuiting"),
        row_title=_("Vorm"),
        unit=_("registraties: meldingen"),
        place=_PLACE,
        definition=_(
            "Meldingen naar de primaire vorm van uitbuiting en het jaar van ontvangst. Elke "
            "melding telt één keer, dus de rijen tellen op tot het totaal. Leeg betekent: er is "
            "geen vorm ingevuld. Dat is iets anders dan onbekend."
        ),
        counted=(REPORT,),
        rows_from="bucket",
        adds_up=True,
        count=nature,
    ),
)


def measures() -> tuple[Measure, ...]:
    """Every figure there is, in the order of the page."""
    return MEASURES


def measure(slug: str) -> Measure:
    """Raises `UnknownMeasure`."""
    for each in MEASURES:
        if each.slug == slug:
            return each
    raise UnknownMeasure(slug)
