"""Counting one call: its outcome, its wait, its way through IVR and line, and who worked on it."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.calllog import Kind, Outcome
from callcenter.kernels import hot
from callcenter.measure.counting import rows
from callcenter.measure.counting.book import Book
from callcenter.measure.counting.calendar import Records
from callcenter.measure.counting.definitions import Definitions
from callcenter.measure.counting.stays import enter_stay, enter_work
from callcenter.measure.counting.thresholds import count_call
from callcenter.measure.counting.waits import bin_of, keep_wait
from callcenter.measure.tally import Tally

ANSWERED, ABANDONED = int(Outcome.ANSWERED), int(Outcome.ABANDONED)
BLOCKED, OPEN = int(Outcome.BLOCKED), int(Outcome.OPEN)
SELF_SERVED = int(Outcome.SELF_SERVED)
TRANSFER = int(Kind.TRANSFER)


@hot
def enter_call(
    definitions: Definitions,
    book: Book,
    page: Tally,
    piece: int,
    tier: int,
    kind: int,
    outcome: int,
    arrived: float,
    joined: float,
    answered: float,
    left: float,
    released: float,
    pool: int,
    solved: bool,
    end: float,
) -> None:
    """Count a call that arrived in a piece of the calendar; times are nan where they never came.

    Its stays count whenever it arrived, and all else only between warm-up and cool-down.
    """
    calendar, rule = definitions.calendar, definitions.tiers[tier]
    tiers, pools = definitions.tiers.size, book.taken.shape[1]
    gone = end if np.isnan(left) else left
    wait = (gone if np.isnan(answered) else answered) - joined
    if wait > 0.0:
        enter_stay(calendar, book.groups, tier, piece, joined, joined + wait)
    if pool >= 0 and not rule["is_shared"]:
        free = end if np.isnan(released) else released
        enter_work(calendar, book.groups, book.presences, book.so_far, tiers, pool, piece, answered, free)
    if definitions.is_limited and rule["holds_line"] and outcome != BLOCKED:
        enter_stay(calendar, book.groups, tiers + 2 * pools, piece, arrived, gone)
    if calendar.since <= arrived < calendar.until:
        cell = calendar.pieces[piece]["cell"]
        counts, sums = book.counts[cell, tier], book.sums[cell, tier]
        waited = count_outcome(definitions, counts, sums, tier, outcome, wait)
        if waited:
            page.wait_bins[tier, bin_of(wait)] += 1
        if waited and wait > 0.0:
            keep_wait(book.waits, book.fine, book.so_far, tier, wait)
        if definitions.thresholds.size > 0:
            count_call(definitions.thresholds, page.thresholds, cell, tier, outcome, wait)
        count_journey(rule, counts, sums, kind, outcome, arrived, joined, answered, gone)
        if outcome == ANSWERED:
            counts[rows.SOLVED] += solved
            book.taken[cell, pool] += 1
        elif outcome == SELF_SERVED:
            counts[rows.CAME_BACK] += not solved


@hot
def count_outcome(
    definitions: Definitions, counts: Ints, sums: Floats, tier: int, outcome: int, wait: float
) -> bool:
    """Count how a call ended and how long it waited, nan if never; a wait equal to a threshold is within.

    Returns whether the call was offered, so that its wait counts.
    """
    own, common = definitions.tiers[tier]["own"], definitions.common
    counts[rows.CALLED] += 1
    counts[rows.OUTCOME_ROWS[outcome]] += 1
    if outcome == OPEN and not wait > own:
        counts[rows.UNDECIDED] += 1
        return False
    if np.isnan(wait):
        return False
    counts[rows.OFFERED] += 1
    sums[rows.WAIT] += wait
    sums[rows.EXCESS] += max(0.0, wait - own)
    sums[rows.EXCESS_COMMON] += max(0.0, wait - common)
    if outcome == ANSWERED:
        sums[rows.WAIT_ANSWERED] += wait
        counts[rows.ANSWERED_WITHIN] += wait <= own
        counts[rows.ANSWERED_WITHIN_COMMON] += wait <= common
    elif outcome == ABANDONED:
        counts[rows.ABANDONED_WITHIN] += wait <= own
        counts[rows.ABANDONED_WITHIN_COMMON] += wait <= common
        counts[rows.ABANDONED_SHORT] += wait <= definitions.short
    return True


@hot
def count_journey(
    rule: Records,
    counts: Ints,
    sums: Floats,
    kind: int,
    outcome: int,
    arrived: float,
    joined: float,
    answered: float,
    gone: float,
) -> None:
    """Count what a call of a tier with this rule went through: IVR, line, person."""
    if kind > 0:
        counts[rows.REDIALS + kind - 1] += 1
    if outcome != BLOCKED:
        if rule["holds_line"]:
            sums[rows.LINE] += gone - arrived
        if rule["has_ivr"] and kind != TRANSFER:
            counts[rows.ENTERED_IVR] += 1
            sums[rows.IVR] += (gone if np.isnan(joined) else joined) - arrived
        if outcome == ANSWERED and kind != TRANSFER:
            counts[rows.REACHED] += 1
            sums[rows.REACH] += answered - arrived
