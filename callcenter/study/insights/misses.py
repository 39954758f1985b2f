"""Where promises are missed: which tier, which intervals, which pools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.demand import Loads
from callcenter.measure.cells import cells_of
from callcenter.measure.estimates import Verdict, divide, ratio, verdict
from callcenter.measure.figures import groups, pool_figures, summed
from callcenter.measure.promises import promises_of
from callcenter.measure.tally import COUNTS, stack
from callcenter.scenario import Scenario
from callcenter.study.insights.bench import Bench
from callcenter.study.insights.causes import CLEAR, NOBODY, AgentsThen, Case, cause_of, clearly_up
from callcenter.study.insights.findings import BusyDays, Measured, Miss, PoolThen
from callcenter.study.insights.priorities import condition_changes, is_conditional, priority_changes
from callcenter.study.insights.rates import by_cell, definition_of, ratio_of, rises
from callcenter.study.insights.requirements import net_staffing
from callcenter.study.insights.stretches import cells_within, stretches_of
from callcenter.study.result import Result

FEWEST_DAYS = 4
"""Days of which two halves say something."""


def misses(result: Result, bench: Bench | None = None) -> tuple[Miss, ...]:
    """Return the tiers that miss their target or may, the largest shortfall of calls first.

    Mostly by looking at tallies; whether agents are held back, and whether others go first, is simulated on
    the same callers without these rules (on the first replications, as the bench allows).
    """
    bench = bench or Bench.within(result)
    promised = groups(result.scenario, stack(result.tallies))
    missed = []
    for tier in result.scenario.tiers:
        target = promised[tier].promise.share
        if target is None:
            continue
        counts = definition_of(result)(summed(promised[tier].figures))
        rate = ratio(*counts, most=1.0)
        judged = verdict(rate, target)
        if judged != "met" and counts[1].any():
            missed.append(_miss(result, tier, judged, Measured.of(rate), bench))
    return tuple(sorted(missed, key=lambda miss: -miss.missing))


class _Pools(NamedTuple):
    """Staffing as simulated and by the formula, each of shape (pools, cells)."""

    staffed: Floats
    """Mean agents there, overtime included."""
    busy: Floats
    scheduled: Floats
    required: Floats


def _miss(result: Result, tier: str, judged: Verdict, rate: Measured, bench: Bench) -> Miss:
    scenario = result.scenario
    promise = groups(scenario, stack(result.tallies))[tier].promise
    above, asked = (counts.mean(axis=0) for counts in by_cell(result, tier))
    target, late = promise.share or 0.0, asked - above
    stretches = stretches_of(scenario, target, asked, late)
    cells, pools = cells_within(scenario, stretches), _pools(result)
    case = _case(result, tier, rate.value, target, bench, _agents(result, tier, pools, cells, late))
    cause, evidence = cause_of(case._replace(is_unclear=judged == "unclear"))
    missing = target * float(asked.sum()) - float(above.sum())
    then = tuple(_then(scenario, pools, _serving(result, tier), cells)) if cells.size else ()
    return Miss(
        *(tier, judged, rate, target, promise.within, missing, float(late.sum())),
        *(stretches, then, clearly_up(case.unheld, CLEAR), case.busy_days, cause, evidence),
    )


def _case(result: Result, tier: str, rate: float, target: float, bench: Bench, agents: AgentsThen) -> Case:
    """Return what is known of a miss; what rules do is only asked where calls are missing."""
    unheld = unranked = None
    if rate < target:
        scenario = result.scenario
        # Of all tiers: a tier alone without conditions would only overtake those that keep theirs.
        freed = condition_changes(scenario) if is_conditional(scenario, tier) else {}
        unheld = _rise(result, tier, freed, bench)
        unranked = _rise(result, tier, priority_changes(scenario), bench)
    late = _cut_off(result, tier)
    return Case(rate, target, False, unheld, unranked, _busy_days(result, tier), agents, late)


def _cut_off(result: Result, tier: str) -> float:
    """Return the part of the late calls of a tier that were open when the run ended."""
    figures = summed(groups(result.scenario, stack(result.tallies))[tier].figures)
    above, asked = definition_of(result)(figures)
    late = float((asked - above).sum())
    overdue = float((figures["open"] - figures["undecided"]).sum())
    return overdue / late if late > 0 else 0.0


def _agents(result: Result, tier: str, pools: _Pools, cells: Ints, late: Floats) -> AgentsThen:
    serving = _serving(result, tier)
    return AgentsThen(
        _unstaffed(pools, serving, cells, late),
        _backlog(result, tier, pools, serving, cells, late),
        _lack(pools, serving, cells),
        _spare(pools, serving, cells),
    )


def _serving(result: Result, tier: str) -> list[int]:
    """Return the numbers of the pools that serve a tier."""
    return [number for number, pool in enumerate(result.scenario.pools.values()) if tier in pool.serves]


def _pools(result: Result) -> _Pools:
    scenario = result.scenario
    figures, seconds = pool_figures(scenario, stack(result.tallies)).values(), cells_of(scenario).seconds
    staffed = np.array([(pool["staffed_s"] + pool["overtime_s"]).mean(axis=0) for pool in figures])
    busy = np.array([pool["busy_s"].mean(axis=0) for pool in figures])
    scheduled, required = (column.reshape(len(scenario.pools), -1) for column in net_staffing(scenario))
    return _Pools(divide(staffed, seconds), divide(busy, seconds), scheduled, required)


def _then(scenario: Scenario, pools: _Pools, serving: Sequence[int], cells: Ints) -> Iterator[PoolThen]:
    names = list(scenario.pools)
    for number in serving:
        staffed, busy, scheduled, required = (column[number, cells] for column in pools)
        idle = float(np.nanmean(staffed - busy)) if not np.isnan(staffed).all() else float("nan")
        occupancy = ratio_of(np.nan_to_num(busy), np.nan_to_num(staffed))
        yield PoolThen(names[number], occupancy, idle, float(scheduled.mean()), float(required.mean()))


def _unstaffed(pools: _Pools, serving: Sequence[int], cells: Ints, late: Floats) -> float:
    is_empty = pools.scheduled[serving].sum(axis=0)[cells] < NOBODY
    return _part(late[cells][is_empty], late[cells])


def _backlog(
    result: Result, tier: str, pools: _Pools, serving: Sequence[int], cells: Ints, late: Floats
) -> float:
    """Return the part of the late calls that come when agents are enough but the line is still long.

    Such an interval follows, directly or through others like it, one of the same day in which agents were
    not enough; and the line of the interval before takes its agents longer to serve than the promise allows.
    """
    asked = [number for number in serving if not np.isnan(pools.required[number]).all()]
    if not asked or not cells.size:
        return 0.0
    scheduled = pools.scheduled[asked].sum(axis=0)
    enough = scheduled >= pools.required[asked].sum(axis=0) - NOBODY
    ahead = (
        divide(_work_ahead(result, tier, asked), scheduled)
        > promises_of(result.scenario).tiers[list(result.scenario.tiers).index(tier)].within
    )
    is_after = np.zeros(enough.size, bool)
    for cell in range(1, enough.size):
        if cell % result.scenario.day.intervals and enough[cell] and ahead[cell]:
            is_after[cell] = is_after[cell - 1] or not enough[cell - 1]
    return _part(late[cells][is_after[cells]], late[cells])


def _work_ahead(result: Result, tier: str, serving: Sequence[int]) -> Floats:
    """Return the agent seconds that the mean line of the cell before asks for, up to the tier's priority."""
    scenario, seconds = result.scenario, cells_of(result.scenario).seconds
    serves = {name for number in serving for name in list(scenario.pools.values())[number].serves}
    work = np.zeros(seconds.size)
    loads, intervals = Loads(scenario), range(scenario.day.intervals)
    tiers = groups(scenario, stack(result.tallies))
    for name in serves:
        if scenario.tiers[name].priority <= scenario.tiers[tier].priority:
            line = divide(tiers[name].figures["waiting_s"].mean(axis=0), seconds)
            handling = np.tile([loads.of(name, interval).handle_s for interval in intervals], scenario.days)
            work += np.nan_to_num(line) * handling
    return np.concatenate([[0.0], work[:-1]])


def _part(some: Floats, all_: Floats) -> float:
    total = float(all_.sum())
    return float(some.sum()) / total if total else 0.0


def _lack(pools: _Pools, serving: Sequence[int], cells: Ints) -> float:
    """Return the agents lacking in the pools of a tier that the formula asks something of."""
    short = (pools.required - pools.scheduled)[serving][:, cells].mean(axis=1) if cells.size else np.array([])
    known = short[~np.isnan(short)]
    return float(known.sum()) if known.size else float("nan")


def _spare(pools: _Pools, serving: Sequence[int], cells: Ints) -> float:
    others = [number for number in range(len(pools.scheduled)) if number not in serving]
    if not others or not cells.size:
        return 0.0
    spare = (pools.scheduled - pools.required)[others][:, cells].mean(axis=1)
    return float(np.maximum(np.nan_to_num(spare), 0.0).sum())


def _busy_days(result: Result, tier: str) -> BusyDays | None:
    """Compare the busier half of the days with the quieter one, by the calls of all tiers."""
    shape = (-1, result.scenario.day.intervals)
    above, asked = (counts.reshape(shape).sum(axis=1) for counts in by_cell(result, tier))
    offered = stack(result.tallies).counts[:, COUNTS.index("offered")].sum(axis=1).reshape(shape).sum(axis=1)
    if offered.size < FEWEST_DAYS:
        return None
    order, half = np.argsort(offered, kind="stable"), offered.size // 2
    quieter, busier = order[:half], order[-half:]
    return BusyDays(
        ratio_of(above[busier], asked[busier]),
        ratio_of(above[quieter], asked[quieter]),
        float(offered[busier].mean()),
        float(offered[quieter].mean()),
        int(offered.size),
    )


def _rise(result: Result, tier: str, changes: dict[str, object], bench: Bench) -> Measured | None:
    variant = result.scenario.with_(changes)
    if not changes or not bench.has_room_for(variant):
        return None
    return rises(bench.before, bench.tried(variant), definition_of(result))[tier]
