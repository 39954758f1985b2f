"""What a figure of a report is: its key, its name, its unit, what it means, and who shows it."""

from __future__ import annotations

from enum import Flag, IntEnum, auto
from typing import NamedTuple

from callcenter.language import gettext as _
from callcenter.report.tables.units import Unit


class Rank(IntEnum):
    """What a narrow terminal keeps; of the last rank the column furthest right goes first."""

    KEPT = 0
    """What a row is about, and its verdict: always there."""
    JUDGED = 1
    """What a verdict is about."""
    INTERVAL = 2
    """The ends of an interval."""
    FIGURE = 3
    DETAIL = 4
    """The ends of the interval of such a figure."""


class Where(Flag):
    """Who shows a column; CSV files have every one."""

    PAGE = auto()
    TERMINAL = auto()
    BOOK = auto()


BOOK = Where.BOOK
READ = Where.PAGE | Where.BOOK
"""Where there is room."""
LISTED = Where.TERMINAL | Where.BOOK
"""Where a cell has no sign and no note."""
FILES = Where(0)
"""For programs alone."""
EVERYWHERE = Where.PAGE | Where.TERMINAL | Where.BOOK


class Measure(NamedTuple):
    """A figure of a summary, of an interval or of a point."""

    key: str
    """Its key in the summary and its column in the tables of `measure`."""
    name: str
    unit: Unit
    meaning: str = ""
    """Empty where the name says it; `{definition}` stands for the scenario's own."""
    on: Where = BOOK
    is_exact: bool = False
    """Whether the terminal, too, has the ends of its interval."""
    ranked: Rank | None = None
    """What a narrow terminal does with its column, where its unit does not say."""

    @property
    def head(self) -> str:
        """The name in the language spoken."""
        return _(self.name)
