"""Simulation beside the textbook formula: the same figures by Erlang A, and why they differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import clock_text
from callcenter.demand import Loads
from callcenter.language import noted
from callcenter.measure.cells import cells_of
from callcenter.measure.estimates import Estimate, ratio
from callcenter.measure.figures import Figures, groups
from callcenter.measure.promises import promises_of
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.scenario import Scenario
from callcenter.study.result import Result
from callcenter.study.sentences.assumptions import reasons
from callcenter.theory import QueueFigures
from callcenter.theory.situation import Situation, callers_of, is_one_line, situation
from callcenter.totals import ALL

if TYPE_CHECKING:
    import pandas as pd


ROUNDING = 1e-9
"""What a sum of floats may miss a share by."""

IN_ONE_LINE = noted("all in one line")


class Pair(NamedTuple):
    """A figure by the formula, and as simulated with its 95% interval; nan where undefined."""

    theory: float
    value: float
    low: float
    high: float

    @property
    def gap(self) -> float:
        """By how much the simulated figure is above the formula's."""
        return self.value - self.theory

    @property
    def is_inside(self) -> bool:
        """Whether the formula's figure lies in the interval of the simulated one."""
        return self.low - ROUNDING <= self.theory <= self.high + ROUNDING


class Row(NamedTuple):
    """A tier over the whole run, or an interval of the day."""

    name: str
    calls_per_hour: float
    agents: float
    """Means over the intervals, weighted by calls."""
    service_level: Pair
    abandonment: Pair
    asa_s: Pair


class Beside(NamedTuple):
    """What a simulation gave beside what the formula says."""

    is_one_line: bool
    """All callers are one line; otherwise each tier is computed as if it had its pools to itself."""
    tiers: tuple[Row, ...]
    """Behind them, where there are several, all of them in one line with all agents."""
    intervals: tuple[Row, ...]
    """All callers in each interval of the day; empty unless they are one line."""
    reasons: tuple[str, ...]
    """What the scenario has that the formula leaves out, one sentence each."""

    @property
    def table(self) -> pd.DataFrame:
        """One row per tier, then one per interval; ``_theory``, value, ``_low`` and ``_high``."""
        import pandas as pd

        return pd.DataFrame([_flat(row) for row in (*self.tiers, *self.intervals)])


class _Formula(NamedTuple):
    """The formula for a line in each interval of each day, each array of shape (cells,)."""

    counts: Mapping[str, Floats]
    """Shares of the callers by the name of the count."""
    wait_answered: Floats
    lines: Sequence[Situation]
    calls: Floats
    """Calls of the counted time."""


def theory_beside(result: Result) -> Beside:
    """Return the figures of a result beside those of Erlang A, interval by interval of each day.

    The formula has exponential times, one first-come-first-served line, and each interval lasts for ever;
    over the run its figures are weighted by calls.  Tiers that nobody calls directly are left out.
    """
    scenario = result.scenario
    together, callers = is_one_line(scenario), callers_of(scenario)
    loads = Loads(scenario)
    simulated, promises = groups(scenario, stack(result.tallies)), promises_of(scenario).tiers
    tiers = []
    for name, promise in zip(scenario.tiers, promises, strict=True):
        if name in callers:
            line = callers if together else [name]
            formula = _formula(loads, line, promise.within)
            tiers.append(_row(scenario, name, formula, simulated[name].figures, _whole_run))
    if len(callers) > 1:
        formula = _formula(loads, callers, promises_of(scenario).all.within)
        tiers.append(_row(scenario, IN_ONE_LINE, formula, simulated[ALL].figures, _whole_run))
    intervals = _intervals(loads, callers, simulated[ALL].figures) if together else ()
    return Beside(together, tuple(tiers), intervals, reasons(scenario))


def _formula(loads: Loads, tiers: Sequence[str], within: float) -> _Formula:
    lines, scenario = _lines(loads, tiers), loads.scenario
    by_line = {line: line.figures(within) for line in set(lines)}
    soon = {line: line.figures(scenario.service_level.short_abandon) for line in by_line}
    figures, short = ([known[line] for line in lines] for known in (by_line, soon))
    answered = np.array([1 - each.abandonment for each in figures])
    counts = {
        "offered": np.ones(len(lines)),
        "answered": answered,
        "answered_within": _column(figures, "answered_within"),
        "abandoned": _column(figures, "abandonment"),
        "abandoned_within": _column(figures, "abandoned_within"),
        "abandoned_short": _column(short, "abandoned_within"),
    }
    asa = _column(figures, "asa")
    waited = np.where(answered > 0, answered * np.where(np.isnan(asa), 0, asa), 0.0)
    hours = cells_of(scenario).seconds / 3600
    return _Formula(counts, waited, lines, hours * [line.calls_per_hour for line in lines])


def _lines(loads: Loads, tiers: Sequence[str]) -> list[Situation]:
    """Return the line of each interval of each day; days of the same calls and agents are alike."""
    intervals, days = range(loads.scenario.day.intervals), range(loads.scenario.days)
    kinds = {loads.kind(day): day for day in days}
    lines = {
        kind: [situation(loads, tiers, interval, day) for interval in intervals]
        for kind, day in kinds.items()
    }
    return [line for day in days for line in lines[loads.kind(day)]]


def _column(figures: Sequence[QueueFigures], name: str) -> Floats:
    return np.array([getattr(each, name) for each in figures], np.float64)


def _intervals(loads: Loads, callers: Sequence[str], figures: Figures) -> tuple[Row, ...]:
    scenario = loads.scenario
    formula = _formula(loads, callers, promises_of(scenario).all.within)
    day, rows = scenario.day, []
    for number in range(day.intervals):
        alone = np.where(np.arange(formula.calls.size) % day.intervals == number, formula.calls, 0.0)
        if alone.any():
            name = clock_text(day.open + number * day.interval)
            one = formula._replace(calls=alone)
            rows.append(_row(scenario, name, one, figures, _of_interval(scenario, number)))
    return tuple(rows)


def _whole_run(figures: Any) -> Any:
    return figures.sum(axis=-1)


def _of_interval(scenario: Scenario, number: int) -> Callable[[Any], Any]:
    """Return what adds up an interval over the days: (replications, cells) to (replications,)."""
    return lambda figures: figures.reshape(-1, scenario.days, scenario.day.intervals)[..., number].sum(axis=1)


def _row(
    scenario: Scenario, name: str, formula: _Formula, figures: Figures, add: Callable[[Any], Any]
) -> Row:
    definition = DEFINITIONS[scenario.service_level.definition]
    simulated = {key: add(figure) for key, figure in figures.items()}
    calls, counts = formula.calls, formula.counts
    promised, offered = definition(counts)
    return Row(
        name,
        _mean([line.calls_per_hour for line in formula.lines], calls),
        _mean([line.agents for line in formula.lines], calls),
        _pair(_share(calls, promised, offered), ratio(*definition(simulated), most=1.0)),
        _pair(
            _share(calls, counts["abandoned"], counts["offered"]),
            ratio(simulated["abandoned"], simulated["offered"], most=1.0),
        ),
        _pair(
            _share(calls, formula.wait_answered, counts["answered"]),
            ratio(simulated["wait_answered_s"], simulated["answered"]),
        ),
    )


def _share(calls: Floats, amounts: Floats, units: Floats) -> float:
    """Return a ratio over the day, weighted by calls; intervals without calls do not count."""
    busy = calls > 0
    total = float(calls[busy] @ units[busy])
    return float(calls[busy] @ amounts[busy]) / total if total > 0 else math.nan


def _mean(figures: Sequence[float], calls: Floats) -> float:
    return _share(calls, np.asarray(figures, np.float64), np.ones(len(figures)))


def _pair(theory: float, estimate: Estimate) -> Pair:
    return Pair(theory, *map(float, estimate))


def _flat(row: Row) -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in row._asdict().items():
        if isinstance(value, Pair):
            flat |= {f"{key}_theory": value.theory, key: value.value}
            flat |= {f"{key}_low": value.low, f"{key}_high": value.high}
        else:
            flat[key] = value
    return flat
