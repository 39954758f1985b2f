"""Unscheduled breaks (contract 2.10): how often, how long, and whether a line puts them off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.fit.estimates import Estimate, by_group, mean, share
from callcenter.fit.staffing.spells import Gaps, Work, is_present
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
    hits, calls = (
        by_group(away.astype(float), work.day, days),
        by_group(is_followed.astype(float), work.day, days),
    )
    lengths = work.gap[away]
    sums = by_group(np.where(away, work.gap, 0.0), work.day, days)
    rows = _by_line(away[is_followed], _waiting(work, lines)[is_followed])
    return Breaks(
        share(hits, calls, noted("absences of up to an hour after a call")),
        mean(sums, hits, float((lengths**2).sum()), noted("mean of absences up to an hour")),
        rows,
        _put_off(rows),
    )


def _waiting(work: Work, lines: Sequence[Presence]) -> Floats:
    """Return how many waited, whom the agent may take, when the work before each gap ended."""
    number = np.zeros(len(work.pool))
    ended = np.where(np.isnan(work.gap), work.start, work.start - work.gap)
    for pool, line in enumerate(lines):
        own = work.pool == pool
        number[own] = line.number(ended[own])
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
