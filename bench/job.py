"""What a job is, and how it is told."""

import json
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bench.house import House, Served, running_house, serving

ROWS = 200_000


@dataclass
class Bench:
    """What jobs share within one run; each thing is made when the first job asks for it."""

    rows: int = ROWS
    stack: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def folder(self) -> Path:
        return Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="baken-bench-")))

    @cached_property
    def house(self) -> House:
        return self.stack.enter_context(running_house())

    @cached_property
    def served(self) -> Served:
        return self.stack.enter_context(serving(self.house.filled(self.rows)))


@dataclass(frozen=True)
class Measured:
    """Both in the job's unit."""

    value: float
    floor: float


@dataclass(frozen=True)
class Promise:
    """What must hold. `most` is the highest ratio to the floor of something that takes time, `limit` the
    highest value, `extra` the most it may take beyond its floor; `least` is the lowest ratio of something
    that is a rate, for which `enough` is always enough."""

    most: float | None = None
    limit: float | None = None
    extra: float | None = None
    least: float | None = None
    enough: float | None = None

    def holds(self, measured: Measured) -> bool:
        ratio = measured.value / measured.floor
        if self.limit is not None:
            return measured.value <= self.limit
        if self.extra is not None:
            return measured.value - measured.floor <= self.extra
        if self.most is not None:
            return ratio <= self.most
        assert self.least is not None
        return ratio >= self.least or (self.enough is not None and measured.value >= self.enough)

    def __str__(self) -> str:
        if self.limit is not None:
            return f"value <= {self.limit:g}"
        if self.extra is not None:
            return f"value - floor <= {self.extra:g}"
        if self.most is not None:
            return f"ratio <= {self.most:g}"
        always = f" or value >= {self.enough:g}" if self.enough is not None else ""
        return f"ratio >= {self.least:g}{always}"


@dataclass(frozen=True)
class Job:
    """`what` and `floor` say in words what is measured beside what."""

    name: str
    what: str
    floor: str
    unit: str
    target: Promise
    measure: Callable[[Bench], Measured]


def line_of(job: Job, measured: Measured) -> str:
    """The one line of a job."""
    return json.dumps(
        {
            "job": job.name,
            "value": _rounded(measured.value),
            "unit": job.unit,
            "floor": _rounded(measured.floor),
            "ratio": _rounded(measured.value / measured.floor),
            "target": str(job.target),
            "holds": job.target.holds(measured),
        }
    )


def _rounded(number: float) -> float:
    """Three significant digits are all a measurement is good for."""
    return float(f"{number:.3g}")
