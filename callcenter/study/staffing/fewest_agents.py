"""`staff`: the fewest agents that meet every target for certain, found and proven by simulation."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor

import numpy as np

from callcenter.language import gettext as _
from callcenter.scenario import Scenario, Source, load
from callcenter.study.designs.design import single_point
from callcenter.study.staffing.bounds import bound_of
from callcenter.study.staffing.calling_in import Flexibility
from callcenter.study.staffing.catalogue import Catalogue, load_catalogue
from callcenter.study.staffing.certainty import days_needed
from callcenter.study.staffing.closing import closed
from callcenter.study.staffing.days import WITHOUT_EXCEPTION, Days, affordable, joined, seconds_of
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.first_guess import first_guess
from callcenter.study.staffing.goals import Goals, goals_of, meet_of, with_callbacks
from callcenter.study.staffing.minimum import AtLeast, least_of, minimum_of
from callcenter.study.staffing.prices import prices
from callcenter.study.staffing.proof import thinner
from callcenter.study.staffing.proving import Case, certainty, costs, mended, proven, with_agents
from callcenter.study.staffing.result import Basis, Staffing
from callcenter.study.staffing.rosters import Rostering
from callcenter.study.staffing.search import LONG, Search, Stand
from callcenter.study.staffing.shifts import offer_of, refuse_short
from callcenter.study.staffing.terms import terms_of
from callcenter.study.staffing.trials import Levels, Trials
from callcenter.study.staffing.validation import Verdicts, judged
from callcenter.study.workers.effort import Effort, effort_of
from callcenter.study.workers.executors import workforce
from callcenter.study.workers.work import Progress

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
    only: Sequence[str] = (),
    call_in: str | None = None,
    may_close: bool = False,
    at_least: AtLeast = 0,
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
    by tier.  ``call_in``, such as ``"desk at 11:00 from 12:00 to 18:00 for 150%"``, also looks for fewer
    agents and others who are called in on busy days on these terms.  ``may_close`` also looks whether hours
    left to nobody are cheaper, where others make up for the calls lost.  ``at_least`` is how many agents are
    there in every interval whatever the targets take, in each pool that is looked for, or by pool.
    ``workers`` and ``executor`` say who works, or ``effort`` says it at once; the engine is the compiled one.
    Raises StaffingError if no staffing is answer.
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
    if may_close and every_interval:
        raise StaffingError(
            _("hours left to nobody cannot meet the targets in every interval; ask for one of both")
        )
    if may_close and seconds_of(scenario) > LONG:
        raise StaffingError(
            _(
                "{name}: days with so many calls take too long to see which hours might be left to nobody; "
                "leave that out"
            ).format(name=scenario.name)
        )
    pools = [name for name in scenario.pools if name not in fixed]
    minimum = minimum_of(at_least, scenario, fixed)
    least = least_of(minimum, scenario)
    terms = None if call_in is None else terms_of(call_in, scenario, pools)
    catalogue = load_catalogue(shifts) if isinstance(shifts, str | os.PathLike) else shifts
    if catalogue is not None and minimum:
        refuse_short(scenario, offer_of(scenario, catalogue, least, fixed))
    seed = single_point(scenario, replications, seed).seed
    with workforce(who, in_threads=True) as force:
        seconds = seconds_of(scenario)
        team = force(TYPICAL_STAFFINGS * replications * seconds)
        reporter = _reporter(on_progress, replications)
        trials = Trials(scenario, seed, team, reporter, fixed)
        days = Days(scenario, seed)
        first, rough = _searched(trials, goals, scenario, days, replications, least)
        if may_close:
            rough = closed(first, mended(first, rough.levels), mended).stand
        case = Case(scenario, goals, asked, replications, tuple(only), fixed, least)
        answer, fresh, looks = proven(trials, case, days, rough, len(first.replications))
        need = with_agents(scenario, answer.stand.levels, fixed)
        roster = None
        if catalogue is not None:
            roster = Rostering(answer.search, scenario, catalogue).roster(answer.stand)
        flexible = None
        if terms is not None:
            flexibility = Flexibility(case, terms, trials)
            flexible = flexibility.best(days, first, rough, answer.stand.cost)
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
            certainty=certainty(answer, fresh.summary, case),
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
            at_least=minimum,
            may_close=may_close,
            flexible=flexible,
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


def _searched(
    trials: Trials, goals: Goals, scenario: Scenario, days: Days, replications: int, least: Levels
) -> tuple[Search, Stand]:
    """Search for the staffing that just keeps the targets, on as many days as it takes to tell."""
    cost, interval, seconds = costs(scenario), scenario.day.interval, seconds_of(scenario)
    guess = first_guess(scenario)
    guess[[name in trials.subject.fixed for name in scenario.pools]] = 0
    block = days.block(min(replications, WITHOUT_EXCEPTION) if goals.allow_no_exception else replications)
    search = Search(trials, goals, cost, interval, block.numbers, seconds, least)
    start = search.scaled(guess)
    needed = min(days_needed(goals, start.counts, block), affordable(scenario))
    if needed > len(block.numbers):
        block = joined(block, days.block(needed - len(block.numbers)))
        search = Search(trials, goals, cost, interval, block.numbers, seconds, least)
        start = search.scaled(start.levels)
    if search.days_are_long:  # it is made cheaper where it is mended
        return search, start
    return search, thinner(search, search.cheaper(start))


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


def _answered(stand: Stand, scenario: Scenario) -> tuple[tuple[float, ...], ...]:
    tiers = len(scenario.tiers)
    within, asked = (
        column[:, :tiers].sum(axis=0).reshape(tiers, scenario.days, -1).sum(axis=1)
        for column in (stand.counts.within, stand.counts.asked)
    )
    rates = np.divide(within, asked, out=np.full(within.shape, np.nan), where=asked > 0)
    return tuple(tuple(float(rate) for rate in row) for row in rates)
