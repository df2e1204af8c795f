"""The years a figure is about."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST = 20
DEFAULT_LENGTH = 4


class BadPeriod(Exception):
    """Deze periode kan niet."""


@dataclass(frozen=True)
class Period:
    """Whole calendar years, both ends included; never empty, at most `LONGEST` years."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.first <= LAST_YEAR and FIRST_YEAR <= self.last <= LAST_YEAR):
            raise BadPeriod(
                _("Kies jaren van %(first)s tot en met %(last)s.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        if self.first > self.last:
            raise BadPeriod(
                _("De periode begint in %(first)s en eindigt in %(last)s: draai de jaren om.")
                % {"first": self.first, "last": self.last}
            )
        if self.last - self.first >= LONGEST:
            raise BadPeriod(_("Kies ten hoogste %(years)s jaren.") % {"years": LONGEST})

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.first, self.last + 1))

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def period_of(first: int | None, last: int | None, *, newest: int) -> Period:
    """The period asked for; what was left open is filled so that it ends at the newest whole
    year with registrations and is four years long. Raises `BadPeriod`."""
    if last is None:
        last = newest if first is None else max(newest, first)
    if first is None:
        first = max(FIRST_YEAR, last - DEFAULT_LENGTH + 1)
    return Period(first, last)
