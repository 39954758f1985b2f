"""What a table is made of, whatever it shows: values with units, which writers put into words or cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from callcenter.report.tables.measure import EVERYWHERE, Measure, Rank, Where
from callcenter.report.tables.units import TARGET, TEXT, VERDICT, Unit

if TYPE_CHECKING:
    from callcenter.study.formula.theory_beside import Pair
    from callcenter.study.insights import Measured

Estimate: TypeAlias = Mapping[str, Any]
"""`value`, `low` and `high`; each may be None."""

DAYS_MET_ENDS = {"value": "", "low": "_low", "high": "_high"}

Value: TypeAlias = Estimate | Measure | float | str | None
"""A figure, alone or with the ends of its interval, a text, or the figure that a row is about."""


class Column(NamedTuple):
    """A head and what stands below it."""

    head: str
    unit: Unit = TEXT
    key: str = ""
    """Its name in CSV files, in no language."""
    measure: Measure | None = None
    on: Where = EVERYWHERE
    note: str = ""
    """Below the head, such as the target of a tier."""
    is_exact: bool = False
    """Whether the terminal, too, has the ends of intervals, in a column of their own."""
    is_group: bool = False
    """Whether a name is read on the first row of its group alone; files have it on each."""
    is_beside: bool = False
    """Whether the page has them in a column of their own, not below the value."""
    is_judged: bool = False
    """Whether the terminal puts the verdict of a value before it, since no column has it."""
    ranked: Rank | None = None
    """Its rank where its unit does not say."""

    @property
    def rank(self) -> Rank:
        """Which columns a narrow terminal leaves out before this one."""
        if self.ranked is not None:
            return self.ranked
        if self.unit in (TEXT, VERDICT):
            return Rank.KEPT
        return Rank.JUDGED if self.is_exact or self.unit == TARGET else Rank.FIGURE


class Cell(NamedTuple):
    """A value; `kind` is a verdict, `different` or nothing."""

    value: Value = None
    kind: str = ""
    note: str = ""
    """Below the value, on the page."""
    unit: Unit | None = None
    """Where it is another than that of the column."""

    @property
    def number(self) -> Any:
        """The value without its interval."""
        if isinstance(self.value, Mapping) and "value" in self.value:
            return self.value["value"]
        return self.value

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """The ends of the interval; None where there is none."""
        if not isinstance(self.value, Mapping) or "low" not in self.value:
            return None, None
        return self.value["low"], self.value["high"]


class Row(NamedTuple):
    """Cells, the first of which names the row; `kind` marks the point shown or a new group."""

    cells: Sequence[Cell]
    kind: str = ""
    on: Where = EVERYWHERE


class Limit(NamedTuple):
    """How many rows the page shows; the others stand in a file."""

    rows: int
    noun: str
    file: str


class Table(NamedTuple):
    """Columns and rows; `kind` says how wide and how dense the page sets it."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    kind: str = ""
    limit: Limit | None = None


def cells(*values: Value) -> list[Cell]:
    """Return a cell for each value."""
    return [Cell(value) for value in values]


def column_of(measure: Measure, **changes: Any) -> Column:
    """Return the column of a measure."""
    column = Column(measure.head, measure.unit, measure.key, measure, measure.on)
    return column._replace(**{"is_exact": measure.is_exact, "ranked": measure.ranked, **changes})


def columns_of(measures: Iterable[Measure]) -> list[Column]:
    """Return a column for each measure."""
    return [column_of(measure) for measure in measures]


def cells_of(figures: Mapping[str, Any], measures: Iterable[Measure]) -> list[Cell]:
    """Return the figures of a summary below the columns of these measures."""
    return [Cell(figures[measure.key]) for measure in measures]


def estimate(value: float, low: float, high: float) -> Estimate:
    """Return a figure with its interval as a summary has it."""
    return {"value": value, "low": low, "high": high}


def measured(figure: Measured | Pair) -> Estimate:
    """Return a figure of the insights, or a simulated one beside a formula's, as a summary has it."""
    return estimate(figure.value, figure.low, figure.high)


def days_met_of(level: Mapping[str, Any]) -> Estimate:
    """Return the share of days that met a target, of the part of a summary about it, with its interval."""
    return {end: level[f"days_met{part}"] for end, part in DAYS_MET_ENDS.items()}


def rate_cell(level: Mapping[str, Any]) -> Cell:
    """Return an answer rate judged by its verdict."""
    return Cell(level, level["verdict"] or "")
