"""Trials: staffings tried on the same callers, whose call tapes stay in the memory of each worker."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Ints
from callcenter.demand import draw
from callcenter.engine import floor_plan, prepare
from callcenter.engine.compiled import Finished, Rerun
from callcenter.measure import tally
from callcenter.measure.cells import cells_of
from callcenter.scenario import Scenario
from callcenter.study.staffing.callbacks import left_over
from callcenter.study.staffing.counting import answer_rates
from callcenter.study.staffing.further import further_counts
from callcenter.study.workers.dispatch import Workers, completed

Numbers = npt.NDArray[Any]

Levels = npt.NDArray[np.int64]
"""Agents rostered, shape (pools, intervals)."""

MOST_ROWS = 3_000_000
"""Calls that a worker keeps in memory, at about 200 bytes each; further ones are drawn anew."""

CELLS_A_TASK = 60
"""Days that a worker simulates before it reports."""


class Subject(NamedTuple):
    """Whose staffing is tried."""

    scenario: Scenario
    name: str
    """Names the call tapes, with seed and replication: a fingerprint."""
    seed: int


class Counts(NamedTuple):
    """What staffings came to: axes are staffings, replications, then rows and cells of the run.

    Rows are the tiers, then the targets that are no answer rate of a tier.
    """

    within: Numbers
    """Numerator of the answer rate by the scenario's definition, or of what a target is about."""
    asked: Numbers
    """Its denominator."""
    jobs: Ints
    """Callbacks late or left over, and owed; last axis of two."""

    def of(self, number: int) -> Counts:
        """Return the counts of one staffing, without the first axis."""
        return Counts(*(column[number] for column in self))

    def first(self, number: int) -> Counts:
        """Return the first replications of one staffing."""
        return Counts(*(column[:number] for column in self))


class Task(NamedTuple):
    """Some staffings on some replications."""

    subject: Subject
    levels: Levels
    """Shape (staffings, pools, intervals)."""
    replications: tuple[int, ...]


class Trials:
    """Tries staffings of one scenario, spread over workers."""

    def __init__(
        self, scenario: Scenario, seed: int, workers: Workers, on_trial: Callable[[int], None] | None = None
    ) -> None:
        self.subject = Subject(unstaffed(scenario), scenario.fingerprint, seed)
        self._workers = workers
        self._on_trial = on_trial
        self.days = 0
        """Days simulated so far."""
        quiet, log = prepare("compiled")
        tally(quiet, log)
        plan = floor_plan(quiet)
        _counted(quiet, Rerun(plan, draw(quiet, 0, 0)).run(plan))

    def counts(self, staffings: Sequence[Levels], replications: Sequence[int]) -> Counts:
        """Simulate every staffing on every replication."""
        levels = np.array(staffings, np.int64)
        cells: list[list[Any]] = [[None] * len(replications) for _ in levels]
        places = list(_places(len(levels), len(replications), self._workers.size))
        tasks = [
            Task(self.subject, levels[some], tuple(replications[number] for number in numbers))
            for some, numbers in places
        ]
        for number, counts in completed(self._workers, try_out, tasks):
            some, numbers = places[number]
            for row, staffing in enumerate(some):
                for column, replication in enumerate(numbers):
                    cells[staffing][replication] = Counts(*(part[row, column] for part in counts))
            self._advance(len(some) * len(numbers))
        return _stacked(cells)

    def roster(self, scenario: Scenario, replications: Sequence[int]) -> Counts:
        """Simulate a scenario as it stands, shifts included; axes as of one staffing."""
        subject = self.subject._replace(scenario=scenario)
        counted: dict[int, Counts] = {}
        for number, counts in completed(
            self._workers, roster_day, [(subject, each) for each in replications]
        ):
            counted[number] = counts
            self._advance(1)
        return _stacked([[counted[number] for number in range(len(replications))]]).of(0)

    def _advance(self, days: int) -> None:
        self.days += days
        if self._on_trial is not None:
            self._on_trial(self.days)


def _places(staffings: int, replications: int, workers: int) -> Iterator[tuple[range, range]]:
    """Cut staffings x replications into tasks; those of a replication stay together as far as they can."""
    cells = min(CELLS_A_TASK, -(-staffings * replications // (2 * workers)))
    rows = max(1, min(staffings, cells))
    columns = max(1, cells // rows)
    for first in range(0, replications, columns):
        numbers = range(first, min(first + columns, replications))
        for row in range(0, staffings, rows):
            yield range(row, min(row + rows, staffings)), numbers


def unstaffed(scenario: Scenario) -> Scenario:
    """Return the scenario with every pool staffed by interval, by nobody yet."""
    nobody = (0,) * scenario.day.intervals
    pools = {
        name: pool.model_copy(update={"agents": nobody, "shifts": None})
        for name, pool in scenario.pools.items()
    }
    return scenario.model_copy(update={"pools": pools})


def staffed(scenario: Scenario, levels: Levels) -> Scenario:
    """Return the scenario with these agents in each interval."""
    pools = {
        name: pool.model_copy(update={"agents": tuple(map(int, agents)), "shifts": None})
        for (name, pool), agents in zip(scenario.pools.items(), levels, strict=True)
    }
    return scenario.model_copy(update={"pools": pools})


def try_out(task: Task) -> Counts:
    """Simulate the days of a task; this is what a worker process does."""
    scenario = task.subject.scenario
    variants = [staffed(scenario, levels) for levels in task.levels]
    most = staffed(scenario, task.levels.max(axis=0))
    days = [_days(task.subject, most, variants, number) for number in task.replications]
    return _stacked(list(zip(*days, strict=True)))


def _days(subject: Subject, most: Scenario, variants: Sequence[Scenario], replication: int) -> list[Counts]:
    """Simulate a day with each staffing, the time before the first difference to the fullest only once.

    Staffings mostly differ by an agent who is taken away here or there.
    """
    rerun = _laid_out(subject, replication)
    plans = [floor_plan(variant, subject.seed, replication) for variant in variants]
    course = rerun.course(floor_plan(most, subject.seed, replication))
    counted: dict[int, Counts] = {}
    for number in sorted(range(len(plans)), key=lambda each: course.parting(plans[each])):
        counts = _counted(subject.scenario, course.branch(plans[number]))
        counted[number] = _with_further(counts, variants[number], (subject.name, subject.seed, replication))
    return [counted[number] for number in range(len(plans))]


def roster_day(task: tuple[Subject, int]) -> Counts:
    """Simulate one replication of a scenario as it stands, shifts included."""
    (scenario, name, seed), replication = task
    plan = floor_plan(scenario, seed, replication)
    counts = _counted(scenario, Rerun(plan, draw(scenario, seed, replication)).run(plan))
    return _with_further(counts, scenario, (name, seed, replication))


def _with_further(counts: Counts, variant: Scenario, callers: tuple[str, int, int]) -> Counts:
    """Add the rows of the targets that are no answer rate of a tier."""
    within, asked = further_counts(variant, callers)
    if not len(within):
        return counts
    return counts._replace(
        within=np.concatenate([counts.within, within]), asked=np.concatenate([counts.asked, asked])
    )


def _counted(scenario: Scenario, finished: Finished) -> Counts:
    cells = cells_of(scenario)
    within, asked = answer_rates(scenario, finished.calls, finished.arrived, finished.end)
    counted = (cells.since, cells.until)
    return Counts(within, asked, left_over(finished.jobs, counted, finished.windows, finished.close))


def _stacked(days: Sequence[Sequence[Counts]]) -> Counts:
    return Counts(*(np.array([[day[part] for day in row] for row in days]) for part in range(3)))


_LAID_OUT: OrderedDict[tuple[str, int, int], Rerun] = OrderedDict()
"""Call tapes by subject, seed and replication; the latest used last."""

_LOOKING = Lock()
"""Held while tapes are looked up and dropped: the workers of a cluster may be threads."""


def _laid_out(subject: Subject, replication: int) -> Rerun:
    key = (subject.name, subject.seed, replication)
    with _LOOKING:
        if key in _LAID_OUT:
            _LAID_OUT.move_to_end(key)
            return _LAID_OUT[key]
    plan = floor_plan(subject.scenario, subject.seed, replication)
    rerun = Rerun(plan, draw(subject.scenario, subject.seed, replication))
    with _LOOKING:
        while _LAID_OUT and sum(other.rows for other in _LAID_OUT.values()) > MOST_ROWS:
            _LAID_OUT.popitem(last=False)
        _LAID_OUT[key] = rerun
    return rerun
