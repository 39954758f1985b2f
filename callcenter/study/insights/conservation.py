"""Can it be trusted: calls, answers, agent time and callbacks must balance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from callcenter.calllog import OUTCOMES
from callcenter.measure import Tally, stack
from callcenter.measure.figures import pool_figures
from callcenter.measure.jobs import JOB_COUNTS
from callcenter.measure.tally import COUNTS
from callcenter.scenario import Scenario
from callcenter.study.insights.findings import Conserved
from callcenter.study.result import Result
from callcenter.totals import ALL

ROUNDING = 1e-9
"""Part of an agent's time that sums of floats may miss."""

ENDS = ("reached", "unreached", "cancelled", "pending")


def conservation(result: Result) -> tuple[Conserved, ...]:
    """Return the sums that must balance, over all replications.

    ``calls``: every call of a tier ends in exactly one outcome (rule R12).  ``answers``: what the tiers had
    answered is what the pools answered.  ``agents``: nobody is busy who is not there, so that in no interval
    busy time exceeds staffed time and overtime; idle is what remains.  ``callbacks``: every job is reached,
    given up, cancelled or pending.
    """
    scenario, stacked = result.scenario, stack(result.tallies)
    return (
        *_calls(scenario, stacked),
        _answers(stacked),
        *_agents(scenario, stacked),
        _callbacks(stacked),
    )


def _calls(scenario: Scenario, stacked: Tally) -> Iterator[Conserved]:
    by_tier = dict(zip(COUNTS, stacked.counts.sum(axis=(0, 3)), strict=True))
    for place, name in enumerate(scenario.tiers):
        parts = {outcome: float(by_tier[outcome][place]) for outcome in OUTCOMES}
        total = float(by_tier["called"][place])
        yield Conserved("calls", name, total, parts, sum(parts.values()) == total)


def _answers(stacked: Tally) -> Conserved:
    answered = float(stacked.counts[:, COUNTS.index("answered")].sum())
    pools = float(stacked.pool_counts[:, 0].sum())
    return Conserved("answers", ALL, answered, {"pools": pools}, answered == pools)


def _agents(scenario: Scenario, stacked: Tally) -> Iterator[Conserved]:
    for name, figures in pool_figures(scenario, stacked).items():
        staffed, busy, overtime = (figures[key] for key in ("staffed_s", "busy_s", "overtime_s"))
        resting = figures["break_s"]
        idle = staffed + overtime - busy - resting
        hours = {"busy": busy.sum() / 3600, "idle": idle.sum() / 3600}
        hours |= {"on breaks": resting.sum() / 3600} if resting.any() else {}
        balanced = bool((idle >= -ROUNDING * np.maximum(staffed + overtime, 1.0)).all())
        total = float((staffed + overtime).sum()) / 3600
        yield Conserved("agents", name, total, {key: float(part) for key, part in hours.items()}, balanced)


def _callbacks(stacked: Tally) -> Conserved:
    jobs = dict(zip(JOB_COUNTS, stacked.job_counts.sum(axis=0), strict=True))
    parts = {end: float(jobs[end]) for end in ENDS}
    total = float(jobs["created"])
    return Conserved("callbacks", ALL, total, parts, sum(parts.values()) == total)
