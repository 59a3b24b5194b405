"""The arithmetic of the benchmarks: rounds to one figure, figures to ratios and aims, all of it to JSON and a table.

```
Round    what one row did in one round: count of things, seconds they took, latencies in ms (may be empty)
Figure   median over the rounds: `value` in `unit`, p50 and p99 where single things were timed
Aim      a figure against another row of the same run, or against a fixed number
```
Nothing here measures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Literal

RATES = {"/s"}
"""Units of which more is better; of every other unit less is."""


@dataclass(frozen=True)
class Round:
    """`value` is given where a row's figure is neither count ÷ seconds nor a latency (bytes held, for one)."""

    count: int = 0
    seconds: float = 0.0
    latencies_ms: Sequence[float] = ()
    value: float | None = None


@dataclass(frozen=True)
class Aim:
    """`of` a figure ÷ the same of `row` (empty: ÷ `number`), and the bound that its ratio keeps."""

    bound: float
    row: str = ""
    of: Literal["value", "p50_ms", "p99_ms"] = "value"
    number: float = 1.0
    least: bool = False

    def text(self) -> str:
        what = {"value": "", "p50_ms": "p50 ", "p99_ms": "p99 "}[self.of]
        bound = f"{self.bound:g} × {self.row}" if self.row else f"{self.bound * self.number:,g}"
        return f"{what}{'≥' if self.least else '≤'} {bound}"


@dataclass(frozen=True)
class Row:
    """What is measured. `limit` is the row that a figure without an aim is held against."""

    name: str
    unit: str
    method: str
    limit: str = ""
    aim: Aim | None = None


@dataclass
class Figure:
    """One row's outcome; `others_cpu` is the share of all cores, in per cent, that other programs used meanwhile."""

    row: Row
    value: float
    p50_ms: float | None
    p99_ms: float | None
    seconds: float
    others_cpu: float
    ratio: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none, or the row it is held against was not measured."""
        aim = self.row.aim
        if aim is None or self.ratio is None:
            return None
        return self.ratio >= aim.bound if aim.least else self.ratio <= aim.bound


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of all do not exceed (nearest rank). Raises ValueError without any."""
    if not values:
        raise ValueError("a percentile of nothing")
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def summarise(row: Row, rounds: Sequence[Round], others_cpu: float) -> Figure:
    """The medians over the rounds of a row. A row in ms has its p50 as value."""
    halves = [percentile(each.latencies_ms, 0.50) for each in rounds if each.latencies_ms]
    tails = [percentile(each.latencies_ms, 0.99) for each in rounds if each.latencies_ms]
    p50 = median(halves) if halves else None
    given = [each.value for each in rounds if each.value is not None]
    if given:
        value = median(given)
    elif row.unit in RATES:
        value = median(each.count / each.seconds for each in rounds)
    else:
        value = median(halves)
    tail = median(tails) if tails else None
    return Figure(row, value, p50, tail, sum(each.seconds for each in rounds), others_cpu)


def hold_against(figures: Sequence[Figure]) -> None:
    """Sets every ratio that can be worked out of this run."""
    known = {figure.row.name: figure for figure in figures}
    for figure in figures:
        aim = figure.row.aim or Aim(0, row=figure.row.limit)
        if figure.row.aim is None and not figure.row.limit:
            continue
        mine = getattr(figure, aim.of)
        other = getattr(known[aim.row], aim.of) if aim.row in known else (None if aim.row else aim.number)
        figure.ratio = mine / other if mine is not None and other else None


def as_json(figures: Sequence[Figure]) -> list[Mapping[str, object]]:
    """One object a row; what does not apply is left out."""
    return [
        {key: value for key, value in one.items() if value is not None and value != ""}
        for one in (
            {
                "name": figure.row.name,
                "value": round(figure.value, 4),
                "unit": figure.row.unit,
                "p50_ms": None if figure.p50_ms is None else round(figure.p50_ms, 4),
                "p99_ms": None if figure.p99_ms is None else round(figure.p99_ms, 4),
                "limit": (figure.row.aim.row if figure.row.aim else "") or figure.row.limit,
                "ratio": None if figure.ratio is None else round(figure.ratio, 4),
                "aim": figure.row.aim.text() if figure.row.aim else "",
                "met": figure.met,
                "seconds": round(figure.seconds, 2),
                "others_cpu_percent": round(figure.others_cpu, 1),
                "method": figure.row.method,
            }
            for figure in figures
        )
    ]


def line(figure: Figure) -> str:
    """One row of the table."""
    value = f"{figure.value:,.0f}" if figure.value >= 1000 else f"{figure.value:.3g}"
    times = [f"{t:9.3f}" if t is not None else " " * 9 for t in (figure.p50_ms, figure.p99_ms)]
    limit = (figure.row.aim.row if figure.row.aim else "") or figure.row.limit
    ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
    said = {True: "met", False: "not met", None: ""}[figure.met]
    aim = f"{figure.row.aim.text()}: {said or 'not judged'}" if figure.row.aim else ""
    cells = f"{figure.row.name:<18}{value:>9} {figure.row.unit:<4}{times[0]}{times[1]}"
    return f"{cells} {figure.others_cpu:6.0f} %  {ratio:>6}  {limit:<17} {aim}".rstrip()


HEAD = f"{'row':<18}{'value':>9} {'unit':<4}{'p50 ms':>9}{'p99 ms':>9} {'others':>8}  {'ratio':>6}  {'to':<17} aim"
