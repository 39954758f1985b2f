"""How the CPU time of a call grows with calls, agents and tiers, one of them at a time; compiled engine."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from benchmarks.day import DAY, LARGE, MEAN_TALK
from benchmarks.findings import Findings, Goal, Table, figure
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import tally
from callcenter.scenario import Scenario, load

ROUNDS = 3
LEAST_SECONDS = 0.2
CALLS = (10_000, 100_000, 1_000_000, 10_000_000)
FLOORS = (10, 100, 1_000, 10_000)
TIERS = (1, 2, 4, 8, 16, 32)
TIER_DAY_CALLS = 28_800
MANY = 10 * TIER_DAY_CALLS
"""Calls of a day on which agents or tiers grow."""
BUSY = 1.05
"""Load per agent on the day on which agents grow: more than one can carry, so that all floors have a line."""


class Cost(NamedTuple):
    """Microseconds per call: drawing, simulating, tallying."""

    draw: float
    simulate: float
    tally: float

    @property
    def whole_way(self) -> float:
        """Return the sum."""
        return sum(self)


Costs = dict[int, Cost]


def measure(_: int) -> Findings:
    """Let each of them grow."""
    by_calls = medians(larger_hotline, CALLS)
    by_agents = medians(larger_floor, FLOORS)
    by_tiers = medians(more_tiers, TIERS)
    return Findings(
        [calls_table(by_calls), agents_table(by_agents), tiers_table(by_tiers)], goals(by_calls, by_agents)
    )


def medians(scenario_of: Callable[[int], Scenario], sizes: tuple[int, ...]) -> Costs:
    """Return the median cost at each size over interleaved rounds, after a small one that warms up."""
    cost(scenario_of(sizes[0]), 0)
    rounds = [{size: cost(scenario_of(size), number) for size in sizes} for number in range(ROUNDS)]
    return {size: Cost(*map(median, zip(*(each[size] for each in rounds), strict=True))) for size in sizes}


def cost(scenario: Scenario, number: int) -> Cost:
    """Return the cost of a call, over as many days as it takes for a time that can be trusted."""
    calls, seconds = 0, [0.0, 0.0, 0.0]
    while sum(seconds) < LEAST_SECONDS:
        marks = [time.process_time()]
        tape = draw(scenario, scenario.seed, number)
        marks.append(time.process_time())
        log = simulate(scenario, tape, "compiled")
        marks.append(time.process_time())
        tally(scenario, log)
        marks.append(time.process_time())
        seconds = [sum(each) for each in zip(seconds, _steps(marks), strict=True)]
        calls, number = calls + len(log.tier), number + ROUNDS
    return Cost(*(1e6 * each / calls for each in seconds))


def _steps(marks: list[float]) -> list[float]:
    return [after - before for before, after in pairwise(marks)]


def larger_hotline(calls: int) -> Scenario:
    """Return a tier day with so many calls, and agents in proportion."""
    return hotline(calls, round(LARGE.agents * calls / TIER_DAY_CALLS), MEAN_TALK, tiers=3)


def larger_floor(agents: int) -> Scenario:
    """Return a day on which the same calls keep so many agents busy, by longer talk."""
    return hotline(MANY, agents, BUSY * agents * DAY / MANY, tiers=3)


def more_tiers(tiers: int) -> Scenario:
    """Return a day on which the same calls are spread over so many tiers."""
    return hotline(MANY, 10 * LARGE.agents, MEAN_TALK, tiers)


def hotline(calls: int, agents: int, talk: float, tiers: int) -> Scenario:
    """Return a day with one pool, and tiers equal but for their priority; patience is half a talk."""
    names = [f"tier{number}" for number in range(tiers)]
    return load(
        {
            "name": "growth",
            "day": {"open": "00:00", "close": "24:00", "interval": "30 min"},
            "demand": {"tiers": {name: {"calls": calls / tiers / 48} for name in names}},
            "tiers": {
                name: {
                    "priority": number,
                    "target": {"within": "20 s", "share": "85%"},
                    "talk": {"exponential": f"{talk} s"},
                    "patience": {"exponential": f"{talk / 2} s"},
                }
                for number, name in enumerate(names)
            },
            "pools": {"floor": {"serves": names, "agents": agents}},
        }
    )


def calls_table(costs: Costs) -> Table:
    """One row per size of the hotline."""
    return Table(
        "More calls",
        "Microseconds per call in one replication; demand and agents of the tier day grow together.",
        ("calls", "agents", "simulate", "whole way"),
        [
            (
                f"{calls:,}",
                f"{round(LARGE.agents * calls / TIER_DAY_CALLS):,}",
                figure(c.simulate),
                figure(c.whole_way),
            )
            for calls, c in costs.items()
        ],
    )


def agents_table(costs: Costs) -> Table:
    """One row per size of the floor."""
    least, smallest = min(costs), costs[min(costs)].simulate
    return Table(
        "More agents",
        f"Microseconds per call; {MANY:,} calls in three tiers. Talk grows with the agents, so that every\n"
        f"floor has the same load per agent ({BUSY}) and a line.",
        ("agents", "simulate", "x smallest", "log(agents), x smallest"),
        [
            (
                f"{agents:,}",
                figure(c.simulate),
                figure(c.simulate / smallest),
                figure(math.log(agents, least)),
            )
            for agents, c in costs.items()
        ],
    )


def tiers_table(costs: Costs) -> Table:
    """One row per number of tiers."""
    return Table(
        "More tiers",
        f"Microseconds per call; {MANY:,} calls, {10 * LARGE.agents} agents, tiers that differ only in\n"
        "priority.",
        ("tiers", "simulate", "whole way"),
        [(str(tiers), figure(c.simulate), figure(c.whole_way)) for tiers, c in costs.items()],
    )


def goals(by_calls: Costs, by_agents: Costs) -> list[Goal]:
    """Compare with the growth allowed; a quadratic step would show as a factor of 10 or more."""
    dearer = by_calls[CALLS[-1]].whole_way / by_calls[CALLS[-2]].whole_way
    smallest = by_agents[FLOORS[0]].simulate
    beside_log = max(
        by_agents[agents].simulate / smallest / math.log(agents, FLOORS[0]) for agents in FLOORS[1:]
    )
    return [
        Goal("a call of 10^7 beside a call of 10^6", 2, dearer, at_most=True),
        Goal("growth with agents beside log(agents)", 1, beside_log, at_most=True),
    ]
