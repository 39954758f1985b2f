"""The days that a staffing is searched, mended and judged on: how many, and which."""

from __future__ import annotations

import math
from typing import NamedTuple

from callcenter.scenario import Scenario
from callcenter.study.staffing.busyness import CANDIDATES, GROUP, balanced, is_busy

SECONDS_A_DAY, SECONDS_A_CALL = 1e-4, 1.5e-7
"""What a day costs, and each of its calls, roughly; decides how many days, never how long they may take."""

RECORDED = 20.0
"""Times as much a recorded day costs, which is simulated by itself."""

SEARCH, FRESH = 20.0, 3.3
"""Seconds of one core that the days of a search, tried STAFFINGS times, and fresh ones may cost."""
STAFFINGS = 150
MOST_SEARCHED, MOST_MENDED = 400, 600
LEAST_MENDED = 32
WITHOUT_EXCEPTION = 16
"""Days to begin with where no exception is allowed; of others, those that have one are added."""
MENDED, JUDGED = 40, 150
"""Days it is mended and judged on at most, for each day that was asked for."""
LEAST_FRESH, MOST_FRESH = 320, 2000


class Block(NamedTuple):
    """Some days, by the numbers of their replications."""

    numbers: tuple[int, ...]
    next: int
    """First number of the block after it."""
    group: int
    """Days that balance each other, one group after the other; 1: each stands for itself."""


def joined(block: Block, other: Block) -> Block:
    """Return two blocks as one."""
    return Block(block.numbers + other.numbers, other.next, block.group)


class Days:
    """Blocks of days of one scenario and seed, none of which shares a day with another."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario, self._seed, self._next = scenario, seed, 0
        self._is_busy = is_busy(scenario)

    def block(self, number: int) -> Block:
        """Return at least so many days that no block has had before; they balance where days are busy."""
        first = self._next
        if self._is_busy:
            groups = max(2, math.ceil(number / GROUP))
            self._next = first + groups * CANDIDATES
            numbers = balanced(self._scenario, self._seed, first, groups).ravel().tolist()
            return Block(tuple(numbers), self._next, GROUP)
        self._next = first + number
        return Block(tuple(range(first, self._next)), self._next, 1)


def seconds_of(scenario: Scenario) -> float:
    """Return what a replication costs, roughly."""
    calls = sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers) * scenario.run_days
    seconds = SECONDS_A_DAY * scenario.run_days + SECONDS_A_CALL * calls
    return seconds if scenario.demand.recording is None else RECORDED * seconds


def affordable(scenario: Scenario) -> int:
    """Return on how many days a search may be made."""
    return min(MOST_SEARCHED, int(SEARCH / (STAFFINGS * seconds_of(scenario))))


def mended_days(scenario: Scenario, asked: int, searched: int) -> int:
    """Return on how many fresh days a staffing is mended; few where few were asked for."""
    number = min(int(SEARCH / (STAFFINGS * seconds_of(scenario))), MOST_MENDED, MENDED * asked)
    return GROUP * math.ceil(max(number, LEAST_MENDED, searched) / GROUP)


def fresh_days(scenario: Scenario, asked: int) -> int:
    """Return on how many fresh days a staffing is judged; few where few were asked for."""
    number = min(int(FRESH / seconds_of(scenario)), MOST_FRESH, JUDGED * asked)
    return GROUP * math.ceil(max(number, LEAST_FRESH) / GROUP)
