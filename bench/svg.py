"""A chart of lines on two logarithmic axes, as plain SVG."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

Points = Sequence[tuple[float, float]]
_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 200, 50, 60
_COLOURS = ("#00506b", "#b34700")
_DASHES = ("", ' stroke-dasharray="6 4"')  # told apart without colour too


@dataclass(frozen=True)
class Axis:
    """Maps values between `low` and `high` to pixels between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)


def line_chart(title: str, x_title: str, y_title: str, series: Mapping[str, Points]) -> str:
    """One line per series; its name stands at its end."""
    xs = sorted({x for points in series.values() for x, _y in points})
    ys = [y for points in series.values() for _x, y in points]
    ticks = _ticks(min(ys), max(ys))
    x_axis = Axis(xs[0], xs[-1], _LEFT, _WIDTH - _RIGHT)
    y_axis = Axis(ticks[0], ticks[-1], _HEIGHT - _BOTTOM, _TOP)
    body = [
        *_grid(x_axis, y_axis, xs, ticks),
        _text(_LEFT, 26, title, size=16),
        _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 16, x_title, anchor="middle"),
        _text(_LEFT, 43, y_title),
    ]
    for number, (name, points) in enumerate(series.items()):
        body += _line(name, points, x_axis, y_axis, number, _label_y(series, name, y_axis))
    said = "; ".join(
        f"{name}: " + ", ".join(f"{_short(x)} → {y:.3g}" for x, y in points)
        for name, points in series.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' font-family="sans-serif" font-size="13" fill="#222">'
        f"<title>{escape(title)}</title><desc>{escape(said)}</desc>"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>' + "".join(body) + "</svg>\n"
    )


def _ticks(low: float, high: float) -> list[float]:
    """1, 2, 5, 10, … from just below the lowest value to just above the highest."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    steps = [step * 10.0**power for power in range(first, last + 1) for step in (1, 2, 5)]
    below = max((step for step in steps if step <= low), default=steps[0])
    above = min((step for step in steps if step >= high and step > below), default=steps[-1])
    return [step for step in steps if below <= step <= above]


def _grid(x_axis: Axis, y_axis: Axis, xs: list[float], ticks: list[float]) -> list[str]:
    found = []
    for tick in ticks:
        y = y_axis.at(tick)
        found.append(
            f'<path d="M{x_axis.start} {y:.1f}H{x_axis.end}" stroke="#ddd" fill="none"/>'
            + _text(x_axis.start - 8, y + 4, f"{tick:g}", anchor="end")
        )
    below = y_axis.start + 20
    return [*found, *(_text(x_axis.at(x), below, _short(x), anchor="middle") for x in xs)]


def _line(
    name: str, points: Points, x_axis: Axis, y_axis: Axis, number: int, label_y: float
) -> list[str]:
    placed = [(x_axis.at(x), y_axis.at(y)) for x, y in points]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)
    colour = _COLOURS[number % len(_COLOURS)]
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in placed)
    return [
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"'
        f"{_DASHES[number % len(_DASHES)]}/>",
        f'<g fill="{colour}">{marks}{_text(placed[-1][0] + 10, label_y, name)}</g>',
    ]


def _label_y(series: Mapping[str, Points], name: str, y_axis: Axis) -> float:
    """Beside the end of its line, but not over another name: the lowest line is named lowest."""
    order = sorted(series, key=lambda each: series[each][-1][1])
    position = y_axis.at(series[name][-1][1]) + 4
    for below, above in pairwise(order):
        gap = y_axis.at(series[below][-1][1]) - y_axis.at(series[above][-1][1])
        if gap < 18 and name in (below, above):
            return position + (9 if name == below else -9)
    return position


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 13) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">'
        f"{escape(text)}</text>"
    )


def _short(number: float) -> str:
    """10000 → 10k."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:g}{letter}"
    return f"{number:g}"
