"""Trials: staffings tried on the same callers, many of them in one compiled call."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock, local
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Ints
from callcenter.batch import prepare_staffings
from callcenter.demand import draw
from callcenter.engine import floor_plan, simulate
from callcenter.measure import DEFINITIONS, Tally, stack, tally
from callcenter.measure.tally import COUNTS
from callcenter.scenario import Scenario
from callcenter.study.staffing.callbacks import TIME_TO_BEGIN, left_over
from callcenter.study.staffing.further import further_counts, further_goals
from callcenter.study.workers.dispatch import Workers, completed

if TYPE_CHECKING:
    from callcenter.batch import Held, Staffings

Numbers = npt.NDArray[Any]

Levels = npt.NDArray[np.int64]
"""Agents rostered, shape (pools, intervals)."""

CALLS_A_TASK = 2_000_000
"""Calls that a worker simulates before it reports, and at most so many days."""
DAYS_A_TASK = 1000

MOST_LAID_OUT = 8
"""Scenarios that a thread keeps laid out."""

WORTH_HOLDING = 3000
"""Calls of a replication from which on it is worth keeping them: of fewer ones, one call draws them all."""
MOST_HELD = 3_000_000
"""Calls that are kept in memory, at about 150 bytes each; others are drawn anew each time."""


class Subject(NamedTuple):
    """Whose staffing is tried."""

    scenario: Scenario
    name: str
    """Names it, with the seed: a fingerprint."""
    seed: int
    fixed: frozenset[str] = frozenset()
    """Pools that keep the agents they have in the scenario."""


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
    """Tries staffings of one scenario, spread over workers; pools that are fixed keep their agents."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        workers: Workers,
        on_trial: Callable[[int], None] | None = None,
        fixed: frozenset[str] = frozenset(),
    ) -> None:
        self.subject = Subject(unstaffed(scenario, fixed), scenario.fingerprint, seed, fixed)
        self.workers = workers
        self._on_trial = on_trial
        self._days_a_task = max(1, min(DAYS_A_TASK, int(CALLS_A_TASK / max(1.0, _calls(scenario)))))
        self.days = 0
        """Days simulated so far."""
        prepare_staffings()

    def counts(self, staffings: Sequence[Levels], replications: Sequence[int]) -> Counts:
        """Simulate every staffing on every replication."""
        levels = np.array(staffings, np.int64)
        cells: list[list[Any]] = [[None] * len(replications) for _ in levels]
        places = list(_places(len(levels), len(replications), self.workers.size, self._days_a_task))
        tasks = [
            Task(self.subject, levels[some], tuple(replications[number] for number in numbers))
            for some, numbers in places
        ]
        for number, counts in completed(self.workers, try_out, tasks):
            some, numbers = places[number]
            for row, staffing in enumerate(some):
                for column, replication in enumerate(numbers):
                    cells[staffing][replication] = Counts(*(part[row, column] for part in counts))
            self.advance(len(some) * len(numbers))
        return _stacked(cells)

    def roster(self, scenario: Scenario, replications: Sequence[int]) -> Counts:
        """Simulate a scenario as it stands, shifts included; axes as of one staffing."""
        step = max(1, min(self._days_a_task, -(-len(replications) // (2 * self.workers.size))))
        runs = [replications[first : first + step] for first in range(0, len(replications), step)]
        tasks = [(self.subject._replace(scenario=scenario), tuple(run)) for run in runs]
        counted: dict[int, Counts] = {}
        for number, counts in completed(self.workers, try_roster, tasks):
            counted[number] = counts
            self.advance(len(runs[number]))
        parts = [counted[number] for number in range(len(runs))]
        return Counts(*(np.concatenate(each, axis=1) for each in zip(*parts, strict=True))).of(0)

    def advance(self, days: int) -> None:
        """Take note of days simulated, and say so."""
        self.days += days
        if self._on_trial is not None:
            self._on_trial(self.days)


def _places(staffings: int, replications: int, workers: int, most: int) -> Iterator[tuple[range, range]]:
    """Cut staffings x replications into tasks; those of a replication stay together as far as they can."""
    cells = max(1, min(most, -(-staffings * replications // (2 * workers))))
    rows = max(1, min(staffings, cells))
    columns = max(1, cells // rows)
    for first in range(0, replications, columns):
        numbers = range(first, min(first + columns, replications))
        for row in range(0, staffings, rows):
            yield range(row, min(row + rows, staffings)), numbers


def unstaffed(scenario: Scenario, fixed: frozenset[str] = frozenset()) -> Scenario:
    """Return the scenario with every pool that is not fixed staffed by interval, by nobody yet."""
    nobody = np.zeros((len(scenario.pools), scenario.day.intervals), np.int64)
    return staffed(scenario, nobody, fixed)


def staffed(scenario: Scenario, levels: Levels, fixed: frozenset[str] = frozenset()) -> Scenario:
    """Return the scenario with these agents in each interval, but for the pools that are fixed."""
    pools = {
        name: pool
        if name in fixed
        else pool.model_copy(update={"agents": tuple(map(int, agents)), "shifts": None})
        for (name, pool), agents in zip(scenario.pools.items(), levels, strict=True)
    }
    return scenario.model_copy(update={"pools": pools})


def try_out(task: Task) -> Counts:
    """Simulate the days of a task; this is what a worker does."""
    scenario, fixed = task.subject.scenario, task.subject.fixed
    variants = [staffed(scenario, levels, fixed) for levels in task.levels]
    return _tried(task.subject, task.levels.max(axis=0), variants, task.replications)


def try_roster(task: tuple[Subject, Sequence[int]]) -> Counts:
    """Simulate replications of a scenario as it stands, shifts included."""
    subject, replications = task
    if subject.scenario.demand.recording is not None:
        return _recorded(subject, [subject.scenario], replications)
    return _batched(_laid_out(subject.scenario, subject.seed), subject, [subject.scenario], replications)


def _tried(
    subject: Subject, most: Levels, variants: Sequence[Scenario], replications: Sequence[int]
) -> Counts:
    if subject.scenario.demand.recording is not None:
        return _recorded(subject, variants, replications)
    return _batched(_room_for(subject, most), subject, variants, replications)


def _batched(
    room: Staffings, subject: Subject, variants: Sequence[Scenario], replications: Sequence[int]
) -> Counts:
    """Simulate variants in compiled calls; those whose tallies are needed one day after the other."""
    scenario, tallied = subject.scenario, bool(further_goals(subject.scenario))
    is_held = _calls(scenario) > WORTH_HOLDING
    step = 1 if tallied or is_held else len(replications)
    parts = []
    for first in range(0, len(replications), step):
        numbers = replications[first : first + step]
        if is_held:
            with _held(subject, numbers[0]) as held:
                parts.append(counted(room, scenario, variants, numbers, held))
        else:
            parts.append(counted(room, scenario, variants, numbers))
    return Counts(*(np.concatenate(each, axis=1) for each in zip(*parts, strict=True)))


def counted(
    room: Staffings,
    scenario: Scenario,
    variants: Sequence[Scenario],
    numbers: Sequence[int],
    held: Held | None = None,
) -> Counts:
    """Simulate variants that are the scenario in all but agents, in one compiled call."""
    tried = room.tried(variants, numbers, tallied=bool(further_goals(scenario)), held=held)
    within, asked = DEFINITIONS[scenario.service_level.definition](tried.answers)
    counts = Counts(within, asked, tried.jobs)
    if tried.tallies is not None:
        counts = _with_further(counts, scenario, tried.tallies)
    return Counts(*(each.swapaxes(0, 1) for each in counts))


def _with_further(counts: Counts, scenario: Scenario, tallies: Tally) -> Counts:
    """Add the rows of the targets that are no answer rate of a tier."""
    further = further_counts(scenario, tallies)
    within, asked = (
        np.concatenate([own, more.reshape(*own.shape[:2], *more.shape[1:])], axis=2)
        for own, more in zip(counts[:2], further, strict=True)
    )
    return counts._replace(within=within, asked=asked)


def _recorded(subject: Subject, variants: Sequence[Scenario], replications: Sequence[int]) -> Counts:
    """Simulate recorded days, whose calls are not drawn, log by log."""
    days = [[_of_log(subject, variant, number) for number in replications] for variant in variants]
    return _stacked(days)


def _of_log(subject: Subject, variant: Scenario, replication: int) -> Counts:
    log = simulate(variant, draw(variant, subject.seed, replication), "compiled")
    counted = stack([tally(variant, log)])
    named = dict(zip(COUNTS, np.moveaxis(counted.counts, 1, 0), strict=True))
    within, asked = DEFINITIONS[variant.service_level.definition](named)
    windows = floor_plan(variant).office.window_end
    last = float(windows[-1]) if windows.size else -np.inf
    end = float(np.nanmax(np.concatenate([log.left, log.released, [variant.run_days * 86400.0]])))
    counts = Counts(within[None], asked[None], left_over(variant, log, last, end)[None, None])
    if further_goals(variant):
        counts = _with_further(counts, variant, counted)
    return counts.of(0).of(0)


def _stacked(days: Sequence[Sequence[Counts]]) -> Counts:
    return Counts(*(np.array([[day[part] for day in row] for row in days]) for part in range(3)))


class _Day(NamedTuple):
    held: Held
    used: Any
    """A lock: callers are for one thread at a time."""


_DAYS: OrderedDict[tuple[str, int, int], _Day] = OrderedDict()
"""Callers that are kept, by scenario, seed and replication; the latest used last."""
_LOOKING = Lock()


@contextmanager
def _held(subject: Subject, replication: int) -> Iterator[Held]:
    """Provide the callers of a replication to this thread alone."""
    from callcenter.batch import Held

    most = max(1, int(MOST_HELD / _calls(subject.scenario)))
    key = subject.name, subject.seed, replication
    with _LOOKING:
        day = _DAYS.pop(key, None) or _Day(Held(), Lock())
        while len(_DAYS) >= most:
            _DAYS.popitem(last=False)
        _DAYS[key] = day
    with day.used:
        yield day.held


def _calls(scenario: Scenario) -> float:
    """Return how many calls a replication has, roughly."""
    return sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers) * scenario.run_days


_KEPT = local()
"""What a thread keeps laid out, the latest used last."""


def _room_for(subject: Subject, most: Levels) -> Staffings:
    """Return what is laid out with room for so many agents."""
    sizes: dict[Any, Levels] = _KEPT.__dict__.setdefault("sizes", {})
    key = (subject.name, subject.seed, subject.fixed)
    if key not in sizes or (sizes[key] < most).any():
        sizes[key] = np.maximum(most + 1 + most // 8, sizes.get(key, most))
    return _laid_out(staffed(subject.scenario, sizes[key], subject.fixed), subject.seed)


def _laid_out(scenario: Scenario, seed: int) -> Staffings:
    from callcenter.batch import Staffings

    kept: OrderedDict[Any, Staffings] = _KEPT.__dict__.setdefault("laid_out", OrderedDict())
    key = (scenario.fingerprint, seed)
    if key not in kept:
        kept[key] = Staffings(scenario, seed, TIME_TO_BEGIN)
        if len(kept) > MOST_LAID_OUT:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]
