"""Shares and means of simulated hotlines, counted from the call log itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from callcenter.calllog import CallLog, Outcome
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure.estimates import ratio
from callcenter.scenario import load
from tests.oracles.hotline import REPLICATIONS, Kpi, Plain

Counts = Mapping[str, tuple[float, float]]
"""For each figure its numerator and denominator."""

WARM_UP = 6 * 3600.0
"""As in `steady`: the hotline fills."""


def observe(
    hotline: Plain, engine: str, count: Callable[[CallLog], Counts], replications: int = REPLICATIONS
) -> dict[str, Kpi]:
    """Simulate the hotline and estimate each figure as a ratio of sums over the replications."""
    scenario = load(hotline)
    logs = (simulate(scenario, draw(scenario, 10010, n), engine) for n in range(replications))
    counted = [count(log) for log in logs]
    figures = {name: np.array([row[name] for row in counted]) for name in counted[0]}
    return {name: _plain(*pairs.T) for name, pairs in figures.items()}


def _plain(numerators: np.ndarray, denominators: np.ndarray) -> Kpi:
    estimate = ratio(numerators, denominators)
    return {"value": float(estimate.value), "low": float(estimate.low), "high": float(estimate.high)}


def calls(log: CallLog) -> Counts:
    """Count blocked calls of all, and waits and losses of those that asked for an agent."""
    late = log.arrived >= WARM_UP
    asked = late & ~np.isnan(log.joined)
    answered = asked & (log.outcome == Outcome.ANSWERED)
    wait = np.where(np.isnan(log.answered), log.left, log.answered) - log.joined
    offered = float(asked.sum())
    return {
        "blocked": (float((late & (log.outcome == Outcome.BLOCKED)).sum()), float(late.sum())),
        "abandonment": (float((asked & (log.outcome == Outcome.ABANDONED)).sum()), offered),
        "mean_wait": (float(np.nansum(wait[asked])), offered),
        "asa": (float(wait[answered].sum()), float(answered.sum())),
        "answered_within": (float((answered & (wait <= 20)).sum()), offered),
    }


def callbacks(log: CallLog) -> Counts:
    """Count callbacks owed of all callers, and how long they wait for theirs; of those already called."""
    jobs, late = log.callbacks, float((log.arrived >= WARM_UP).sum())
    called = (jobs.created >= WARM_UP) & ~np.isnan(jobs.first_attempt)
    delay = jobs.first_attempt[called] - jobs.created[called]
    return {
        "callbacks": (float((jobs.created >= WARM_UP).sum()), late),
        "delay": (float(delay.sum()), float(called.sum())),
    }


def occupancy(log: CallLog, agents: int) -> Counts:
    """Count the agents' busy time after the warm-up, callbacks included."""
    jobs = log.callbacks
    starts, ends = np.append(log.answered, jobs.attempt_start), np.append(log.released, jobs.attempt_end)
    last = float(log.staffing.at[-1])
    busy = np.clip(ends, WARM_UP, last) - np.clip(starts, WARM_UP, last)
    return {"occupancy": (float(np.nansum(busy)), agents * (last - WARM_UP))}
