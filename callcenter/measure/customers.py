"""Customers: how often each had to call, and how many got what they wanted."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Ints
from callcenter.calllog import CallbackLog, CallLog, JobOutcome
from callcenter.measure import passes
from callcenter.measure.calls import WAIT_COUNTS
from callcenter.measure.cells import Cells
from callcenter.measure.journeys import JOURNEY_COUNTS, counted_journeys

CALLER_COUNTS = ("customers", "customer_calls", "served", "with_answer", "resolved")
ONLINE_COUNTS = ("started_online", "solved_online")

CUSTOMER_COUNTS = CALLER_COUNTS + ONLINE_COUNTS
"""By tier of the customer's first call, which came between warm-up and cool-down: those who called, all their
calls but transferred ones, those served (answered, solved in the IVR or reached by a callback), those with
an answered contact, and those whose first one was solved.  Online: who started there and was solved there."""


def customer_counts(
    cells: Cells, log: CallLog, counted: slice, jobs: CallbackLog, waits: Ints, journeys: Ints
) -> Ints:
    """Return counts of shape (CUSTOMER_COUNTS, tiers).

    ``waits`` and ``journeys`` are the tiers' counts by cell: where no call follows another, every call is one
    customer, and these counts suffice.
    """
    callers = (
        _followed(log, counted, jobs, waits.shape[1]) if _follows(log) else _alone(jobs, waits, journeys)
    )
    return np.concatenate([callers, _online(cells, log, waits.shape[1])])


def _follows(log: CallLog) -> bool:
    """Whether calls follow others; an empty log takes the long way, so that `prepare` compiles it."""
    return bool(log.kind.any()) or not log.kind.size


def _followed(log: CallLog, counted: slice, jobs: CallbackLog, tiers: int) -> Ints:
    counts = np.zeros((len(CALLER_COUNTS), tiers), np.int64)
    helped = np.zeros(log.tier.size, np.bool_)
    helped[log.customer[jobs.call[jobs.outcome == JobOutcome.REACHED]]] = True
    calls = counted_journeys(log, slice(None), np.empty(0, np.int64))
    passes.count_customers(calls, log.customer, log.parent, counted.start, counted.stop, helped, counts)
    return counts


def _alone(jobs: CallbackLog, waits: Ints, journeys: Ints) -> Ints:
    names = ("called", "answered", "self_served")
    called, answered, self_served = (waits[WAIT_COUNTS.index(name)].sum(axis=-1) for name in names)
    solved = journeys[JOURNEY_COUNTS.index("solved")].sum(axis=-1)
    reached = np.bincount(jobs.tier[jobs.outcome == JobOutcome.REACHED], minlength=called.size)
    return np.stack([called, called, answered + self_served + reached, answered, solved])


def _online(cells: Cells, log: CallLog, tiers: int) -> Ints:
    counted = (log.online_at >= cells.since) & (log.online_at < cells.until)
    started, solved = log.online_tier[counted], log.online_tier[counted & log.online_solved]
    return np.stack([np.bincount(tier, minlength=tiers) for tier in (started, solved)])
