"""What one more agent earns: the same callers met by a roster with one more agent, pool by pool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

import numpy as np

from callcenter.measure.economics import money_of
from callcenter.measure.estimates import Estimate, mean, ratio_gain
from callcenter.measure.figures import Figures, groups, summed
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.scenario import Pool, Scenario, Source, load
from callcenter.scenario.parts.by_day import ByDay, each_value
from callcenter.scenario.parts.series import level
from callcenter.study.designs.design import design_of, point
from callcenter.study.result import Result
from callcenter.study.sweeps import conduct
from callcenter.study.workers.effort import Effort, effort_of
from callcenter.study.workers.lost_workers import LostWorkersError
from callcenter.study.workers.work import Progress
from callcenter.totals import ALL

if TYPE_CHECKING:
    import pandas as pd


def one_more_agent(
    scenario: Source,
    replications: int = 30,
    seed: int | None = None,
    engine: str = "auto",
    workers: int | None = 1,
    executor: Executor | None = None,
    on_progress: Progress | None = None,
    effort: Effort | None = None,
) -> pd.DataFrame:
    """Return what one more agent in every interval (or every shift) of each pool changes, pool by pool.

    Both rosters meet the same callers, so differences are taken replication by replication; ``_low`` and
    ``_high`` are the ends of their 95% intervals.  There is one row for each pool and tier with the rise of
    the answer rate, of the abandonment and of the value; the row ``all`` has the whole hotline's cost, value
    and net.  Rates are shares, amounts the scenario's money per replication.  ``effort`` says who works in
    place of ``engine``, ``workers`` and ``executor``.  Raises LostWorkersError if replications had to be
    given up.
    """
    import pandas as pd

    scenario = load(scenario)
    who = effort_of(effort, Effort(workers=workers, executor=executor, engine=engine))
    variants = [point(scenario, {}), *(point(*_with_one_more(scenario, name)) for name in scenario.pools)]
    seed = scenario.seed if seed is None else seed
    design = design_of(scenario.name, variants, seed, replications)
    study = conduct(design, who, on_progress=on_progress)
    if study.failed:
        raise LostWorkersError(study.failed)
    before, *others = study.results
    rows = [
        {"pool": pool, "tier": tier, **_columns(gains)}
        for pool, after in zip(scenario.pools, others, strict=True)
        for tier, gains in _gains(before, after)
    ]
    return pd.DataFrame(rows)


def _with_one_more(scenario: Scenario, name: str) -> tuple[Scenario, Mapping[str, object]]:
    path, roster = _one_more(scenario, name, scenario.pools[name])
    return scenario.with_({path: roster}), {path: roster}


def _one_more(scenario: Scenario, name: str, pool: Pool) -> tuple[str, Any]:
    if isinstance(pool.agents, ByDay):
        written = scenario.to_dict()["pools"][name]["agents"]
        return f"pools.{name}.agents", each_value(written, lambda agents, _place: level(agents) + 1)
    if pool.agents is not None:
        return f"pools.{name}.agents", [agents + 1 for agents in pool.agents]
    written = scenario.to_dict()["pools"][name]["shifts"]
    shifts = [
        {**plain, "agents": shift.agents + 1} for plain, shift in zip(written, pool.shifts or (), strict=True)
    ]
    return f"pools.{name}.shifts", shifts


def _gains(before: Result, after: Result) -> Iterator[tuple[str, dict[str, Estimate]]]:
    """Yield the gains of each tier, then of all; cost and net are those of the whole hotline."""
    stacks = [stack(result.tallies) for result in (before, after)]
    first, second = (groups(before.scenario, stacked) for stacked in stacks)
    money, richer = (
        money_of(result.scenario, stacked) for result, stacked in zip((before, after), stacks, strict=True)
    )
    nothing = np.full(len(before.tallies), np.nan)
    definition = before.scenario.service_level.definition
    for tier in first:
        is_all = tier == ALL
        yield (
            tier,
            {
                **_rates(summed(first[tier].figures), summed(second[tier].figures), definition),
                "cost": _rise(richer.cost - money.cost if is_all else nothing),
                "value": _rise(
                    richer.value - money.value if is_all else richer.tiers[tier] - money.tiers[tier]
                ),
                "net": _rise(richer.net - money.net if is_all else nothing),
            },
        )


def _rates(before: Figures, after: Figures, definition: str) -> dict[str, Estimate]:
    lost, more_lost = ((figures["abandoned"], figures["offered"]) for figures in (before, after))
    answered = DEFINITIONS[definition]
    return {
        "service_level": ratio_gain(answered(before), answered(after), most=1.0),
        "abandonment": ratio_gain(lost, more_lost, most=1.0),
    }


def _rise(differences: np.ndarray[Any, np.dtype[np.float64]]) -> Estimate:
    return mean(differences, least=-np.inf)


def _columns(gains: Mapping[str, Estimate]) -> dict[str, float]:
    suffixes = (("value", ""), ("low", "_low"), ("high", "_high"))
    return {name + end: float(getattr(gain, key)) for name, gain in gains.items() for key, end in suffixes}
