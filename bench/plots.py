"""Cost against size and against the number of people at once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bench.house import serving
from bench.job import Bench, Measured
from bench.moving import import_all
from bench.pages import list_at
from bench.say import say, step
from bench.snapshots import count

SIZES = (10_000, 100_000, 1_000_000)
AT_ONCE = (1, 8, 32)


@dataclass(frozen=True)
class Plot:
    """`x` in words, the unit of the cost, and what the two lines are."""

    name: str
    title: str
    x: str
    unit: str
    series: tuple[str, str]


@dataclass(frozen=True)
class Cost:
    """One point on both lines of a plot."""

    plot: str
    x: int
    value: float
    floor: float


PLOTS = (
    Plot(
        "worklist-size",
        "First page of the work list",
        "registrations in the database",
        "ms, median",
        ("work list", "bare page"),
    ),
    Plot(
        "worklist-at-once",
        "First page of the work list",
        "colleagues at once, 200k registrations",
        "ms, 95th percentile",
        ("work list", "bare page"),
    ),
    Plot(
        "import-size",
        "Importing a register",
        "rows of 5 columns, at most 250k in a file",
        "seconds",
        ("import", "COPY"),
    ),
    Plot(
        "figures-size",
        "Both tables from a snapshot",
        "registrations in the snapshot",
        "seconds, median",
        ("measures", "DuckDB asked directly"),
    ),
)


def measure_plots(bench: Bench) -> list[Cost]:
    """Every point of every plot, one after another."""
    return [
        *_costs("figures-size", (*SIZES, 10_000_000), lambda x: count(bench.folder, x)),
        *_at_once(bench),
        *_by_size(bench),
    ]


def _at_once(bench: Bench) -> list[Cost]:
    with serving(bench.house.filled(bench.rows)) as served:
        return list(_costs("worklist-at-once", AT_ONCE, lambda x: list_at(served, x, 95)))


def _by_size(bench: Bench) -> Iterator[Cost]:
    for number, size in enumerate(SIZES, start=1):
        with serving(bench.house.filled(size)) as served:
            yield from _costs("worklist-size", [size], lambda _x: list_at(served, 1, 50))
        small = bench.house.filled(SIZES[0])
        yield from _costs(
            "import-size",
            [size],
            lambda x: import_all(small, bench.folder, f"r{20 + number}", x),  # noqa: B023
        )


def _costs(plot: str, xs: Iterable[int], measure: Callable[[int], Measured]) -> Iterator[Cost]:
    for x in xs:
        with step(f"{plot} at {x:,}"):
            found = measure(x)
        say(f"  {found.value:.3g} beside {found.floor:.3g}")
        yield Cost(plot, x, found.value, found.floor)
