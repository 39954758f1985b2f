"""The tiers' waits: counts and sums in each cell, queue length, and the waits of a replication."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Codes, Flags, Floats, Indices, Ints
from callcenter.calllog import CallLog
from callcenter.measure import passes
from callcenter.measure.cells import Cells
from callcenter.measure.promises import Promises
from callcenter.measure.stays import Stays, presence
from callcenter.measure.waits import Waits, histogram, points
from callcenter.outcomes import OUTCOMES, Outcome, Stage

BEFORE_THE_LINE = tuple(outcome.word for outcome in Outcome if outcome.stage is not Stage.LINE)
"""Outcomes of calls that never asked for a person."""

FROM_THE_LINE = tuple(
    outcome.word
    for outcome in Outcome
    if outcome.stage is Stage.LINE and outcome not in (Outcome.ANSWERED, Outcome.ABANDONED)
)
"""Outcomes of calls that asked for a person, but for those that are counted by their wait, too."""

WAIT_COUNTS = (
    "called",
    *BEFORE_THE_LINE,
    "offered",
    "answered",
    "answered_within",
    "answered_within_common",
    "abandoned",
    "abandoned_within",
    "abandoned_within_common",
    "abandoned_short",
    *FROM_THE_LINE,
    "undecided",
)
"""Calls by cell of arrival. ``_within``: the tier's own threshold, ``_common``: that of the total.
``undecided``: open when the run ended, and not yet beyond the tier's threshold; they are not offered."""

WAIT_SUMS = ("wait_s", "wait_answered_s", "excess_s", "excess_common_s", "waiting_s")
"""Seconds: waits of offered and of answered calls, waits beyond the thresholds (all by cell of arrival);
``waiting_s``: the integral of the number in line over the cell, of deferred tiers in opening hours only."""


class Calls(NamedTuple):
    """The counted calls of a log, one row per call."""

    tier: Indices
    cell: Ints
    outcome: Codes
    wait: Floats
    """Seconds; nan = never asked for a person."""


class Table(NamedTuple):
    """The calls entered by what became of them; see `passes` for the rows."""

    counts: Ints
    """Rows x tiers x cells."""
    sums: Floats


def decided(calls: Calls, promises: Promises) -> Calls:
    """Return the calls without the wait of those that are undecided (contract 4.1a)."""
    own = np.array([promise.within for promise in promises.tiers])
    is_open = calls.outcome == Outcome.OPEN
    if not is_open.any():
        return calls
    return calls._replace(wait=np.where(is_open & (calls.wait <= own[calls.tier]), np.nan, calls.wait))


def table_of(calls: Calls, promises: Promises, short_abandon: float, cells: int) -> Table:
    """Enter the calls; waits equal to a threshold are within."""
    own = np.array([promise.within for promise in promises.tiers])
    table = Table(
        np.zeros((passes.BY_OUTCOME + len(Outcome), own.size, cells), np.int64),
        np.zeros((len(WAIT_SUMS) - 1, own.size, cells)),
    )
    passes.count_calls(*calls, own, promises.all.within, short_abandon, *table)
    return table


def tier_counts(table: Table) -> Ints:
    """Return counts of shape (WAIT_COUNTS, tiers, cells)."""
    return table.counts[_ROWS]


_ROWS = [
    passes.BY_OUTCOME + OUTCOMES.index(name) if name in OUTCOMES else getattr(passes, name.upper())
    for name in WAIT_COUNTS
]
"""Where each of WAIT_COUNTS stands in the table."""


def waiting_seconds(cells: Cells, log: CallLog, wait: Floats, deferred: Flags) -> Floats:
    """Return the integral of the number in line over each cell, shape (tiers, cells).

    Callers of the warm-up who still wait after it are counted.  Of ``deferred`` tiers, contacts that lie
    over until the next opening are no line of callers and are left out.
    """
    stays = Stays(log.tier, log.joined, log.joined + wait)
    seconds = presence(cells, deferred.size, log.end, stays).seconds
    if deferred.any():
        seconds[np.ix_(deferred, cells.is_after_hours)] = 0.0
    return cells.fold(seconds)


def wait_shapes(calls: Calls, offered: Ints, promises: Promises) -> tuple[Ints, Floats]:
    """Return histograms (tiers, bins) and POINTS (tiers + 1, points) of the calls offered, the total last.

    Only those who waited are sorted; the others are known to come first.
    """
    grouped, begin, end = passes.later_waits(calls.tier, calls.wait, offered)
    later = [np.sort(grouped[first:last]) for first, last in zip(begin, end, strict=True)]
    ordered = [Waits(int(all_) - waits.size, waits) for all_, waits in zip(offered, later, strict=True)]
    members = [ordered[number] for number in promises.members]
    merged = np.sort(np.concatenate([waits.later for waits in members]), kind="stable")
    total = Waits(sum(waits.at_once for waits in members), merged)
    return np.stack([histogram(w) for w in ordered]), np.stack([points(w) for w in (*ordered, total)])
