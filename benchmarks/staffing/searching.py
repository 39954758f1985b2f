"""Today's `staff` on the days of a puzzle: as it searches there, without a reserve for other days."""

from __future__ import annotations

import numpy as np

from benchmarks.staffing.puzzles import Puzzle
from callcenter.arrays import Ints
from callcenter.study.staffing.catalogue import Template
from callcenter.study.staffing.closing import closed
from callcenter.study.staffing.days import seconds_of
from callcenter.study.staffing.first_guess import first_guess
from callcenter.study.staffing.goals import goals_of, meet_of
from callcenter.study.staffing.proof import thinner
from callcenter.study.staffing.proving import costs, mended
from callcenter.study.staffing.rosters import RosterSearch
from callcenter.study.staffing.search import LONG, Search
from callcenter.study.staffing.trials import Trials
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce


def searched(puzzle: Puzzle) -> Ints:
    """Return the plan that the search comes to, hours closed where that is cheaper (`--may-close`)."""
    scenario, numbers = puzzle.scenario, range(puzzle.days)
    with workforce(Effort(workers=1), in_threads=True) as force:
        trials = Trials(scenario, scenario.seed, force(0.0))
        search = Search(
            trials,
            goals_of(scenario, meet_of("mean")),
            costs(scenario),
            scenario.day.interval,
            numbers,
            seconds_of(scenario),
        )
        rough = thinner(search, search.cheaper(search.scaled(first_guess(scenario))))
        answer = mended(search, rough.levels)
        if puzzle.catalogue is None:
            is_long = (
                seconds_of(scenario) > LONG
            )  # a day of tens of thousands of calls: closing would take hours
            return (answer if is_long else closed(search, answer, mended)).stand.levels
        stand = answer.stand
        roster = RosterSearch(search, scenario, puzzle.catalogue, stand).roster()
    shifts = [_hours(shift) for shift in puzzle.catalogue.shifts]
    plan = np.zeros(puzzle.shape, np.int64)
    for pool, worked in enumerate(roster.worked.values()):
        for shift, agents in worked:
            plan[pool, shifts.index(_hours(shift))] += agents
    return plan


def _hours(shift: Template) -> tuple[float, ...]:
    return (shift.start, shift.end, *(pause.at for pause in shift.breaks))
