"""Days of the past, played with the calls that came: what staffings of them would have come to."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from threading import local
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.clock import TICKS_PER_SECOND, clock_text
from callcenter.demand import GivenCalls, Loads
from callcenter.demand.tables import demand_tables
from callcenter.scenario import Scenario, load
from callcenter.study.staffing.goals import Meet, goals_of
from callcenter.study.staffing.trials import Counts, counted, staffed

if TYPE_CHECKING:
    from callcenter.batch import Staffings

USUAL_PATIENCE = "5 min"
USUAL_TARGET: Mapping[str, str] = {"within": "20 s", "share": "80%"}
"""Of callers of whom nobody has said what they are promised."""
SLIGHT = 1e-3
"""Calls: a share of them is known also where none came."""


GOLDEN = (np.sqrt(5) - 1) / 2
"""Its multiples lie evenly between whole numbers: Weyl's sequence."""


class Played(NamedTuple):
    """What a staffing of all days came to."""

    hours: Floats
    """Agent-hours rostered, by day."""
    above: Floats
    """What is above the promises, all days together; those of answer rates are one: calls in time."""
    by_day: Floats
    """The same of each day, shape (days, promises); nan of a promise that is about days."""

    @property
    def margin(self) -> float:
        """That of the promise that is kept the least."""
        return float(self.above.min())

    @property
    def binding(self) -> int:
        """Which promise that is."""
        return int(self.above.argmin())


def usual(opening: float, closing: float, interval: float, handle_s: float) -> Scenario:
    """Return the scenario of one line of callers, where nobody has given one."""
    return load(
        {
            "name": "usual",
            "day": {"open": clock_text(opening), "close": clock_text(closing), "interval": f"{interval:g} s"},
            "demand": {"calls": 0},
            "tiers": {
                "any": {
                    "priority": 0,
                    "talk": {"exponential": f"{handle_s:g} s"},
                    "patience": {"exponential": USUAL_PATIENCE},
                    "target": dict(USUAL_TARGET),
                }
            },
            "pools": {"desk": {"serves": ["any"], "agents": 1}},
        }
    )


def one_day(base: Scenario, calls: Floats) -> Scenario:
    """Return a scenario of one day with these calls, shape (tiers, intervals), and the rest as it was.

    Raises ScenarioError where something in it is written for each of several days.
    """
    data = base.to_dict()
    for key in ("days", "warm_up", "cool_down"):
        data.pop(key, None)
    data["day"] = {key: value for key, value in data["day"].items() if key != "date"}
    tiers = {name: {"calls": own.tolist()} for name, own in zip(base.tiers, calls + SLIGHT, strict=True)}
    data["demand"] = {"tiers": tiers, "talk_factor_cv": base.demand.talk_factor_cv}
    for name, pool in data["pools"].items():
        pool.pop("shifts", None)
        pool["agents"] = np.rint(base.rostered(name)).astype(int).tolist()
    return load(data)


def shares_of(scenario: Scenario) -> Floats:
    """Return which part of the calls of each interval is of which tier, shape (tiers, intervals)."""
    rows = [np.mean(scenario.demand.expected_on(name), axis=0) for name in scenario.tiers]
    calls = np.array(rows) + SLIGHT * np.mean(rows, axis=1, keepdims=True) + 1e-12
    return np.asarray(calls / calls.sum(axis=0))


def whole_agents(agents: Floats) -> Ints:
    """Return whole agents, shape (days, pools, intervals), so many on the whole.

    What decides whether part of an agent is one is the same for every staffing, so that more are never fewer
    anywhere, and two that are nearly alike are alike in most intervals.
    """
    day, pool, cell = np.indices(agents.shape)
    threshold = np.modf(cell * GOLDEN + pool * (GOLDEN / 2) + day * (np.sqrt(2) - 1))[0]
    return np.asarray(np.floor(agents + threshold), np.int64)


class PlayedDays:
    """Days whose calls are given: each staffing of them meets the same callers."""

    def __init__(self, scenario: Scenario, calls: Floats, times: int) -> None:
        """Take calls of the shape (days, tiers, intervals); each day is played several times."""
        self._scenario, self._times = scenario, times
        self._goals = goals_of(scenario, Meet())
        self._calls = calls
        self._tables = demand_tables(scenario)
        self._kept = local()
        self._given = [self._callers(number) for number in range(len(calls) * times)]

    def _callers(self, number: int) -> GivenCalls:
        """Draw who calls when, so many in each interval as there were, and who of them is of which tier."""
        day = self._scenario.day
        own = self._calls[number // self._times]
        random = np.random.default_rng([self._scenario.seed, number])
        counts = _whole(own, random)
        tier, cell = (np.repeat(place.ravel(), counts.ravel()) for place in np.indices(counts.shape))
        at = np.floor(random.random(tier.size) * day.interval * TICKS_PER_SECOND) / TICKS_PER_SECOND
        arrived = day.open + cell * day.interval + at
        order = np.argsort(arrived, kind="stable")
        return GivenCalls(
            self._scenario,
            self._scenario.seed,
            number,
            tier[order].astype(np.int32),
            arrived[order],
            self._tables,
        )

    def required(self, calls: Floats, safety: float) -> Floats:
        """Return the agents that calls require, so many roots of the load above it.

        The shape is (days, pools, intervals).  Pools that take the same calls are sized together, and share
        the agents as those of the scenario do.
        """
        loads, desks = self._loads(calls), self._desks
        agents = np.zeros((len(calls), len(self._scenario.pools), calls.shape[-1]))
        for pools, tiers in desks.groups:
            load = loads[:, tiers].sum(axis=1)
            enough = np.maximum(load + safety * np.sqrt(load), 0.0)
            agents[:, pools] = enough[:, None] * desks.shares[pools]
        return np.asarray(agents / desks.present[:, None] + desks.fixed)

    def _loads(self, calls: Floats) -> Floats:
        """Return the load of each tier in Erlang, shape (days, tiers, intervals)."""
        per_call, whole = self._desks.per_call, calls.sum(axis=1, keepdims=True)
        return np.asarray(per_call.own * calls + per_call.all * whole)

    @cached_property
    def _desks(self) -> _Desks:
        return _desks_of(self._scenario)

    def played(self, staffings: Sequence[Floats]) -> list[Played]:
        """Play all days with each of some staffings, shape (days, pools, intervals) each."""
        levels = np.stack([whole_agents(each) for each in staffings])
        most = levels.max(axis=(0, 1))
        numbers = range(len(self._given))
        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as threads:
            days = list(
                threads.map(lambda number: self._day(levels[:, number // self._times], most, number), numbers)
            )
        counts = Counts(*(np.concatenate(each, axis=1) for each in zip(*days, strict=True)))
        hours = levels.sum(axis=(2, 3)) * self._scenario.day.interval / 3600
        return [self._judged(own, counts.of(number)) for number, own in enumerate(hours)]

    def _judged(self, hours: Floats, counts: Counts) -> Played:
        """Hold what a staffing came to against the promises."""
        above = self._together(self._goals.margins(counts)[None])[0]
        by_day = self._together(self._goals.by_replication(counts))
        return Played(hours, above, by_day.reshape(hours.size, self._times, -1).mean(axis=1))

    def _together(self, margins: Floats) -> Floats:
        """Return margins with those of answer rates as one: so many calls in time as are promised in all."""
        targets = self._goals.targets
        is_rate = np.array([each.is_answer_rate and each.meet.days is None for each in targets])
        others = margins[:, : len(targets)][:, ~is_rate]
        rates = [margins[:, : len(targets)][:, is_rate].sum(axis=1, keepdims=True)] if is_rate.any() else []
        return np.concatenate([*rates, others], axis=1)

    def _day(self, levels: Ints, most: Ints, number: int) -> Counts:
        """Play one day with each of some staffings."""
        from callcenter.batch import Given

        variants = [staffed(self._scenario, each) for each in levels]
        return counted(self._room(most), self._scenario, variants, [number], Given(self._given[number]))

    def _room(self, most: Ints) -> Staffings:
        """Return what this thread keeps laid out, with room for so many agents."""
        from callcenter.batch import Staffings

        kept = self._kept.__dict__
        if "room" not in kept or (kept["most"] < most).any():
            kept["most"] = most + most // 4 + 1
            kept["room"] = Staffings(staffed(self._scenario, kept["most"]), self._scenario.seed)
        room: Staffings = kept["room"]
        return room


def _whole(calls: Floats, random: np.random.Generator) -> Ints:
    """Return whole calls of the tiers in each interval, so many together as there were."""
    if (calls == np.rint(calls)).all():
        return np.asarray(calls, np.int64)
    together = np.rint(calls.sum(axis=0)).astype(np.int64)
    shares = np.where(calls.sum(axis=0) > 0, calls, 1.0)
    drawn = random.multinomial(together, (shares / shares.sum(axis=0)).T)
    return np.asarray(drawn.T, np.int64)


class _PerCall(NamedTuple):
    """Erlang by call, shape (tiers, intervals)."""

    own: Floats
    """Of a tier's own calls."""
    all: Floats
    """By call of all tiers: of a tier that has only calls passed on from others."""


class _Desks(NamedTuple):
    """Who takes which calls."""

    groups: Sequence[tuple[list[int], list[int]]]
    """Pools that take the same calls, and the tiers of these."""
    shares: Floats
    """Of the agents of a group, shape (pools, intervals)."""
    fixed: Floats
    """Agents of the pools that are in no group: they help out, or call back."""
    present: Floats
    """Of the agents rostered, by pool."""
    per_call: _PerCall


def _desks_of(scenario: Scenario) -> _Desks:
    tiers, pools = list(scenario.tiers), list(scenario.pools.values())
    staffed_by = np.array([scenario.staffed(name) for name in scenario.pools], np.float64)
    groups: list[tuple[list[int], list[int]]] = []
    for place, pool in enumerate(pools):
        own = {tiers.index(name) for name, serve in pool.serves.items() if serve.after == 0}
        alike = [group for group in groups if own & set(group[1])]
        if own:
            groups = [group for group in groups if group not in alike]
            joined = [place, *(each for group in alike for each in group[0])]
            served = own.union(*(group[1] for group in alike))
            groups.append((sorted(joined), sorted(served)))
    fixed, shares = np.array(staffed_by), np.zeros(staffed_by.shape)
    for members, _served in groups:
        fixed[members] = 0
        usual = staffed_by[members].sum(axis=1, keepdims=True)
        usual = np.where(usual.sum() > 0, usual, 1.0)
        given = staffed_by[members]
        shares[members] = np.where(given.sum(axis=0) > 0, given, usual)
        shares[members] /= shares[members].sum(axis=0)
    present = np.array([(1 - pool.absence) * (1 - pool.shrinkage) for pool in pools])
    return _Desks(groups, shares, fixed, np.maximum(present, 0.05), _per_call(scenario))


def _per_call(scenario: Scenario) -> _PerCall:
    loads, cells = Loads(scenario), range(scenario.day.intervals)
    calls = np.array([scenario.demand.expected_on(name)[0] for name in scenario.tiers])
    erlangs = np.array([[loads.of(name, cell).erlangs for cell in cells] for name in scenario.tiers])
    is_own = calls > 10 * SLIGHT
    own = np.divide(erlangs, calls, out=np.zeros(calls.shape), where=is_own)
    whole = np.maximum(calls.sum(axis=0), SLIGHT)
    return _PerCall(own, np.where(is_own, 0.0, erlangs / whole))
