"""Counts of calls by day and interval, the days in order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.language import gettext as _

DAYS_A_WEEK = 7


@dataclass(frozen=True, eq=False)
class History:
    """What was recorded: one row per day, one column per interval of the day."""

    days: tuple[date, ...]
    """Rising, not necessarily without gaps: weekends and days left out are not there."""
    counts: Floats
    """Shape (days, intervals)."""
    ahead: tuple[date, ...] = ()
    """The open days to come, as far as they are known."""
    likes: Mapping[date, int] = field(default_factory=dict)
    """The weekday that a special day, such as a holiday, is like."""

    def __post_init__(self) -> None:
        """Raise ValueError if days are not in order, or counts do not fit them."""
        if any(
            later <= earlier
            for earlier, later in zip((self.days + self.ahead), (self.days + self.ahead)[1:], strict=False)
        ):
            raise ValueError(_("the days of a history must rise"))
        if self.counts.shape[:1] != (len(self.days),) or self.counts.ndim != 2:
            raise ValueError(_("a history needs one row of counts per day"))

    @cached_property
    def kinds(self) -> Ints:
        """What each day is like: a weekday, 0 = Monday (see `kind_of`)."""
        return np.array([self.kind_of(day) for day in self.days], np.int64)

    def kind_of(self, day: date) -> int:
        """Return the weekday that a day is like: its own, or that of the first day of a week.

        The first day after others that were closed though their weekday is usually open - a holiday - brings
        what has piled up, as the first day after a weekend does.
        """
        if day in self.likes:
            return self.likes[day]
        calendar = self.days + self.ahead
        before = bisect_left(calendar, day)
        closed = range(1, (day - calendar[before - 1]).days) if before else range(0)
        missed = any((day - timedelta(ago)).weekday() in self.usual for ago in closed)
        return self._reopening if missed and len(self.usual) < DAYS_A_WEEK else day.weekday()

    def steps_to(self, day: date) -> int:
        """Return how many open days ahead a day is; 1 is the next one."""
        if self.ahead:
            return max(bisect_left(self.ahead, day) + 1, 1)
        between = range(1, (day - self.days[-1]).days + 1)
        return max(sum((self.days[-1] + timedelta(ago)).weekday() in self.usual for ago in between), 1)

    @cached_property
    def usual(self) -> frozenset[int]:
        """The weekdays that are open in at least half of the weeks."""
        weeks = max(((self.days[-1] - self.days[0]).days + 1) / DAYS_A_WEEK, 1)
        number = Counter(day.weekday() for day in self.days)
        return frozenset(weekday for weekday, count in number.items() if count >= weeks / 2)

    @cached_property
    def _reopening(self) -> int:
        """The weekday that usually follows closed ones."""
        return next(each for each in sorted(self.usual) if (each - 1) % DAYS_A_WEEK not in self.usual)

    @cached_property
    def totals(self) -> Floats:
        """Calls of each day."""
        totals: Floats = self.counts.sum(axis=1)
        return totals

    def before(self, number: int) -> History:
        """Return the first days, so many of them; when the others were open is still known."""
        return History(self.days[:number], self.counts[:number], self.days[number:] + self.ahead, self.likes)

    def named(self, days: Sequence[date]) -> History:
        """Return these days only, as far as they are there."""
        rows = [row for row, day in enumerate(self.days) if day in set(days)]
        return History(tuple(self.days[row] for row in rows), self.counts[rows], self.ahead, self.likes)
