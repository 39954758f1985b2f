"""One compiled pass over the calls, and one over their stays: what would be a dozen passes in NumPy.

Arrays and numbers in, arrays filled in place; integer counts and sums of multiples of 2**-20 s, so exact.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.calllog import Codes, Floats, Indices, Ints, Outcome
from callcenter.kernels import compiled

SECONDS_PER_DAY = 86_400.0
ANSWERED, ABANDONED, OPEN = int(Outcome.ANSWERED), int(Outcome.ABANDONED), int(Outcome.OPEN)

(
    CALLED,
    OFFERED,
    ANSWERED_WITHIN,
    ANSWERED_WITHIN_COMMON,
    ABANDONED_WITHIN,
    ABANDONED_WITHIN_COMMON,
    ABANDONED_SHORT,
    BY_OUTCOME,
) = range(8)
"""Rows of the counts; from BY_OUTCOME on a row for each outcome."""

WAIT, WAIT_ANSWERED, EXCESS, EXCESS_COMMON = range(4)
"""Rows of the sums."""


class Calendar(NamedTuple):
    """What a pass needs of `Cells`; seconds."""

    end: float
    """End of the run: a stay without an end of its own lasts until then."""
    opens: float
    interval: float
    since: float
    intervals: int


@compiled
def count_calls(
    tier: Indices,
    cell: Ints,
    outcome: Codes,
    wait: Floats,
    own: Floats,
    common: float,
    short: float,
    counts: Ints,
    sums: Floats,
) -> None:
    """Enter every call in counts (rows, tiers, cells) and sums; a wait equal to a threshold is within."""
    for call in range(tier.size):
        t, c, o, waited = tier[call], cell[call], outcome[call], wait[call]
        counts[CALLED, t, c] += 1
        counts[BY_OUTCOME + o, t, c] += 1
        if np.isnan(waited):
            continue
        counts[OFFERED, t, c] += 1
        sums[WAIT, t, c] += waited
        sums[EXCESS, t, c] += max(0.0, waited - own[t])
        sums[EXCESS_COMMON, t, c] += max(0.0, waited - common)
        if o == ANSWERED:
            sums[WAIT_ANSWERED, t, c] += waited
            counts[ANSWERED_WITHIN, t, c] += waited <= own[t]
            counts[ANSWERED_WITHIN_COMMON, t, c] += waited <= common
        elif o == ABANDONED:
            counts[ABANDONED_WITHIN, t, c] += waited <= own[t]
            counts[ABANDONED_WITHIN_COMMON, t, c] += waited <= common
            counts[ABANDONED_SHORT, t, c] += waited <= short


@compiled
def waits_of(joined: Floats, answered: Floats, left: Floats, end: float) -> Floats:
    """Return the wait of each call, to the end of the run if it has no other; nan = asked for nobody."""
    wait = np.empty(joined.size)
    for call in range(joined.size):
        stop = answered[call]
        if np.isnan(stop):
            stop = left[call]
        wait[call] = (end if np.isnan(stop) else stop) - joined[call]
    return wait


@compiled
def later_waits(tier: Indices, wait: Floats, tiers: int) -> tuple[Ints, Ints, Floats]:
    """Return, tier by tier, how many did not wait, how many did, and the waits of those who did."""
    at_once, later = np.zeros(tiers, np.int64), np.zeros(tiers, np.int64)
    for call in range(tier.size):
        at_once[tier[call]] += wait[call] == 0.0
        later[tier[call]] += wait[call] > 0.0
    grouped = np.empty(later.sum())
    place = np.cumsum(later) - later
    for call in range(tier.size):
        if wait[call] > 0.0:
            grouped[place[tier[call]]] = wait[call]
            place[tier[call]] += 1
    return at_once, later, grouped


@compiled
def count_stays(
    group: Indices,
    start: Floats,
    stop: Floats,
    calendar: Calendar,
    ends: Floats,
    change: Ints,
    seconds: Floats,
) -> Ints:
    """Enter every stay of a group >= 0 in ``change`` and ``seconds``, both of shape (groups, spans).

    ``change`` is who came less who went.  ``seconds`` is what each stays on in the span in which he came,
    less what he does not stay in the span in which he went; ``ends`` are the ends of the spans.  Returns
    the rows of stays that cross into another span.
    """
    crossing, number, here, until = np.empty(group.size, np.int64), 0, 0, -np.inf
    begins = np.inf
    for row in range(group.size):
        g, came = group[row], start[row]
        if g < 0 or np.isnan(came):
            continue
        if not begins <= came < until:  # most stays begin in the span in which the one before began
            here = span(came, calendar, ends.size)
            begins, until = came, ends[here]
        went = calendar.end if np.isnan(stop[row]) else stop[row]
        seconds[g, here] += ends[here] - max(came, calendar.since)
        last = here if went < ends[here] else span(went, calendar, ends.size)
        seconds[g, last] -= ends[last] - max(went, calendar.since)
        if last > here:
            change[g, here] += 1
            change[g, last] -= 1
            crossing[number] = row
            number += 1
    return crossing[:number]


@compiled
def span(time: float, calendar: Calendar, spans: int) -> int:
    """Return the span of a time, as `Cells.span_of` does."""
    day = np.floor(time / SECONDS_PER_DAY)
    place = np.floor((time - (day * SECONDS_PER_DAY + calendar.opens)) / calendar.interval)
    place = min(max(place, -1.0), float(calendar.intervals))
    return int(min(max(day * (calendar.intervals + 1) + place, 0.0), spans - 1.0))
