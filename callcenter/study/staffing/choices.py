"""What a pool may choose from: shifts with the places of their breaks, as columns of an integer programme.

Breaks that lie in windows are chosen apart from the shifts (Aykin 1996): a column says how many agents of a
shift have a break at a time, and over its window these add up to the agents of the shift.  As the windows
of a shift do not overlap, any such numbers can be dealt out to its agents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.scenario import Day
from callcenter.study.staffing.catalogue import Catalogue, PartTime, Template
from callcenter.study.staffing.gains import DIGITS

Spans = Sequence[tuple[float, float]]


class Pattern(NamedTuple):
    """A shift with the times of those breaks that lie in windows, in seconds of the clock."""

    shift: int
    """Its position among the shifts of the pool."""
    at: tuple[float, ...] = ()


Plan = Counter[Pattern]
"""How many agents of a pool work each pattern."""


class Place(NamedTuple):
    """One time of one break in a window."""

    shift: int
    window: int
    """Which of the shift's windows."""
    at: float


class Choices:
    """The shifts of one pool, and the places of their breaks."""

    def __init__(self, shifts: Sequence[Template], day: Day, part_time: PartTime | None = None) -> None:
        self.shifts, self.day, self.part_time = list(shifts), day, part_time
        self.places = [
            Place(number, window, at)
            for number, shift in enumerate(shifts)
            for window, position in enumerate(shift.windows)
            for at in times_of(shift, position, day.interval)
        ]
        working = np.stack([self._working(shift) for shift in shifts], axis=1)
        breaks = [self._on_break(place) for place in self.places]
        self.presence: Floats = np.column_stack([working, *(-part for part in breaks)])
        """Share of each interval that an agent is on the phones, (intervals, columns); breaks take away."""
        self._patterns: dict[Pattern, Floats] = {}

    @property
    def columns(self) -> int:
        """How many there are: of the shifts, then of the places."""
        return int(self.presence.shape[1])

    def rows(self) -> Floats:
        """Return what must come to 0: breaks of each window less agents of the shift, (windows, columns)."""
        windows = sorted({(place.shift, place.window) for place in self.places})
        rows = np.zeros((len(windows), self.columns))
        for row, (shift, window) in enumerate(windows):
            rows[row, shift] = -1
            here = [each.shift == shift and each.window == window for each in self.places]
            rows[row, len(self.shifts) :] = here
        return rows

    def part_time_row(self) -> Floats:
        """Return what must be at most 0: part-timers less the share of all that they may be."""
        row = np.zeros(self.columns)
        if self.part_time is not None:
            part = np.array([shift.length < self.part_time.below for shift in self.shifts])
            row[: len(self.shifts)] = part - self.part_time.at_most
        return row

    def plan(self, numbers: Sequence[int]) -> Plan:
        """Deal breaks out to agents, the early ones together: the plan of a solution by columns."""
        plan: Plan = Counter()
        for shift, agents in enumerate(numbers[: len(self.shifts)]):
            times: list[list[float]] = [[] for _window in self.shifts[shift].windows]
            for place, number in zip(self.places, numbers[len(self.shifts) :], strict=True):
                if place.shift == shift:
                    times[place.window] += [place.at] * int(number)
            for agent in range(int(agents)):
                plan[Pattern(shift, tuple(each[agent] for each in times))] += 1
        return plan

    def numbers(self, plan: Plan) -> Floats:
        """Return a plan by columns."""
        numbers = np.zeros(self.columns)
        index = {place: len(self.shifts) + number for number, place in enumerate(self.places)}
        for pattern, agents in plan.items():
            numbers[pattern.shift] += agents
            for window, at in enumerate(pattern.at):
                numbers[index[Place(pattern.shift, window, at)]] += agents
        return numbers

    def pattern_presence(self, pattern: Pattern) -> Floats:
        """Return the share of each interval in which an agent of a pattern is on the phones."""
        if pattern not in self._patterns:
            self._patterns[pattern] = self.presence @ self.numbers(Counter({pattern: 1}))
        return self._patterns[pattern]

    def best_pattern(self, shift: int, worth: Floats) -> Pattern:
        """Return the shift with its breaks where the phones are worth least, by interval."""
        at = []
        for window in range(len(self.shifts[shift].windows)):
            here = [place for place in self.places if (place.shift, place.window) == (shift, window)]
            at.append(min(here, key=lambda place: (self._lost(place, worth), place.at)).at)
        return Pattern(shift, tuple(at))

    def allows(self, plan: Plan) -> bool:
        """Whether a plan keeps the bounds of its shifts and the share of part-timers."""
        agents = Counter[int]()
        for pattern, number in plan.items():
            agents[pattern.shift] += number
        kept = (shift.at_least <= agents[number] <= shift.at_most for number, shift in enumerate(self.shifts))
        return all(kept) and float(self.part_time_row() @ self.numbers(plan)) <= 1e-9

    def _working(self, shift: Template) -> Floats:
        """Return the presence of an agent who has no breaks but those at fixed times."""
        fixed = tuple(pause for pause in shift.breaks if pause.between is None)
        return share_of_intervals(shift.model_copy(update={"breaks": fixed}).present, self.day)

    def _lost(self, place: Place, worth: Floats) -> float:
        """Return what a break at a place costs, rounded, so that equals are equal on every processor."""
        return round(float(self._on_break(place) @ worth), DIGITS)

    def _on_break(self, place: Place) -> Floats:
        shift = self.shifts[place.shift]
        begin = place.at + (SECONDS_PER_DAY if place.at < shift.start else 0)
        length = shift.breaks[shift.windows[place.window]].for_
        return share_of_intervals([(begin, begin + length)], self.day)


def times_of(shift: Template, position: int, interval: float) -> list[float]:
    """Return when a break in a window may begin, seconds of the clock.

    From the beginning of the window on, in steps of the break or of the interval, whichever is shorter.
    """
    pause = shift.breaks[position]
    begin, end = shift.room(pause)
    step = min(pause.for_, interval)
    number = int((end - begin - pause.for_) / step + 1e-9) + 1
    return [(begin + step * each) % SECONDS_PER_DAY for each in range(number)]


def share_of_intervals(spans: Spans, day: Day) -> Floats:
    """Return the share of each interval that spans cover; past midnight counts for the next morning."""
    starts = day.open + day.interval * np.arange(day.intervals)
    covered = np.zeros(day.intervals)
    for begin, end in spans:
        for offset in (0.0, SECONDS_PER_DAY):
            overlap = np.minimum(starts + day.interval, end - offset) - np.maximum(starts, begin - offset)
            covered += np.maximum(overlap, 0.0) / day.interval
    return covered


def choices_of(catalogue: Catalogue, pool: str, day: Day) -> Choices | None:
    """Return what the catalogue offers a pool; None if nothing."""
    shifts = [shift for shift in catalogue.shifts if shift.pools is None or pool in shift.pools]
    return Choices(shifts, day, catalogue.part_time) if shifts else None
