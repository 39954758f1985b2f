"""Every target of a scenario against what was simulated: its figure, the days that kept it, the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Flags, Floats
from callcenter.measure.days import share_of_days
from callcenter.measure.estimates import Estimate, Verdict, divide, ratio, verdict
from callcenter.measure.figures import Figures, pool_figures
from callcenter.measure.quantiles import TAIL
from callcenter.measure.replicated import Replicated
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import COUNTS, SUMS, Tally
from callcenter.measure.thresholds import Threshold, thresholds_of, within_of
from callcenter.scenario import Goal, Scenario

HOUR = 3600.0

Counts = npt.NDArray[Any]


class Judged(NamedTuple):
    """A target and what came of it."""

    goal: Goal
    within: float | None
    figure: Estimate
    """The measure over all replications; of several intervals that of the worst."""
    days: Estimate
    """The share of days on which it holds."""
    verdict: Verdict | None
    """None: no callback was owed on any day, so there was nothing to keep."""
    holds: Floats
    """1 or 0 on each day, nan where nothing was to be kept; shape (replications, days)."""


def judged(scenario: Scenario, replicated: Replicated) -> list[Judged]:
    """Judge every target of a scenario."""
    return [_judged(scenario, goal, windows_of(scenario, replicated, goal)) for goal in scenario.goals]


def asked(goal: Goal, within: float | None) -> dict[str, Any]:
    """Return what a target asks, as data."""
    return {
        "path": goal.path,
        "tiers": list(goal.tiers),
        "pool": goal.pool or None,
        "measure": goal.measure,
        "within_s": within,
        "after_s": goal.after,
        "bound": goal.bound,
        "over": goal.over,
        "on_days": (goal.on or 1.0) if goal.counts_days else None,
        "preset": goal.preset or None,
    }


def windows_of(scenario: Scenario, replicated: Replicated, goal: Goal) -> tuple[Counts, Counts]:
    """Return numerators and denominators of what is judged as one, shape (replications, days, windows)."""
    is_of_cells = goal.over in ("interval", "busiest_hour")
    amounts, units = parts_of(scenario, replicated.of_cells if is_of_cells else replicated.of_days, goal)
    return _windows(scenario, goal, amounts), _windows(scenario, goal, units)


def _judged(scenario: Scenario, goal: Goal, parts: tuple[Counts, Counts]) -> Judged:
    holds = _holds(goal, divide(*parts))
    figure, days = _figure(goal, *parts), share_of_days(holds)
    return Judged(goal, within_of(scenario, goal), figure, days, _verdict(goal, figure, days), holds)


def _verdict(goal: Goal, figure: Estimate, days: Estimate) -> Verdict | None:
    if goal.measure == "callbacks" and np.isnan(figure.value):
        return None
    if goal.counts_days:
        return verdict(days, 1.0 if goal.on is None else goal.on)
    if goal.at_least:
        return verdict(figure, goal.bound)
    if figure.high <= goal.bound:
        return "met"
    return "missed" if figure.low > goal.bound else "unclear"


def parts_of(scenario: Scenario, stacked: Tally, goal: Goal) -> tuple[Counts, Counts]:
    """Return numerators and denominators of a measure, shape (replications, cells or days)."""
    if goal.measure == "occupancy":
        pool = pool_figures(scenario, stacked)[goal.pool]
        return pool["busy_s"], pool["staffed_s"] + pool["overtime_s"]
    tiers = [list(scenario.tiers).index(name) for name in goal.tiers]
    within = within_of(scenario, goal)
    if goal.measure == "callbacks":
        kept, _, decided = _at(scenario, stacked, "callbacks", tiers, within)
        return kept, decided
    figures = _figures(stacked, tiers)
    if goal.measure == "answered":
        names = ("answered_within", "abandoned_within", "offered")
        figures |= zip(names, _at(scenario, stacked, "answered", tiers, within), strict=True)
        return DEFINITIONS[scenario.service_level.definition](figures)
    if goal.measure == "blocked":
        return figures["blocked"], figures["called"] - figures["transfers"]
    if goal.measure == "mean_wait":
        return figures["wait_answered_s"], figures["answered"]
    if goal.measure == "connected":
        return figures["answered"], figures["offered"]
    lost = figures["abandoned"]
    if goal.after is not None:
        lost = lost - _at(scenario, stacked, "answered", tiers, goal.after)[1]
    return lost, figures["offered"]


def _figures(stacked: Tally, tiers: Sequence[int]) -> Figures:
    counts = stacked.counts[:, :, list(tiers)].sum(axis=2).swapaxes(0, 1)
    sums = stacked.sums[:, :, list(tiers)].sum(axis=2).swapaxes(0, 1)
    return dict(zip(COUNTS, counts, strict=True)) | dict(zip(SUMS, sums, strict=True))


def _at(
    scenario: Scenario,
    stacked: Tally,
    measure: Literal["answered", "callbacks"],
    tiers: Sequence[int],
    limit: float | None,
) -> Sequence[Counts]:
    """Return the counts at the threshold of a target, tiers together, each (replications, cells)."""
    known = thresholds_of(scenario)
    total: list[Any] = [0, 0, 0]
    for tier in tiers:
        threshold = Threshold(measure, tier, limit or 0.0)
        if threshold in known:
            own = list(stacked.thresholds[:, known.index(threshold)].swapaxes(0, 1))
        else:
            own = [stacked.counts[:, COUNTS.index(name), tier] for name in _OWN]
        total = [one + other for one, other in zip(total, own, strict=True)]
    return total


_OWN = ("answered_within", "abandoned_within", "offered")
"""The counts of a threshold where it is the tier's own."""


def _windows(scenario: Scenario, goal: Goal, by_cell: Counts) -> Counts:
    """Return what is judged as one: shape (replications, days, windows of a day)."""
    by_day = by_cell.reshape(len(by_cell), scenario.days, -1)
    if goal.over == "interval":
        return by_day
    if goal.over == "busiest_hour":
        by_day = by_day[..., busiest_hour(scenario, goal)]
    total: Counts = by_day.sum(axis=-1, keepdims=True)
    return total


def busiest_hour(scenario: Scenario, goal: Goal) -> slice:
    """Return the intervals of the hour in which most calls are expected, of the target's tiers if they call.

    It is the same hour on every day, however the calls of a day fall: the time-consistent busy hour.
    """
    expected = np.array([scenario.demand.expected(name) for name in scenario.tiers])
    mine = [name in goal.tiers for name in scenario.tiers]
    calls = (expected[mine] if expected[mine].any() else expected).sum(axis=0)
    length = min(max(1, round(HOUR / scenario.day.interval)), calls.size)
    start = int(np.argmax(np.convolve(calls, np.ones(length), "valid")))
    return slice(start, start + length)


def _holds(goal: Goal, ratios: Floats) -> Floats:
    """Return on which days every window keeps the bound."""
    known: Flags = ~np.isnan(ratios)
    kept = ratios >= goal.bound if goal.at_least else ratios <= goal.bound
    holds: Floats = np.where(known.any(axis=-1), (kept | ~known).all(axis=-1), np.nan)
    return holds


def _figure(goal: Goal, amounts: Counts, units: Counts) -> Estimate:
    """Return the measure over all days; of several windows the worst one.

    All lie on the right side of a bound if the worst does.  That one of many lies on the wrong side by
    chance is as many times likelier, so the other end is that of an interval for so many (Bonferroni).
    """
    most = np.inf if goal.measure == "mean_wait" else 1.0
    each = ratio(amounts.sum(axis=1), units.sum(axis=1), most)
    known = ~np.isnan(each.value)
    number = int(known.sum())
    if not number:
        return Estimate(*(np.asarray(np.nan),) * 3)
    stretch = _stretch(len(amounts), number)
    value, low, high = (part[known] for part in each)
    if goal.at_least:
        farther = np.minimum(value + stretch * (high - value), most)
        return Estimate(value.min(), _least(low), _least(farther))
    nearer = np.maximum(value - stretch * (value - low), 0.0)
    return Estimate(value.max(), -_least(-nearer), -_least(-high))


def _least(ends: Floats) -> Floats:
    return np.asarray(np.nan if np.isnan(ends).any() else ends.min())


def _stretch(replications: int, number: int) -> float:
    """Return how much farther the end of an interval must reach to hold for so many at once."""
    if replications < 2 or number < 2:
        return 1.0
    from scipy.special import stdtrit  # takes 0.2 s, which a run without such targets need not wait for

    one, all_ = stdtrit(replications - 1.0, [1 - TAIL, 1 - TAIL / number])
    return float(all_ / one)
