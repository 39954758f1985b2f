"""Recorded days as the demand of a scenario: `demand.replay` (contract 2.3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.demand import CallTape
from callcenter.demand.drawing import any_follow
from callcenter.fit.calls import Calls
from callcenter.records.store import NAME as DESCRIPTION
from callcenter.replay.recorded import Recorded, recorded
from callcenter.replay.stage import trap
from callcenter.replay.tapes import Arrivals, Traits, speeds, taped
from callcenter.scenario import Scenario
from callcenter.scenario.parts.recorded_calls import PATIENCE, TALK

MOST_READ = 8
"""Records that are kept once read: the points of a sweep mostly name the same."""


@dataclass(frozen=True, eq=False)
class PlayedDays:
    """Recorded days in turn: the first replication plays the first, the next one those that follow."""

    recorded: Recorded
    traits: Traits
    firsts_only: bool
    """First attempts alone are played; the scenario makes the calls that follow them."""
    counted: dict[str, tuple[float, ...]]
    digest: str
    remarks: tuple[str, ...]

    def __eq__(self, other: object) -> bool:
        """Whether the same calls are played, wherever they were read."""
        return isinstance(other, PlayedDays) and self.digest == other.digest

    def __hash__(self) -> int:
        """The same calls hash alike."""
        return hash(self.digest)

    @property
    def days(self) -> tuple[str, ...]:
        """Their dates, or the names that the records have for them."""
        return self.recorded.calls.days

    def expected(self, tier: str) -> tuple[float, ...]:
        """Return the mean calls of a tier by interval, as many as lead to those that asked for a person."""
        return self.counted[tier]

    def tape(self, scenario: Scenario, seed: int, replication: int) -> CallTape:
        """Return the callers of as many days as a replication of the scenario has, taken in turn."""
        numbers = replication * scenario.run_days + np.arange(scenario.run_days)
        calls, day = self._played(numbers % len(self.days))
        arrivals = Arrivals(calls.tier, calls.arrived + day * SECONDS_PER_DAY, np.arange(len(calls)))
        return taped(scenario, arrivals, calls, self.traits, seed, replication, self.firsts_only).tape

    def _played(self, numbers: Ints) -> tuple[Calls, Ints]:
        """Return the calls of some days one after the other, and on which of these days each comes."""
        rows = [self._rows[number] for number in numbers]
        day = np.repeat(np.arange(len(rows)), [len(own) for own in rows])
        return self.recorded.calls.only(np.concatenate(rows)), day

    @cached_property
    def _rows(self) -> list[Ints]:
        """The calls of each day that are played."""
        calls, follows = self.recorded.calls, self.recorded.follows
        played = ~follows if self.firsts_only else np.ones(len(calls), np.bool_)
        return [np.flatnonzero(played & (calls.day == number)) for number in range(len(self.days))]


class _Place(NamedTuple):
    """Which days of which records; a file that is written anew is read anew."""

    file: str
    stamp: tuple[int, int]
    days: str | None
    first: str | None
    last: str | None


class _Frame:
    """What records are read into: tiers, pools and opening hours of a scenario, by which it is known."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._key = tuple(scenario.tiers), tuple(scenario.pools), scenario.day

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frame) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key[:2])


def recording_of(scenario: Scenario) -> PlayedDays:
    """Return the recorded days that a scenario names; raises ReplayError, FitError or ScenarioError."""
    replay = scenario.demand.replay
    assert replay is not None
    place = _Place(replay.records, _stamp(Path(replay.records)), replay.days, replay.from_, replay.to)
    days = _read(place, _Frame(scenario))
    follows = any_follow(scenario)
    firsts_only = days.knows_attempts and follows
    traits = Traits(True, TALK in replay.take, PATIENCE in replay.take)
    return PlayedDays(
        days,
        traits,
        firsts_only,
        {name: _counted(scenario, days, name, firsts_only) for name in scenario.tiers},
        _digest(scenario, days, traits, firsts_only),
        (*days.remarks, *trap(days, follows, firsts_only)),
    )


def _stamp(file: Path) -> tuple[int, int]:
    """Return when a file was written and how long it is; of a directory, the description of its records."""
    described = file / DESCRIPTION
    try:
        status = (described if file.is_dir() else file).stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(MOST_READ)
def _read(place: _Place, frame: _Frame) -> Recorded:
    return recorded(place.file, frame.scenario, place.days, place.first, place.last)


def _counted(scenario: Scenario, days: Recorded, tier: str, firsts_only: bool) -> tuple[float, ...]:
    calls, day = days.calls, scenario.day
    own = calls.is_offered & (calls.tier == list(scenario.tiers).index(tier))
    if firsts_only:
        own &= ~days.follows
    interval = ((calls.arrived[own] - day.open) // day.interval).astype(np.int64)
    mean = np.bincount(interval, minlength=day.intervals) / len(days)
    asking = scenario.asking(tier)
    return tuple((mean / asking if asking else mean).tolist())


def _digest(scenario: Scenario, days: Recorded, traits: Traits, firsts_only: bool) -> str:
    """Return the SHA-256 of what goes onto tapes; talk that is taken is divided by speeds (contract 8.2)."""
    summed = hashlib.sha256(repr((days.calls.days, traits, firsts_only)).encode())
    columns = (getattr(days.calls, field.name) for field in fields(days.calls))
    arrays = [column for column in columns if isinstance(column, np.ndarray)]
    for array in (*arrays, days.follows, *([speeds(scenario)] if traits.talk else [])):
        summed.update(np.ascontiguousarray(array).tobytes())
    return summed.hexdigest()
