"""All insights of a result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcenter.measure import Summary
from callcenter.study.insights.bench import BUDGET_CALLS, Bench, calls_of
from callcenter.study.insights.conservation import conservation
from callcenter.study.insights.convergence import half_widths
from callcenter.study.insights.crosscheck import second_opinion
from callcenter.study.insights.findings import Conserved, Gain, LeftOut, Miss, PriorityEffect, SecondOpinion
from callcenter.study.insights.gains import MOST_MISSES, MOST_POOLS, gains_of, try_one_more
from callcenter.study.insights.misses import misses
from callcenter.study.insights.priorities import is_conditional, priority_changes, without_priorities
from callcenter.study.insights.requirements import required_agents
from callcenter.study.result import Result
from callcenter.study.store.notebook import Notebook

if TYPE_CHECKING:
    import pandas as pd

TRIALS = 6
"""Trials of more agents that replications are shared out for."""


@dataclass(frozen=True, eq=False)
class Insights:
    """What a report adds to the figures of one result."""

    result: Result
    required: pd.DataFrame
    """As of `required_agents`."""
    misses: tuple[Miss, ...]
    gains: tuple[Gain, ...]
    priorities: PriorityEffect | None
    second_opinion: SecondOpinion | None
    conservation: tuple[Conserved, ...]
    half_widths: pd.DataFrame
    """As of `half_widths`."""
    replications: int
    """Replications, the first of the result, that extra simulations were made of; 0: none were."""
    simulated_calls: int
    """Calls of all extra simulations together."""
    left_out: tuple[LeftOut, ...]
    """What is not there, and why."""


def insights(
    result: Result,
    budget_calls: int = BUDGET_CALLS,
    notebook: Notebook = Notebook(),  # noqa: B008 (keeps nothing)
) -> Insights:
    """Return all insights of a result; the extra simulations have at most ``budget_calls`` calls together.

    Depends on the result and the budget alone: the callers are the first of the result's own.  What the
    budget does not allow is in ``left_out`` with a reason.  The second opinion has a bound of its own.  What
    is in the notebook is not simulated again.
    """
    bench = Bench.within(result, budget_calls, _variants(result), notebook)
    missed = misses(result, bench)
    priorities = without_priorities(result, bench)
    try_one_more(result, missed[:MOST_MISSES], bench)
    by_miss = [gains_of(result, miss, bench) for miss in missed[:MOST_MISSES]]
    second = second_opinion(result, notebook=notebook)
    return Insights(
        result=result,
        required=required_agents(result.scenario),
        misses=missed,
        gains=tuple(gain for some, _ in by_miss for gain in some),
        priorities=priorities,
        second_opinion=second if isinstance(second, SecondOpinion) else None,
        conservation=conservation(result),
        half_widths=half_widths(result),
        replications=bench.before.replications if bench.calls else 0,
        simulated_calls=bench.calls,
        left_out=(
            *((LeftOut("gains", "nothing_missed"),) if not missed else ()),
            *(left for _, left in by_miss if left is not None),
            *(LeftOut("gains", "lesser_miss", miss.tier) for miss in missed[MOST_MISSES:]),
            *_left_of_priorities(result, priorities),
            *((second,) if isinstance(second, LeftOut) else ()),
        ),
    )


def _variants(result: Result) -> int:
    """Return how many variants replications are shared out for: those of the tier with the largest miss.

    Other misses mostly try the same; what they have no room for is left out, with the reason.
    """
    scenario, tiers = result.scenario, result.summary["tiers"]
    short = {name: _short(tiers[name]) for name in scenario.tiers if _short(tiers[name]) > 0}
    own = 0
    if short:
        worst = max(short, key=lambda name: short[name])
        serving = sum(worst in pool.serves for pool in scenario.pools.values())
        own = min(serving, MOST_POOLS) + TRIALS + is_conditional(scenario, worst)
    return own + bool(priority_changes(scenario))


def _short(tier: Summary) -> float:
    """Return roughly the calls that a tier lacks, 0 or less where it lacks none."""
    level = tier["service_level"]
    if level["target"] is None or level["value"] is None:
        return 0.0
    return float((level["target"] - level["value"]) * tier["counts"]["offered"])


def _left_of_priorities(result: Result, priorities: PriorityEffect | None) -> Iterator[LeftOut]:
    if priorities is not None:
        return
    if not priority_changes(result.scenario):
        yield LeftOut("priorities", "no_priorities")
    elif result.routing:
        yield LeftOut("priorities", "own_rule")
    else:
        yield LeftOut("priorities", "over_budget", numbers={"calls": calls_of(result)})
