"""`staff`: the fewest agents that meet every target, found and proven by simulation."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np

from callcenter.language import gettext as _
from callcenter.scenario import Scenario, Source, load
from callcenter.study.designs.design import single_point
from callcenter.study.staffing.catalogue import Catalogue, load_catalogue
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.first_guess import first_guess
from callcenter.study.staffing.goals import goals_of, meet_of
from callcenter.study.staffing.prices import prices
from callcenter.study.staffing.proof import lean, thinner
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.rosters import Rostering
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.trials import Levels, Trials
from callcenter.study.staffing.validation import judged
from callcenter.study.workers.effort import Effort, effort_of
from callcenter.study.workers.executors import workforce
from callcenter.study.workers.work import Progress

SECONDS_A_CALL = 2e-7
POLISHING = 2
"""Steps towards a cheaper staffing once few agents can be spared."""
TYPICAL_STAFFINGS = 250
"""Staffings that a search tries in full, roughly; decides about workers and the progress bar alone."""


def staff(
    scenario: Source,
    meet: str = "mean",
    shifts: str | os.PathLike[str] | Catalogue | None = None,
    replications: int = 30,
    seed: int | None = None,
    workers: int | None = 1,
    every_interval: bool = False,
    price: bool | Mapping[str, Sequence[float]] = False,
    executor: Executor | None = None,
    on_progress: Progress | None = None,
    effort: Effort | None = None,
) -> Staffing:
    """Return the fewest agents, by interval and pool, that meet every target of a scenario.

    ``meet`` is `mean` (the answer rate over the day, as in the verdict of a run) or a share of days such as
    `90%-of-days`.  With ``shifts``, a catalogue, the need is covered by shifts at least cost.  ``price`` says
    what raising each target by 5 points costs, or moving it to the shares given by tier.  ``workers`` and
    ``executor`` say who works, or ``effort`` says it at once; the engine is the compiled one.  Raises
    StaffingError if no staffing is found.
    """
    who = effort_of(effort, Effort(workers=workers, executor=executor))
    if who.engine not in ("auto", "compiled"):
        raise StaffingError(
            _("staff searches with the compiled engine, given {engine}; leave it out").format(
                engine=who.engine
            )
        )
    scenario = load(scenario)
    goals = goals_of(scenario, meet_of(meet, every_interval))
    catalogue = load_catalogue(shifts) if isinstance(shifts, str | os.PathLike) else shifts
    seed = single_point(scenario, replications, seed).seed
    with workforce(who) as force:
        team = force(_seconds(scenario, replications))
        trials = Trials(scenario, seed, team, _reporter(on_progress, replications))
        search = Search(trials, goals, _costs(scenario), scenario.day.interval, range(replications))
        rough = thinner(search, search.cheaper(search.scaled(first_guess(scenario))))
        stand, proof = lean(search, search.cheaper(rough, POLISHING))
        need = _with_agents(scenario, stand.levels)
        roster = None if catalogue is None else Rostering(search, scenario, catalogue).roster(stand)
        hours_open = scenario.day.length / 3600
        moves = price if isinstance(price, Mapping) else None
        staffing = Staffing(
            given=scenario,
            need=need,
            meet=meet,
            every_interval=every_interval,
            seed=seed,
            replications=replications,
            proof=proof,
            verdicts=judged(team, need, seed, replications),
            roster=roster,
            roster_verdicts=None if roster is None else judged(team, roster.scenario, seed, replications),
            prices=tuple(prices(search, stand, hours_open, moves)) if price else (),
            answered=_answered(stand, scenario),
            days=trials.days,
        )
    if on_progress is not None:
        on_progress(trials.days, trials.days)
    return staffing


def breaks(staffing: Staffing, pool: str, interval: int, workers: int | None = 1) -> bool:
    """Whether one agent fewer in one interval breaks a target, on the replications of the search."""
    scenario = staffing.given
    goals = goals_of(scenario, meet_of(staffing.meet, staffing.every_interval))
    levels = np.array([each.agents for each in staffing.need.pools.values()], np.int64)
    levels[list(scenario.pools).index(pool), interval] -= 1
    with workforce(Effort(workers=workers)) as force:
        trials = Trials(scenario, staffing.seed, force(0.0))
        return not goals.are_met(trials.counts([levels], range(staffing.replications)).of(0))


def _costs(scenario: Scenario) -> Any:
    hours = scenario.day.interval / 3600
    return np.array([(pool.cost_per_hour or 1.0) * hours for pool in scenario.pools.values()])


def _seconds(scenario: Scenario, replications: int) -> float:
    calls = sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers) * scenario.days
    return TYPICAL_STAFFINGS * replications * (0.001 + SECONDS_A_CALL * calls)


def _reporter(on_progress: Progress | None, replications: int) -> Callable[[int], None] | None:
    if on_progress is None:
        return None
    expected = TYPICAL_STAFFINGS * replications
    return lambda days: on_progress(days, max(expected, days + days // 10))


def _with_agents(scenario: Scenario, levels: Levels) -> Scenario:
    return scenario.with_(
        {
            f"pools.{name}.agents": [int(number) for number in agents]
            for name, agents in zip(scenario.pools, levels, strict=True)
        }
    )


def _answered(stand: Stand, scenario: Scenario) -> tuple[tuple[float, ...], ...]:
    tiers = len(scenario.tiers)
    within, asked = (
        column[:, :tiers].sum(axis=0).reshape(tiers, scenario.days, -1).sum(axis=1)
        for column in (stand.counts.within, stand.counts.asked)
    )
    rates = np.divide(within, asked, out=np.full(within.shape, np.nan), where=asked > 0)
    return tuple(tuple(float(rate) for rate in row) for row in rates)
