"""The findings of a part of the benchmarks: tables, and goals beside what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Goal(NamedTuple):
    """A goal and what was measured; None if it could not be."""

    name: str
    target: float
    measured: float | None
    unit: str = "x"
    at_most: bool = False

    @property
    def verdict(self) -> str:
        """Whether the goal is met, or by how much it is missed."""
        if self.measured is None:
            return "not measured"
        lacks = self.measured - self.target if self.at_most else self.target - self.measured
        return "met" if lacks <= 0 else f"missed by {lacks / self.target:.1%}"

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the goal's row of the table of goals."""
        bound = "at most" if self.at_most else "at least"
        measured = "-" if self.measured is None else f"{figure(self.measured)} {self.unit}"
        return self.name, f"{bound} {self.target:g} {self.unit}", measured, self.verdict


class Table(NamedTuple):
    """A table; the first column is text, the others are figures."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    def markdown(self) -> str:
        """Lay it out, aligned so that it is read as it is, too."""
        widths = [max(map(len, column)) for column in zip(self.columns, *self.rows, strict=True)]
        rules = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
        lines = [_line(cells, widths) for cells in (self.columns, rules, *self.rows)]
        return "\n".join([f"## {self.title}", "", self.about, "", *lines])


class Findings(NamedTuple):
    """All results of one part."""

    tables: list[Table]
    goals: list[Goal]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return (
        "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]) + " |"
    )


def figure(value: float) -> str:
    """Write a number with about three digits: 0.12, 1.83, 24.1, 152, 4,800,000."""
    if value >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
