"""The tiers' figures: counts, summed waits and queue length in each cell, and the waits of a replication."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.calllog import OUTCOMES, CallLog, Floats, Ints, Outcome
from callcenter.measure.cells import Cells
from callcenter.measure.promises import Promises
from callcenter.measure.stays import carried, inside_seconds, stays_of
from callcenter.measure.waits import histogram, points

COUNTS = (
    "called",
    "blocked",
    "self_served",
    "left_ivr",
    "offered",
    "answered",
    "answered_within",
    "answered_within_common",
    "abandoned",
    "abandoned_within",
    "abandoned_within_common",
    "abandoned_short",
    "balked",
    "diverted",
    "closed",
    "open",
)
"""Calls by cell of arrival. ``_within``: the tier's own threshold, ``_common``: that of the total."""

SUMS = ("wait_s", "wait_answered_s", "excess_s", "excess_common_s", "waiting_s")
"""Seconds: waits of offered and of answered calls, waits beyond the thresholds (all by cell of arrival);
``waiting_s``: the integral of the number in line over the cell."""


class Calls(NamedTuple):
    """The counted calls of a log, one row a call."""

    tier: Ints
    cell: Ints
    outcome: Ints
    wait: Floats
    """Seconds; nan = never asked for a person."""


class CrossTable(NamedTuple):
    """Calls, and their summed waits, by outcome x asked x within own x within common x short x tier x cell.

    One pass over the calls fills it, and every count and sum is a margin of it.
    """

    calls: Ints
    waits: Floats


def cross_table(calls: Calls, promises: Promises, short_abandon: float, cells: int) -> CrossTable:
    """Sort the calls into the cells of the cross-table; waits equal to a threshold are within."""
    own = np.array([promise.within for promise in promises.tiers])
    asked = ~np.isnan(calls.wait)
    code = 2 * calls.outcome + asked
    for threshold in (own[calls.tier], promises.all.within, short_abandon):
        code = 2 * code + (calls.wait <= threshold)
    shape = (len(Outcome), 2, 2, 2, 2, own.size, cells)
    size = int(np.prod(shape))
    code = (code * own.size + calls.tier) * cells + calls.cell
    numbers = np.bincount(code, minlength=size)
    seconds = np.bincount(code, weights=np.where(asked, calls.wait, 0.0), minlength=size)
    return CrossTable(numbers.reshape(shape), seconds.astype(np.float64, copy=False).reshape(shape))


def tier_counts(table: CrossTable) -> Ints:
    """Return counts of shape (COUNTS, tiers, cells)."""
    calls = table.calls
    by_outcome = calls.sum(axis=(1, 2, 3, 4))
    answered, abandoned = calls[Outcome.ANSWERED], calls[Outcome.ABANDONED]
    counts = dict(zip(OUTCOMES, by_outcome, strict=True)) | {
        "called": by_outcome.sum(axis=0),
        "offered": calls[:, 1].sum(axis=(0, 1, 2, 3)),
        "answered_within": answered[:, 1].sum(axis=(0, 1, 2)),
        "answered_within_common": answered[:, :, 1].sum(axis=(0, 1, 2)),
        "abandoned_within": abandoned[:, 1].sum(axis=(0, 1, 2)),
        "abandoned_within_common": abandoned[:, :, 1].sum(axis=(0, 1, 2)),
        "abandoned_short": abandoned[:, :, :, 1].sum(axis=(0, 1, 2)),
    }
    return np.stack([counts[name] for name in COUNTS])


def wait_sums(table: CrossTable, promises: Promises) -> Floats:
    """Return the first four of SUMS, shape (4, tiers, cells).

    The excess over a threshold is the sum of the waits beyond it less the threshold once for each.
    """
    calls, waited = table.calls[:, 1], table.waits[:, 1]
    own = np.array([[promise.within] for promise in promises.tiers])
    beyond_own = waited[:, 0].sum(axis=(0, 1, 2)) - own * calls[:, 0].sum(axis=(0, 1, 2))
    over, number = waited[:, :, 0].sum(axis=(0, 1, 2)), calls[:, :, 0].sum(axis=(0, 1, 2))
    return np.stack(
        [
            waited.sum(axis=(0, 1, 2, 3)),
            waited[Outcome.ANSWERED].sum(axis=(0, 1, 2)),
            beyond_own,
            over - promises.all.within * number,
        ]
    )


def waiting_seconds(cells: Cells, log: CallLog, wait: Floats, tiers: int) -> Floats:
    """Return the integral of the number in line over each cell, shape (tiers, cells).

    The line is what it is: callers of the warm-up who still wait after it are in it.
    """
    rows = np.flatnonzero(wait > 0.0)
    joined = log.joined[rows]
    stays = stays_of(cells, log.tier[rows].astype(np.int64), joined, joined + wait[rows])
    return cells.fold(inside_seconds(cells, stays, carried(cells, stays, tiers)))


def wait_shapes(calls: Calls, promises: Promises) -> tuple[Ints, Floats]:
    """Return histograms (tiers, bins) and POINTS (tiers + 1, points) of offered calls, the total last."""
    asked = ~np.isnan(calls.wait)
    tier, wait = calls.tier[asked], calls.wait[asked]
    ordered = [np.sort(wait[tier == number]) for number in range(len(promises.tiers))]
    total = np.sort(np.concatenate([ordered[number] for number in promises.members]))
    return np.stack([histogram(waits) for waits in ordered]), np.stack([points(w) for w in (*ordered, total)])
