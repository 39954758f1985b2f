"""What a model must beat: the textbook formulas by interval, on the calls and agents of the records."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.demand import Loads
from callcenter.demand.load import SHORTEST_PATIENCE
from callcenter.measure.promises import promises_of
from callcenter.replay.parts import by_interval, divided, figures
from callcenter.replay.stage import Stage
from callcenter.replay.validation.scores import number
from callcenter.theory.erlang import QueueFigures, erlang_a, erlang_c

HOUR = 3600.0


class Formula(NamedTuple):
    """Service level, abandonment and mean wait by a formula, shape (days, measures, intervals)."""

    values: Floats
    offered: Floats
    """Shape (days, intervals)."""

    def by_day(self) -> Floats:
        """Return the figures of days, intervals weighted by their calls; infinite waits as they are."""
        weights = self.offered[:, None, :]
        known = np.where(weights > 0, self.values, 0.0)
        return divided((known * weights).sum(axis=2), np.broadcast_to(weights.sum(axis=2), known.shape[:2]))


def formulas(stage: Stage, offered: Floats) -> dict[str, Formula]:
    """Return Erlang A and Erlang C for recorded days, all callers in one line of all agents.

    `offered` are calls of all tiers by day and interval.  Handle time is the scenario's; calls, agents
    and the hazard of hanging up are recorded, as far as they are known.
    """
    scenario, loads = stage.scenario, Loads(stage.scenario)
    agents = _agents(stage, len(offered))
    within, patience = promises_of(scenario).all.within, _patience(stage)
    shape = (len(offered), 3, offered.shape[1])
    figures = {"erlang_a": np.full(shape, np.nan), "erlang_c": np.full(shape, np.nan)}
    for interval in range(offered.shape[1]):
        handle = _handle_time(loads, interval)
        for day in np.flatnonzero(offered[:, interval] > 0):
            hourly = offered[day, interval] * HOUR / scenario.day.interval
            staffed = max(round(float(agents[day, interval])), 0)
            a = erlang_a(hourly, handle, staffed, patience, within)
            c = erlang_c(hourly, handle, staffed, within)
            figures["erlang_a"][day, :, interval] = _measures(a, stage)
            figures["erlang_c"][day, :, interval] = _measures(c, stage)
    return {name: Formula(values, offered) for name, values in figures.items()}


def _agents(stage: Stage, days: int) -> Floats:
    """Return agents of all pools on average, shape (days, intervals)."""
    scenario = stage.scenario
    levels = stage.recorded.levels
    if levels is not None:
        agents: Floats = levels.by_interval(scenario).sum(axis=1)
        return agents
    own = np.sum([scenario.staffed(pool) for pool in scenario.pools], axis=0)
    return np.tile(own, (days, 1))


def _handle_time(loads: Loads, interval: int) -> float:
    """Return the mean handle time of all callers of an interval."""
    parts = [loads.of(tier, interval) for tier in loads.scenario.tiers]
    calls = math.fsum(part.calls for part in parts)
    weights = [part.calls / calls if calls else 1 / len(parts) for part in parts]
    return math.fsum(weight * part.handle_s for weight, part in zip(weights, parts, strict=True))


def _patience(stage: Stage) -> float:
    """Return all waits over those who hung up: mean exponential patience (Mandelbaum and Zeltyn 2007)."""
    calls = stage.recorded.calls
    lost, waited = int(calls.is_lost.sum()), float(np.nansum(calls.wait))
    return max(waited / lost, SHORTEST_PATIENCE) if lost else math.inf


def _measures(queue: QueueFigures, stage: Stage) -> tuple[float, float, float]:
    """Return the answer rate by the definition of the scenario, abandonment and mean wait."""
    answered, quick, lost = queue.answered_within, queue.abandoned_within, queue.abandonment
    level = {
        "of_offered": answered,
        "ignoring_quick_abandons": answered / max(1 - quick, 1e-12),
        "counting_quick_abandons": answered + quick,
        "of_answered": answered / max(1 - lost, 1e-12),
        "excluding_short_abandons": answered,
    }[stage.scenario.service_level.definition]
    return level, lost, queue.mean_wait


def errors_of(formula: Formula, recorded: Floats) -> dict[str, Any]:
    """Return bias, RMSE and correlation of days, and RMSE of intervals, for each measure."""
    days, seen = formula.by_day(), figures(recorded)
    by_cell = by_interval(recorded)
    names = ("service_level", "abandonment", "mean_wait_s")
    return {
        name: {
            **_errors(days[:, place], seen[:, place]),
            "rmse_interval": _errors(formula.values[:, place].ravel(), by_cell[:, place].ravel())["rmse"],
        }
        for place, name in enumerate(names)
    }


def _errors(made: Floats, seen: Floats) -> dict[str, float | None]:
    known = np.isfinite(made) & np.isfinite(seen)
    if not known.any() or known.sum() < np.isfinite(seen).sum():
        return {"bias": None, "rmse": None, "r": None}
    gap, spread = made[known] - seen[known], known.sum() > 1 and made[known].std() and seen[known].std()
    r = float(np.corrcoef(made[known], seen[known])[0, 1]) if spread else math.nan
    return {
        "bias": number(float(gap.mean())),
        "rmse": number(float(np.sqrt((gap**2).mean()))),
        "r": number(r),
    }


def spread_of_days(recorded: Floats) -> dict[str, Any]:
    """Return mean and SD of recorded days, and the error of taking each for the mean of the others."""
    seen = figures(recorded)
    spread_of: dict[str, Any] = {}
    for place, name in enumerate(("service_level", "abandonment", "mean_wait_s")):
        values = seen[:, place][np.isfinite(seen[:, place])]
        days = len(values)
        spread = float(values.std(ddof=1)) if days > 1 else math.nan
        others = spread * math.sqrt(days / (days - 1)) if days > 1 else math.nan
        mean = float(values.mean()) if days else math.nan
        spread_of[name] = {"mean": number(mean), "sd": number(spread), "rmse_of_other_days": number(others)}
    return spread_of
