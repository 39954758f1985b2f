"""`explain`: why a day was otherwise than planned, in parts that add up (contract 8.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from callcenter.demand import Loads
from callcenter.engine import prepare, resolve_engine
from callcenter.language import gettext as _
from callcenter.measure import tally
from callcenter.replay.errors import ReplayError
from callcenter.replay.explanation.result import Explanation
from callcenter.replay.levels import plan_of_day
from callcenter.replay.logs import log_of
from callcenter.replay.parts import figures, parts_of
from callcenter.replay.recorded import Recorded, recorded
from callcenter.replay.sides import FACTORS, Sides
from callcenter.replay.variants import on_date, one_day
from callcenter.scenario import Scenario
from callcenter.scenario.loading import Source, load

REPLICATIONS = 20
HOUR = 3600.0

Progress = Callable[[int, int], None]


def explain(
    scenario: Source,
    records: Any,
    day: str,
    *,
    against: Source | None = None,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    engine: str = "auto",
    on_progress: Progress | None = None,
) -> Explanation:
    """Return how many points of service level volume, pattern, handle time, patience and staffing cost a day.

    Planned is what ``scenario`` says, or ``against`` where the plan is another file; actual is what was
    recorded of ``day``.  The 32 mixtures of the two meet the same chance; parts are Shapley values, which add
    up.  Raises ReplayError.
    """
    plan = load(scenario if against is None else against)
    first = plan.seed if seed is None else seed
    days_recorded = recorded(records, plan, day)
    if len(days_recorded) != 1:
        raise ReplayError(_("--day {day}: name one day, such as 2026-11-23").format(day=day))
    single = on_date(one_day(plan, keeps_follow_ups=False), days_recorded.calls.days[0])
    calls = days_recorded.day(0)
    sides = Sides(single, calls, days_recorded.roster)
    tally(*prepare(resolve_engine(engine)))
    values = np.empty((replications, 1 << len(FACTORS)))
    for replication in range(replications):
        for actual in range(values.shape[1]):
            log = sides.log(actual, first, replication, engine)
            values[replication, actual] = _level(single, log)
            if on_progress is not None:
                on_progress(replication * values.shape[1] + actual + 1, values.size)
    own = log_of(single, calls, plan_of_day(single, days_recorded.roster, 0))
    return Explanation(
        plan.name,
        days_recorded.calls.days[0],
        _level(single, own),
        values,
        _facts(sides, days_recorded),
        tuple(_remarks(days_recorded)),
        first,
    )


def _level(scenario: Scenario, log: Any) -> float:
    """Return the service level of a log; 1 where nobody asked for a person, so that nothing was missed."""
    level = float(figures(parts_of(scenario, tally(scenario, log)))[0])
    return 1.0 if np.isnan(level) else level


def _facts(sides: Sides, days_recorded: Recorded) -> dict[str, tuple[float, float]]:
    """Return planned and recorded calls, talk and agent hours."""
    scenario, calls = sides.scenario, sides.calls
    loads = Loads(scenario)
    intervals = range(scenario.day.intervals)
    parts = [loads.of(tier, interval) for tier in scenario.tiers for interval in intervals]
    planned = sum(part.calls for part in parts)
    handle = sum(part.calls * part.handle_s for part in parts) / planned if planned else np.nan
    facts = {"calls": (planned, float(calls.is_offered.sum()))}
    spent = calls.talk + np.nan_to_num(calls.wrap_up)
    if not np.isnan(spent).all() and np.isfinite(handle):
        facts["handle_s"] = (float(handle), float(np.nanmean(spent)))
    if days_recorded.levels is not None:
        rostered = sum(sum(scenario.staffed(pool)) for pool in scenario.pools)
        hours = rostered * scenario.day.interval / HOUR
        facts["agent_hours"] = (
            hours,
            float(days_recorded.levels.agents[0].sum() * days_recorded.levels.step / HOUR),
        )
    return facts


def _remarks(days_recorded: Recorded) -> list[str]:
    remarks = list(days_recorded.remarks)
    if days_recorded.levels is None:
        remarks.append(_("The records name no agents: staffing is taken to be as planned."))
    return remarks
