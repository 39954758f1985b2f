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
from callcenter.study.staffing.trials import Levels

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

    def __init__(
        self,
        shifts: Sequence[Template],
        day: Day,
        part_time: PartTime | None = None,
        least: Sequence[int] | Levels = (),
    ) -> None:
        self.shifts, self.day, self.part_time = list(shifts), day, part_time
        self.places = [
            Place(number, window, at)
            for number, shift in enumerate(shifts)
            for window, position in enumerate(shift.windows)
            for at in times_of(shift, position, day.interval)
        ]
        self.presence = self.presence_in(_starts(day), np.full(day.intervals, day.interval))
        """Share of each interval that an agent is on the phones, (intervals, columns); breaks take away."""
        self.minimum = Minimum(self, least)
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
        numbers = self.numbers(plan)
        return all(kept) and float(self.part_time_row() @ numbers) <= 1e-9 and self.minimum.is_kept(numbers)

    def presence_in(self, starts: Floats, lengths: Floats) -> Floats:
        """Return the share of spans of the day that an agent is on the phones, (spans, columns)."""
        shares = [share_of_spans(self.working(shift), starts, lengths) for shift in self.shifts]
        shares += [-share_of_spans([self.on_break(place)], starts, lengths) for place in self.places]
        return np.ascontiguousarray(np.reshape(shares, (len(shares), starts.size)).T)

    def working(self, shift: Template) -> Spans:
        """Return when an agent is there who has no breaks but those at fixed times."""
        fixed = tuple(pause for pause in shift.breaks if pause.between is None)
        return shift.model_copy(update={"breaks": fixed}).present

    def on_break(self, place: Place) -> tuple[float, float]:
        """Return when the break of a place begins and ends, seconds since 00:00 of the day of the shift."""
        shift = self.shifts[place.shift]
        begin = place.at + (SECONDS_PER_DAY if place.at < shift.start else 0)
        return begin, begin + shift.breaks[shift.windows[place.window]].for_

    def _lost(self, place: Place, worth: Floats) -> float:
        """Return what a break at a place costs, rounded, so that equals are equal on every processor."""
        return round(float(share_of_intervals([self.on_break(place)], self.day) @ worth), DIGITS)


class Minimum:
    """How many agents of a pool are there at any moment, breaks left out, and which shifts give them.

    A moment is a span between two at which somebody may come, go or have a break: within it nothing changes,
    so what holds of the moments holds of all times.
    """

    def __init__(self, choices: Choices, least: Sequence[int] | Levels) -> None:
        day, agents = choices.day, np.asarray(least, np.float64)
        starts = _changes(choices) if agents.any() else np.empty(0)
        interval = ((starts - day.open) / day.interval + 1e-9).astype(np.int64)
        lengths = np.diff(starts, append=day.close)
        is_asked = agents[interval] > 0 if starts.size else np.empty(0, bool)
        self.starts: Floats = starts[is_asked]
        """Seconds since 00:00, of the moments for which agents are asked; none without a minimum."""
        self.ends: Floats = self.starts + lengths[is_asked]
        self.interval = interval[is_asked]
        """In which each moment lies."""
        self.least: Floats = agents[self.interval] if starts.size else np.empty(0)
        """Agents at each moment."""
        self.presence: Floats = choices.presence_in(self.starts, lengths[is_asked])
        """Whether an agent is on the phones, (moments, columns); breaks take away."""
        self._most = np.array([shift.at_most for shift in choices.shifts] + [0] * len(choices.places))

    def is_kept(self, numbers: Floats) -> bool:
        """Whether so many agents by column are enough at each moment."""
        return bool((self.presence @ numbers >= self.least - 1e-6).all())

    def short(self) -> list[tuple[float, float]]:
        """Return when no number of the shifts gives the agents, seconds since 00:00."""
        short = self.presence @ self._most < self.least
        return list(zip(self.starts[short].tolist(), self.ends[short].tolist(), strict=True))


def _changes(choices: Choices) -> Floats:
    """Return the moments within the opening hours at which an interval begins, or somebody comes or goes."""
    day = choices.day
    spans = [span for shift in choices.shifts for span in choices.working(shift)]
    spans += [choices.on_break(place) for place in choices.places]
    edges = np.array(spans, np.float64).ravel()
    times = np.concatenate([edges, edges - SECONDS_PER_DAY])
    inside = times[(times > day.open) & (times < day.close)]
    changes: Floats = np.unique(np.concatenate([_starts(day), inside]))
    return changes


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
    return share_of_spans(spans, _starts(day), np.full(day.intervals, day.interval))


def share_of_spans(spans: Spans, starts: Floats, lengths: Floats) -> Floats:
    """Return the share of other spans, by start and length, that spans cover."""
    covered = np.zeros(starts.size)
    for begin, end in spans:
        for offset in (0.0, SECONDS_PER_DAY):
            overlap = np.minimum(starts + lengths, end - offset) - np.maximum(starts, begin - offset)
            covered += np.maximum(overlap, 0.0) / lengths
    return covered


def _starts(day: Day) -> Floats:
    return np.asarray(day.open + day.interval * np.arange(day.intervals), np.float64)


def choices_of(
    catalogue: Catalogue, pool: str, day: Day, least: Sequence[int] | Levels = ()
) -> Choices | None:
    """Return what the catalogue offers a pool that is to have so many agents at least; None if nothing."""
    shifts = [shift for shift in catalogue.shifts if shift.pools is None or pool in shift.pools]
    return Choices(shifts, day, catalogue.part_time, least) if shifts else None
