"""The roster of one replication: who is on the phones when, absence included (rule R18)."""

from __future__ import annotations

import itertools
import math
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from threading import local
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.demand.hours import interval_starts
from callcenter.demand.streams import uniforms
from callcenter.scenario import Pool, Scenario, Shift
from callcenter.scenario.parts.by_day import ByDay, rows_of
from callcenter.scenario.parts.staffing import NOISE, whole_agents

Counts = npt.NDArray[np.int32]

MOST_KEPT = 64
"""Rosters that a thread keeps."""
_KEPT = local()
"""By the identity of its scenario, which is kept as well, that no other takes its place."""


class Roster(NamedTuple):
    """Staffing as a step function within the opening hours.

    There is a row for every interval start of every day, and for each moment between them at which some level
    changes; what holds at close stays in force until the next opening.
    """

    at: Floats
    """Shape (changes,): seconds since 00:00 of the first day, rising."""
    rostered: Floats
    """Shape (changes, pools); 7.5 where the scenario says so."""
    staffed: Counts
    """Shape (changes, pools): on the phones, i.e. rostered less absence and shrinkage, in whole agents."""


class Absence(NamedTuple):
    """The random streams that decide which agents of a pool are absent in one replication."""

    seed: int
    replication: int
    pool: str
    share: float

    def missing(self, day: int, shift: str, agents: int) -> Ints:
        """Return how many are absent of the first 0, 1, ... agents of a shift that starts on a day.

        Each agent has a place of their own in the stream of day and shift: adding one moves no other draw.
        """
        if self.share == 0:
            return np.zeros(agents + 1, np.int64)
        draws = uniforms(self.seed, self.replication, self.pool, f"absence {day} {shift}", agents)
        return np.concatenate([[0], np.cumsum(draws < self.share)])


class Levels(NamedTuple):
    """Agents of a pool, one entry per change."""

    rostered: Floats
    present: Floats
    """Those who are not absent."""


def roster(scenario: Scenario, seed: int, replication: int) -> Roster:
    """Return who is rostered and who is on the phones in one replication.

    Where chance has no part in it, it is made once for all replications.
    """
    if not is_certain(scenario):
        return _made(scenario, seed, replication)
    kept: OrderedDict[int, tuple[Scenario, Roster]] = _KEPT.__dict__.setdefault("rosters", OrderedDict())
    if id(scenario) not in kept:
        kept[id(scenario)] = scenario, _made(scenario, seed, replication)
        if len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    at, rostered, staffed = kept[id(scenario)][1]
    return Roster(at.copy(), rostered.copy(), staffed.copy())


def _made(scenario: Scenario, seed: int, replication: int) -> Roster:
    at = _changes(scenario)
    rostered = np.empty((at.size, len(scenario.pools)))
    staffed = np.empty(rostered.shape, np.int32)
    for column, (name, pool) in enumerate(scenario.pools.items()):
        absence = Absence(seed, replication, name, pool.absence)
        if pool.shifts is not None:
            levels = _of_shifts(pool.shifts, scenario, absence, at)
        else:
            levels = _of_series(scenario, _agents_by_day(scenario, pool, seed, replication), absence, at)
        rostered[:, column] = levels.rostered
        staffed[:, column] = _on_the_phones(scenario, at, levels.present * (1 - pool.shrinkage))
    return Roster(at, rostered, staffed)


def _changes(scenario: Scenario) -> Floats:
    """Return the moments at which some level may change."""
    starts = interval_starts(scenario)
    shifts = [shift for pool in scenario.pools.values() for shift in pool.shifts or ()]
    if not shifts:
        return starts
    edges = np.concatenate([_edges(shift, scenario).ravel() for shift in shifts])
    time = edges % SECONDS_PER_DAY
    inside = (edges >= 0) & (time > scenario.day.open) & (time < scenario.day.close)
    last = scenario.run_days * SECONDS_PER_DAY
    return np.unique(np.concatenate([starts, edges[inside & (edges < last)]]))


def _days(shift: Shift, scenario: Scenario) -> Ints:
    """Return the days it starts on, 0 = the first simulated day, -1 the one before."""
    return np.array([day for day in range(-1, scenario.run_days) if shift.works_on(day + 1)], np.int64)


def _edges(shift: Shift, scenario: Scenario) -> Floats:
    """Return when its agents come to the phones and leave them by turns, shape (days, 2 * spans)."""
    offsets = np.array(shift.present, np.float64).ravel()
    edges: Floats = np.add.outer(_days(shift, scenario) * SECONDS_PER_DAY, offsets)
    return edges


def _of_shifts(shifts: tuple[Shift, ...], scenario: Scenario, absence: Absence, at: Floats) -> Levels:
    times, rostered, present = [], [], []
    for label, shift in _labelled(shifts):
        edges = _edges(shift, scenario)
        signs = np.tile([1, -1], len(shift.present))
        missing = [absence.missing(int(day), label, shift.agents)[-1] for day in _days(shift, scenario)]
        times.append(edges.ravel())
        rostered.append(np.tile(signs * shift.agents, len(missing)))
        present.append(np.outer(shift.agents - np.array(missing, np.int64), signs).ravel())
    moments = np.concatenate(times)
    order = np.argsort(moments, kind="stable")
    place = np.searchsorted(moments[order], at, side="right")
    sums = (np.cumsum(np.concatenate([[0], np.concatenate(part)[order]])) for part in (rostered, present))
    return Levels(*(total[place] for total in sums))


def _labelled(shifts: tuple[Shift, ...]) -> Iterator[tuple[str, Shift]]:
    """Yield each shift with the name of its stream: its hours, numbered where several have the same."""
    seen: Counter[str] = Counter()
    for shift in shifts:
        hours = f"{shift.start:g}-{shift.end:g}"
        yield f"{hours} {seen[hours]}" if seen[hours] else hours, shift
        seen[hours] += 1


def _agents_by_day(scenario: Scenario, pool: Pool, seed: int, replication: int) -> Floats:
    """Return the agents that a series rosters, shape (days of the run, intervals)."""
    agents = pool.agents or ()
    rows = np.array(rows_of(agents), np.float64)
    if isinstance(agents, ByDay) and agents.drawn_from:
        return rows[drawn_days(agents.drawn_from, seed, replication, scenario.run_days)]
    return rows if len(rows) > 1 else np.repeat(rows, scenario.run_days, axis=0)


def drawn_days(dates: Sequence[str], seed: int, replication: int, days: int) -> Ints:
    """Return the position of the date whose roster each day takes (rule R18a).

    The stream is named by the dates: pools whose rosters are those of the same dates take the same ones.
    """
    draws = uniforms(seed, replication, "", f"roster of {' '.join(dates)}", days)
    places: Ints = (draws * len(dates)).astype(np.int64)
    return places


def _of_series(scenario: Scenario, levels: Floats, absence: Absence, at: Floats) -> Levels:
    """Agent i works in the intervals that have more than i agents; an absence lasts the whole day.

    Of 7.5 agents the eighth counts half, absent or not.
    """
    rostered = levels.ravel()
    present = rostered
    if absence.share > 0:
        most = math.ceil(levels.max())
        numbers = np.arange(most + 1)
        missing = [np.interp(row, numbers, absence.missing(day, "0", most)) for day, row in enumerate(levels)]
        present = rostered - np.concatenate(missing)
    if at.size == rostered.size:
        return Levels(rostered, present)
    interval = np.searchsorted(interval_starts(scenario), at, side="right") - 1
    return Levels(rostered[interval], present[interval])


def _on_the_phones(scenario: Scenario, at: Floats, present: Floats) -> Ints:
    """Return whole agents, their remainder carried through each day (rule R8e)."""
    whole = np.floor(present + NOISE)
    if np.all(np.abs(whole - present) <= NOISE):
        return whole.astype(np.int64)
    starts = interval_starts(scenario)
    number = np.searchsorted(starts, at, side="right") - 1
    closes = starts[number] + scenario.day.interval
    lasts = np.minimum(np.append(at[1:], np.inf), closes) - at
    day = number // scenario.day.intervals
    kinds: dict[bytes, list[int]] = {}
    levels: list[int] = []
    for first, end in itertools.pairwise([*np.flatnonzero(np.diff(day, prepend=-1)), at.size]):
        lot = [column[first:end] for column in (number, lasts, present)]
        key = lot[1].tobytes() + lot[2].tobytes()
        if key not in kinds:
            kinds[key] = list(whole_agents(*(column.tolist() for column in lot)))
        levels += kinds[key]
    return np.array(levels, np.int64)


def is_certain(scenario: Scenario) -> bool:
    """Whether the roster is the same in every replication: nobody is absent, and none is drawn."""
    return not are_drawn(scenario) and not any(pool.absence for pool in scenario.pools.values())


def are_drawn(scenario: Scenario) -> bool:
    """Whether rosters of some pool are drawn from days of the past."""
    series = (pool.agents for pool in scenario.pools.values())
    return any(isinstance(each, ByDay) and bool(each.drawn_from) for each in series)
