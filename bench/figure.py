"""One measured figure, held against its goal."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """`goal` is text such as `<= 2`; `holds` is None where there is no goal."""

    name: str
    value: float
    unit: str
    goal: str
    holds: bool | None


def figure(name: str, value: float, unit: str, goal: str = "") -> Figure:
    holds: bool | None = None
    if goal:
        sign, limit = goal.split()
        holds = value <= float(limit) if sign == "<=" else value >= float(limit)
    return Figure(name, round(value, 4), unit, goal, holds)


def median_of(times: int, measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(times))


def show(figures: Iterable[Figure]) -> None:
    for f in figures:
        verdict = {True: "holds", False: "MISSED", None: ""}[f.holds]
        print(f"{f.name:<64} {f.value:>12,.3f} {f.unit:<12} {f.goal:<10} {verdict}", flush=True)


def write(figures: Iterable[Figure], path: Path) -> None:
    path.write_text(json.dumps([msgspec.to_builtins(f) for f in figures], indent=1) + "\n")
