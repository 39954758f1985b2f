"""Making a staffing certain: mended on fresh days, judged on others, until these show that it is met."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np

from callcenter.measure import Summary
from callcenter.scenario import Scenario
from callcenter.study.staffing.certainty import reserved
from callcenter.study.staffing.days import (
    LEAST_FRESH,
    WITHOUT_EXCEPTION,
    Block,
    Days,
    fresh_days,
    joined,
    mended_days,
    seconds_of,
)
from callcenter.study.staffing.exchanges import Exchanges
from callcenter.study.staffing.goals import ROUNDING, Goals, Meet
from callcenter.study.staffing.proof import Lean, Proof, lean, roughly_lean, thinned, thinned_in_bulk
from callcenter.study.staffing.result import Certainty
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.trials import Levels, Trials
from callcenter.study.staffing.validation import Called, is_without_exception, judged, unmet
from callcenter.study.workers.dispatch import Workers

POLISHING = 2
"""Steps towards a cheaper staffing on the days it is mended on."""
TRIES, FEW_TRIES = 24, 2
"""Exchanges tried from one staffing; where days are long."""
FEW_BULKS = 4
"""Times that agents are taken away at once to see how many just keep the targets."""
MOST_EXCHANGES = 8
LOOKS, MANY_LOOKS = 3, 8
"""Times that a staffing is judged on fresh days, each time on others; of targets without exceptions."""
HARDER = 1.6
"""By how much the reserve grows when fresh days do not show that every target is met."""


class Case(NamedTuple):
    """What is asked for."""

    scenario: Scenario
    goals: Goals
    meet: Meet
    days: int
    """Days of the search at least."""
    only: tuple[str, ...]
    fixed: frozenset[str]
    least: Levels
    """Agents who are there in any case, shape (pools, intervals)."""
    called: Called | None = None
    """Who is called in, and on which days."""

    def staffed(self, levels: Levels) -> Scenario:
        """Return the scenario with these agents in the pools that are staffed."""
        return with_agents(self.scenario, levels, self.fixed)

    def judged(self, team: Workers, levels: Levels, seed: int, block: Block) -> Summary:
        """Return what these agents, and whoever is called in on the day, come to on some days."""
        called = self.called and self.called.beside(self.staffed(levels + self.called.more))
        return judged(team, self.staffed(levels), seed, block, self.meet, called)


class Answer(NamedTuple):
    """A staffing that was mended, and on what."""

    search: Search
    block: Block
    stand: Stand
    proof: Proof
    just: Stand


class Fresh(NamedTuple):
    """The verdict of days that a staffing has not seen."""

    summary: Summary
    block: Block

    @property
    def days(self) -> int:
        """How many they are."""
        return len(self.block.numbers)


def proven(trials: Trials, case: Case, days: Days, rough: Stand, searched: int) -> tuple[Answer, Fresh, int]:
    """Mend the staffing on fresh days until others, which have no part in it, show that it is met.

    Each time it is judged on days that it has not seen; if they do not show it, the reserve grows.
    """
    scenario, goals = case.scenario, case.goals
    if goals.allow_no_exception:
        block, number, looks = days.block(WITHOUT_EXCEPTION), LEAST_FRESH, MANY_LOOKS
    else:
        block = days.block(mended_days(scenario, case.days, searched))
        number, looks = fresh_days(scenario, case.days), LOOKS
    counts = trials.counts([rough.levels], block.numbers).of(0)
    levels, more = rough.levels, 1.0
    for look in range(1, looks + 1):
        sure = reserved(goals, counts, block, number, more)
        cost, interval, seconds = costs(scenario), scenario.day.interval, seconds_of(scenario)
        search = Search(trials, sure, cost, interval, block.numbers, seconds, case.least)
        stand, proof, removals = mended(search, levels)
        other = days.block(number)
        fresh = Fresh(case.judged(trials.workers, stand.levels, trials.subject.seed, other), other)
        left = unmet(scenario, fresh.summary, case.meet, case.only)
        if all(map(is_without_exception, left)) or look == looks:
            break
        if any(entry.get("bound") == 1.0 for entry in left):  # above all of it there is no reserve
            strict = goals.allow_no_exception  # of others, bad days alone would be no sample
            block = joined(block, _broken(trials, goals, stand, other) if strict else other)
        counts = trials.counts([stand.levels], block.numbers).of(0)
        levels, more = stand.levels, more * HARDER
    plain = Search(trials, goals, cost, interval, block.numbers, seconds, case.least)
    without, thin = stand._replace(margins=goals.margins(stand.counts)), thinned
    if plain.days_are_long:
        thin = partial(thinned_in_bulk, tries=FEW_BULKS)
    just = thin(plain, without, removals)
    return Answer(search, block, stand, proof, just), fresh, look


def _broken(trials: Trials, goals: Goals, stand: Stand, block: Block) -> Block:
    """Return those days of a block on which targets without exceptions have one: others tell nothing new."""
    above = goals.above(trials.counts([stand.levels], block.numbers).of(0)).sum(axis=(2, 3))
    broken = np.flatnonzero((above < -ROUNDING).any(axis=1))
    return block._replace(numbers=tuple(block.numbers[place] for place in broken))


def mended(search: Search, levels: Levels) -> Lean:
    """Add agents where they earn most until all holds, then spare and exchange whoever can be."""
    stand = search.repaired(search.stand(levels))
    is_long = search.days_are_long
    thin, tries = (roughly_lean, FEW_TRIES) if is_long else (lean, TRIES)
    first = answer = thin(search, search.cheaper(stand, POLISHING))
    for _round in range(MOST_EXCHANGES):
        better = Exchanges(search, answer.stand, answer.removals, tries).better()
        if better is None:
            break
        answer = thin(search, better, answer)
    if answer is first and not is_long:
        return answer
    return lean(search, answer.stand)


def certainty(answer: Answer, fresh: Summary, case: Case) -> Certainty:
    """Return whether every target is met for certain, and with how many agents."""
    hours = case.scenario.day.interval / 3600
    return Certainty(
        is_met=all(map(is_without_exception, unmet(case.scenario, fresh, case.meet, case.only))),
        just_hours=float(answer.just.levels.sum() * hours),
        hours=float(answer.stand.levels.sum() * hours),
        cost=answer.stand.cost - answer.just.cost,
    )


def costs(scenario: Scenario) -> Any:
    """Return what an agent costs for an interval, by pool."""
    hours = scenario.day.interval / 3600
    return np.array([(pool.cost_per_hour or 1.0) * hours for pool in scenario.pools.values()])


def with_agents(scenario: Scenario, levels: Levels, fixed: frozenset[str]) -> Scenario:
    """Return the scenario with these agents by interval, but for the pools that are fixed."""
    return scenario.with_(
        {
            f"pools.{name}.agents": [int(number) for number in agents]
            for name, agents in zip(scenario.pools, levels, strict=True)
            if name not in fixed
        }
    )
