"""`staff`: the fewest agents that meet every target for certain, found and proven by simulation."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any, NamedTuple

import numpy as np

from callcenter.language import gettext as _
from callcenter.measure import Summary
from callcenter.scenario import Scenario, Source, load
from callcenter.study.designs.design import single_point
from callcenter.study.staffing.bounds import bound_of
from callcenter.study.staffing.catalogue import Catalogue, load_catalogue
from callcenter.study.staffing.certainty import days_needed, reserved
from callcenter.study.staffing.days import (
    Block,
    Days,
    affordable,
    fresh_days,
    joined,
    mended_days,
    seconds_of,
)
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.exchanges import Exchanges
from callcenter.study.staffing.first_guess import first_guess
from callcenter.study.staffing.goals import Goals, Meet, goals_of, meet_of, with_callbacks
from callcenter.study.staffing.prices import prices
from callcenter.study.staffing.proof import Lean, Proof, lean, thinned, thinner
from callcenter.study.staffing.result import Basis, Certainty, Staffing
from callcenter.study.staffing.rosters import Rostering
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.trials import Levels, Trials
from callcenter.study.staffing.validation import Verdicts, is_without_exception, judged, unmet
from callcenter.study.workers.dispatch import Workers
from callcenter.study.workers.effort import Effort, effort_of
from callcenter.study.workers.executors import workforce
from callcenter.study.workers.work import Progress

POLISHING = 2
"""Steps towards a cheaper staffing on the days it is mended on."""
TRIES = 24
"""Exchanges tried from one staffing."""
MOST_EXCHANGES = 8
LOOKS = 3
"""Times that a staffing is judged on fresh days, each time on others."""
HARDER = 1.6
"""By how much the reserve grows when fresh days do not show that every target is met."""
TYPICAL_STAFFINGS = 250
"""Staffings that a search tries in full, roughly; decides about workers and the progress bar alone."""


class Answer(NamedTuple):
    """A staffing that was mended, and on what."""

    search: Search
    block: Block
    stand: Stand
    proof: Proof
    just: Stand


def staff(
    scenario: Source,
    meet: str = "mean",
    shifts: str | os.PathLike[str] | Catalogue | None = None,
    replications: int = 30,
    seed: int | None = None,
    workers: int | None = 1,
    every_interval: bool = False,
    price: bool | Mapping[str, Sequence[float]] = False,
    only: Sequence[str] = (),
    executor: Executor | None = None,
    on_progress: Progress | None = None,
    effort: Effort | None = None,
) -> Staffing:
    """Return the fewest agents, by interval and pool, that meet every target of a scenario for certain.

    ``meet`` is `mean` (the answer rate over the day, as in the verdict of a run), a share of days such as
    `90%-of-days`, or days to keep such as `28-of-30-days`.  ``replications`` are the days of the search at
    least: more are taken where they are too few.  With ``only``, the agents of these pools are looked for,
    and the others have those of the scenario.  With ``shifts``, a catalogue, the need is covered by shifts at
    least cost.  ``price`` says what raising each target by 5 points costs, or moving it to the shares given
    by tier.  ``workers`` and ``executor`` say who works, or ``effort`` says it at once; the engine is the
    compiled one.  Raises StaffingError if no staffing is answer.
    """
    who = effort_of(effort, Effort(workers=workers, executor=executor))
    if who.engine not in ("auto", "compiled"):
        raise StaffingError(
            _("staff searches with the compiled engine, given {engine}; leave it out").format(
                engine=who.engine
            )
        )
    scenario, asked = load(scenario), meet_of(meet, every_interval)
    fixed = _fixed(scenario, only)
    scenario = with_callbacks(scenario, only)
    goals = goals_of(scenario, asked, only)
    catalogue = load_catalogue(shifts) if isinstance(shifts, str | os.PathLike) else shifts
    seed = single_point(scenario, replications, seed).seed
    with workforce(who, in_threads=True) as force:
        seconds = seconds_of(scenario)
        team = force(TYPICAL_STAFFINGS * replications * seconds)
        trials = Trials(scenario, seed, team, _reporter(on_progress, replications), fixed)
        days = Days(scenario, seed)
        first, rough = _searched(trials, goals, scenario, days, replications)
        case = Case(scenario, goals, asked, replications, tuple(only), fixed)
        answer, fresh, looks = _proven(team, trials, case, days, rough, len(first.replications))
        need = _with_agents(scenario, answer.stand.levels, fixed)
        roster = None
        if catalogue is not None:
            roster = Rostering(answer.search, scenario, catalogue).roster(answer.stand)
        moves = price if isinstance(price, Mapping) else None
        hours_open = scenario.day.length / 3600
        staffing = Staffing(
            given=scenario,
            need=need,
            meet=meet,
            every_interval=every_interval,
            seed=seed,
            replications=len(answer.block.numbers),
            basis=Basis(replications, len(first.replications), answer.block.numbers, fresh.days, looks),
            goals=answer.search.goals,
            certainty=_certainty(answer, fresh.summary, case),
            bound=None if case.fixed else bound_of(answer.search, answer.stand),
            proof=answer.proof,
            verdicts=Verdicts(judged(team, need, seed, answer.block, asked), fresh.summary),
            roster=roster,
            roster_verdicts=None
            if roster is None
            else Verdicts(
                judged(team, roster.scenario, seed, answer.block, asked),
                judged(team, roster.scenario, seed, fresh.block, asked),
            ),
            prices=tuple(prices(first, rough, hours_open, moves)) if price else (),
            answered=_answered(answer.stand, scenario),
            days=trials.days,
            only=tuple(only),
        )
    if on_progress is not None:
        on_progress(trials.days, trials.days)
    return staffing


def breaks(staffing: Staffing, pool: str, interval: int, workers: int | None = 1) -> bool:
    """Whether with one agent fewer in one interval a target is no longer met for certain.

    On the days that the staffing was made on, with the reserve that it keeps there for other days.
    """
    scenario, fixed = staffing.given, _fixed(staffing.given, staffing.only)
    levels = np.array([_levels(staffing.need, name, fixed) for name in scenario.pools], np.int64)
    levels[list(scenario.pools).index(pool), interval] -= 1
    with workforce(Effort(workers=workers), in_threads=True) as force:
        trials = Trials(scenario, staffing.seed, force(0.0), fixed=fixed)
        return not staffing.goals.are_met(trials.counts([levels], staffing.basis.made_on).of(0))


class Fresh(NamedTuple):
    """The verdict of days that a staffing has not seen."""

    summary: Summary
    block: Block

    @property
    def days(self) -> int:
        """How many they are."""
        return len(self.block.numbers)


def _searched(
    trials: Trials, goals: Goals, scenario: Scenario, days: Days, replications: int
) -> tuple[Search, Stand]:
    """Search for the staffing that just keeps the targets, on as many days as it takes to tell."""
    cost, interval, seconds = _costs(scenario), scenario.day.interval, seconds_of(scenario)
    guess = first_guess(scenario)
    guess[[name in trials.subject.fixed for name in scenario.pools]] = 0
    block = days.block(replications)
    search = Search(trials, goals, cost, interval, block.numbers, seconds)
    start = search.scaled(guess)
    needed = min(days_needed(goals, start.counts, block), affordable(scenario))
    if needed > len(block.numbers):
        block = joined(block, days.block(needed - len(block.numbers)))
        search = Search(trials, goals, cost, interval, block.numbers, seconds)
        start = search.scaled(start.levels)
    return search, thinner(search, search.cheaper(start))


class Case(NamedTuple):
    """What is asked for."""

    scenario: Scenario
    goals: Goals
    meet: Meet
    days: int
    """Days of the search at least."""
    only: tuple[str, ...]
    fixed: frozenset[str]


def _proven(
    team: Workers, trials: Trials, case: Case, days: Days, rough: Stand, searched: int
) -> tuple[Answer, Fresh, int]:
    """Mend the staffing on fresh days until others, which have no part in it, show that it is met.

    Each time it is judged on days that it has not seen; if they do not show it, the reserve grows.
    """
    scenario, goals = case.scenario, case.goals
    block = days.block(mended_days(scenario, case.days, searched))
    number = fresh_days(scenario, case.days)
    counts = trials.counts([rough.levels], block.numbers).of(0)
    levels, more = rough.levels, 1.0
    for look in range(1, LOOKS + 1):
        sure = reserved(goals, counts, block, number, more)
        search = Search(
            trials, sure, _costs(scenario), scenario.day.interval, block.numbers, seconds_of(scenario)
        )
        stand, proof, removals = _mended(search, levels)
        other = days.block(number)
        need = _with_agents(scenario, stand.levels, case.fixed)
        fresh = Fresh(judged(team, need, trials.subject.seed, other, case.meet), other)
        left = unmet(scenario, fresh.summary, case.meet, case.only)
        if all(map(is_without_exception, left)) or look == LOOKS:
            break
        if any(entry.get("bound") == 1.0 for entry in left):  # above all of it there is no reserve
            block = joined(block, other)
        counts = trials.counts([stand.levels], block.numbers).of(0)
        levels, more = stand.levels, more * HARDER
    plain = Search(trials, goals, search.cost, search.interval, block.numbers, seconds_of(scenario))
    just = thinned(plain, stand._replace(margins=goals.margins(stand.counts)), removals)
    return Answer(search, block, stand, proof, just), fresh, look


def _mended(search: Search, levels: Levels) -> Lean:
    """Add agents where they earn most until all holds, then spare and exchange whoever can be."""
    stand = search.repaired(search.stand(levels))
    answer = lean(search, search.cheaper(stand, POLISHING))
    for _round in range(MOST_EXCHANGES):
        better = Exchanges(search, answer.stand, answer.removals, TRIES).better()
        if better is None:
            break
        answer = lean(search, better)
    return answer


def _certainty(answer: Answer, fresh: Summary, case: Case) -> Certainty:
    hours = case.scenario.day.interval / 3600
    return Certainty(
        is_met=not unmet(case.scenario, fresh, case.meet, case.only),
        just_hours=float(answer.just.levels.sum() * hours),
        hours=float(answer.stand.levels.sum() * hours),
        cost=answer.stand.cost - answer.just.cost,
    )


def _fixed(scenario: Scenario, only: Sequence[str]) -> frozenset[str]:
    """Return the pools that keep their agents; StaffingError for a pool that there is not."""
    for name in only:
        if name not in scenario.pools:
            raise StaffingError(
                _("there is no pool {name}; the pools are {names}").format(
                    name=name, names=_(", ").join(scenario.pools)
                )
            )
    return frozenset(scenario.pools) - frozenset(only) if only else frozenset()


def _costs(scenario: Scenario) -> Any:
    hours = scenario.day.interval / 3600
    return np.array([(pool.cost_per_hour or 1.0) * hours for pool in scenario.pools.values()])


def _reporter(on_progress: Progress | None, replications: int) -> Callable[[int], None] | None:
    if on_progress is None:
        return None
    expected = TYPICAL_STAFFINGS * replications
    return lambda days: on_progress(days, max(expected, days + days // 10))


def _levels(scenario: Scenario, pool: str, fixed: frozenset[str]) -> Sequence[float]:
    """Return the agents of a pool by interval, nobody where it is not the search that decides."""
    if pool in fixed:
        return (0,) * scenario.day.intervals
    return scenario.rostered(pool)


def _with_agents(scenario: Scenario, levels: Levels, fixed: frozenset[str]) -> Scenario:
    return scenario.with_(
        {
            f"pools.{name}.agents": [int(number) for number in agents]
            for name, agents in zip(scenario.pools, levels, strict=True)
            if name not in fixed
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
