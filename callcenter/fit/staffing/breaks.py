"""Unscheduled breaks (contract 2.10): how often, how long, and whether a line puts them off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Indices, Ints
from callcenter.fit.calls import Calls
from callcenter.fit.estimates import Estimate, by_group, mean, share
from callcenter.fit.staffing.spells import Gaps, Spells, Work, is_present, served
from callcenter.fit.staffing.waiting import Presence
from callcenter.language import noted

LONGEST = 3600.0
"""Seconds; a longer absence is a meal, a meeting, or the end of a shift."""

LINE = (0, 1, 3, 5, 8)
"""From how many waiting each row of the table begins."""
PUT_OFF = 0.5
"""Share of the rate with nobody waiting, at or below which a break counts as put off."""
FEWEST = 200


class Breaks(NamedTuple):
    """What happens after a call, beside the next one."""

    after_call: Estimate
    """Share of calls that a break follows."""
    length: Estimate
    """Mean, in seconds."""
    by_line: list[tuple[int, int, float]]
    """From how many waiting on, calls that ended so, and the share that a break followed."""
    not_while_waiting: int | None
    """From so many waiting on, breaks are put off; None where the line changes little."""


def breaks(work: Work, rule: Gaps, lines: Sequence[Presence], days: int) -> Breaks:
    """Return the breaks between stretches of work: absences up to an hour, then back on the same day."""
    is_followed = ~np.isnan(work.gap)
    away = is_followed & ~is_present(work, rule) & (work.gap <= LONGEST)
    ended = np.where(is_followed, work.start - work.gap, work.start)
    after = _After(work.pool, work.day, ended, np.where(away, work.gap, 0.0))
    methods = noted("absences of up to an hour after a call"), noted("mean of absences up to an hour")
    return _breaks_of(after.only(is_followed), lines, days, methods)


def recorded_breaks(calls: Calls, pool: Indices, pauses: Spells, lines: Sequence[Presence]) -> Breaks:
    """Return the breaks that agents have logged: pauses up to an hour, each after a call of the agent.

    `pool` is that of each call.
    """
    taken, began, ended = served(calls)
    own = calls.only(taken)
    paused = _paused(own.agent, own.day, began, ended, pauses)
    after = _After(pool[taken].astype(np.int64), own.day, ended, paused)
    methods = noted("pauses of up to an hour after a call"), noted("mean of pauses up to an hour")
    return _breaks_of(after, lines, calls.number_of_days, methods)


def without_pauses(work: Work, pauses: Spells) -> Work:
    """Return work whose gaps are those without a pause: what is left is wrap-up, or time idle."""
    paused = _paused(work.agent, work.day, work.start, work.end, pauses) > 0
    return work._replace(gap=np.where(np.concatenate(([False], paused[:-1])), np.nan, work.gap))


def _paused(agent: Indices, day: Indices, began: Floats, ended: Floats, pauses: Spells) -> Floats:
    """Return how long agents paused after each call: the last that day which began before the pause.

    Who asks for a pause while talking is away from the end of the call on.
    """
    length = np.zeros(len(ended))
    for one in np.unique(agent):
        own, their = np.flatnonzero(agent == one), np.flatnonzero(pauses.agent == one)
        own = own[np.argsort(began[own], kind="stable")]
        place = np.searchsorted(began[own], pauses.start[their], side="right") - 1
        last = own[np.maximum(place, 0)]
        away = pauses.end[their] - np.maximum(pauses.start[their], ended[last])
        follows = (place >= 0) & (day[last] == pauses.day[their]) & (away > 0)
        np.add.at(length, last[follows], away[follows])
    return length


class _After(NamedTuple):
    """Ends of work, and how long the agent was away after each; 0 where the agent stayed."""

    pool: Ints
    day: Indices
    ended: Floats
    away: Floats

    def only(self, chosen: Flags) -> _After:
        return _After(self.pool[chosen], self.day[chosen], self.ended[chosen], self.away[chosen])


def _breaks_of(after: _After, lines: Sequence[Presence], days: int, methods: tuple[str, str]) -> Breaks:
    """Return what absences after calls say."""
    is_away = after.away > 0
    hits, calls = (by_group(each.astype(float), after.day, days) for each in (is_away, is_away >= 0))
    sums = by_group(after.away, after.day, days)
    rows = _by_line(is_away, _waiting(after, lines))
    return Breaks(
        share(hits, calls, methods[0]),
        mean(sums, hits, float((after.away**2).sum()), methods[1]),
        rows,
        _put_off(rows),
    )


def _waiting(after: _After, lines: Sequence[Presence]) -> Floats:
    """Return how many waited, whom the agent may take, when work ended."""
    number = np.zeros(len(after.pool))
    for pool, line in enumerate(lines):
        own = after.pool == pool
        number[own] = line.number(after.ended[own])
    return number


def _by_line(away: Flags, waiting: Floats) -> list[tuple[int, int, float]]:
    place: Ints = np.searchsorted(LINE, waiting, side="right") - 1
    rows = []
    for number, begins in enumerate(LINE):
        own = place == number
        if own.any():
            rows.append((begins, int(own.sum()), float(away[own].mean())))
    return rows


def _put_off(rows: Sequence[tuple[int, int, float]]) -> int | None:
    if not rows or rows[0][0] != 0 or rows[0][2] == 0:
        return None
    usual = rows[0][2]
    rare = [begins for begins, calls, part in rows[1:] if calls >= FEWEST and part <= PUT_OFF * usual]
    return min(rare, default=None)
