"""Compiled passes over the calls, their stays and their customers: what would be dozens of passes in NumPy.

Arrays and numbers in, arrays filled in place; integer counts and sums of multiples of 2**-20 s, so exact.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Codes, Flags, Floats, Indices, Ints
from callcenter.calllog import Kind, Outcome
from callcenter.clock import SECONDS_PER_DAY
from callcenter.kernels import compiled

ANSWERED, ABANDONED = int(Outcome.ANSWERED), int(Outcome.ABANDONED)
BLOCKED, SELF_SERVED = int(Outcome.BLOCKED), int(Outcome.SELF_SERVED)
OPEN = int(Outcome.OPEN)
TRANSFER = int(Kind.TRANSFER)

(
    CALLED,
    OFFERED,
    ANSWERED_WITHIN,
    ANSWERED_WITHIN_COMMON,
    ABANDONED_WITHIN,
    ABANDONED_WITHIN_COMMON,
    ABANDONED_SHORT,
    UNDECIDED,
    BY_OUTCOME,
) = range(9)
"""Rows of the counts; from BY_OUTCOME on a row for each outcome."""

WAIT, WAIT_ANSWERED, EXCESS, EXCESS_COMMON = range(4)
"""Rows of the sums."""

ENTERED_IVR, REACHED, SOLVED, BY_KIND = range(4)
"""Rows of the journeys' counts; from BY_KIND on a row for each kind of call but the first."""

IVR, REACH, LINE = range(3)
"""Rows of the journeys' sums."""

CUSTOMERS, CALLS, SERVED, WITH_ANSWER, RESOLVED = range(5)
"""Rows of the customers' counts."""


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
            counts[UNDECIDED, t, c] += o == OPEN
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


class Journeys(NamedTuple):
    """What a pass needs of each counted call beside its wait."""

    tier: Indices
    cell: Ints
    kind: Codes
    outcome: Codes
    arrived: Floats
    joined: Floats
    answered: Floats
    left: Floats
    solved: Flags
    pool: Indices


@compiled
def count_journeys(
    calls: Journeys, end: float, ivr: Flags, phone: Flags, counts: Ints, sums: Floats, taken: Ints
) -> None:
    """Enter every call in counts (rows, tiers, cells), sums and ``taken`` (pools, cells).

    ``ivr`` and ``phone``: whether the calls of each tier pass an IVR, and hold a line.  A transferred call
    passes no IVR, and its caller has reached a person before.
    """
    tier, cell, outcomes, kinds = calls.tier, calls.cell, calls.outcome, calls.kind
    for call in range(tier.size):
        t, c, kind, outcome = tier[call], cell[call], kinds[call], outcomes[call]
        if kind > 0:
            counts[BY_KIND + kind - 1, t, c] += 1
        if outcome == BLOCKED:
            continue
        gone, came = calls.left[call], calls.arrived[call]
        if np.isnan(gone):
            gone = end
        if phone[t]:
            sums[LINE, t, c] += gone - came
        if ivr[t] and kind != TRANSFER:
            asked = calls.joined[call]
            counts[ENTERED_IVR, t, c] += 1
            sums[IVR, t, c] += (gone if np.isnan(asked) else asked) - came
        if outcome == ANSWERED:
            counts[SOLVED, t, c] += calls.solved[call]
            taken[calls.pool[call], c] += 1
            if kind != TRANSFER:
                counts[REACHED, t, c] += 1
                sums[REACH, t, c] += calls.answered[call] - came


@compiled
def count_customers(
    calls: Journeys, customer: Ints, parent: Ints, first: int, last: int, helped: Flags, counts: Ints
) -> None:
    """Enter the customers whose first call is in row ``first`` to before ``last`` in counts (rows, tiers).

    All of the log's calls are given; ``helped`` says for each customer (by the row of the first call) whether
    a callback reached them, and is filled with who was answered or solved in the IVR.  A contact is an
    answered call with the calls that it was transferred to; the first is solved if its last call is.
    """
    contact = np.full(customer.size, -1, np.int64)
    for call in range(first, customer.size):
        who, outcome = customer[call], calls.outcome[call]
        if who < first or who >= last:
            continue
        if calls.kind[call] == TRANSFER:
            if contact[who] == parent[call]:
                contact[who] = call
            continue
        counts[CUSTOMERS, calls.tier[who]] += who == call
        counts[CALLS, calls.tier[who]] += 1
        helped[who] |= outcome in (ANSWERED, SELF_SERVED)
        if outcome == ANSWERED and contact[who] < 0:
            contact[who] = call
    for who in range(first, last):
        if customer[who] != who:
            continue
        counts[SERVED, calls.tier[who]] += helped[who]
        if contact[who] >= 0:
            counts[WITH_ANSWER, calls.tier[who]] += 1
            counts[RESOLVED, calls.tier[who]] += calls.solved[contact[who]]


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
def later_waits(tier: Indices, wait: Floats, offered: Ints) -> tuple[Floats, Ints, Ints]:
    """Return the waits of those who waited, tier by tier, and where those of each tier begin and end.

    There is room for as many of each tier as were ``offered``.
    """
    begin, total = np.empty(offered.size, np.int64), 0
    for t in range(offered.size):  # `cumsum` would load SciPy
        begin[t] = total
        total += offered[t]
    end = begin.copy()
    grouped = np.empty(total)
    for call in range(tier.size):
        if wait[call] > 0.0:
            grouped[end[tier[call]]] = wait[call]
            end[tier[call]] += 1
    return grouped, begin, end


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

    ``change`` is arrivals less departures.  ``seconds`` is how long each stays on in the span of arrival,
    less the time missed in the span of departure; ``ends`` are the ends of the spans.  Returns
    the rows of stays that cross into another span, or begin with one.
    """
    crossing, number, here, until = np.empty(group.size, np.int64), 0, 0, -np.inf
    begins, opened = np.inf, -np.inf
    for row in range(group.size):
        g, came = group[row], start[row]
        if g < 0 or np.isnan(came):
            continue
        if not begins <= came < until:  # most stays begin in the span in which the one before began
            here = span(came, calendar, ends.size)
            begins, until = came, ends[here]
            opened = ends[here - 1] if here else -np.inf
        went = calendar.end if np.isnan(stop[row]) else stop[row]
        if went < until:
            seconds[g, here] += max(went, calendar.since) - max(came, calendar.since)
            if came != opened:
                continue
        else:
            last = span(went, calendar, ends.size)
            seconds[g, here] += until - max(came, calendar.since)
            seconds[g, last] -= ends[last] - max(went, calendar.since)
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
