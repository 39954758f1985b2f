"""The callback jobs' figures: what became of them, when they came, and how many were open."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.calllog import CallbackLog, CallLog, JobOutcome
from callcenter.measure.cells import Cells
from callcenter.measure.waits import Waits, points

JOB_COUNTS = (
    "created",
    "attempted_within",
    "late",
    "not_due",
    "cancelled_before",
    "reached",
    "unreached",
    "cancelled",
    "pending",
    "backlog_max",
)
"""``attempted_within``: first attempt at the due time or before; ``late``: after it, or overdue without one;
``not_due``: pending, without an attempt, and not overdue when the run ended; ``cancelled_before``: cancelled
without an attempt, and not overdue; these four are all that were created.  ``backlog_max``: most open at
once."""

JOB_CELLS = ("created", "attempts", "backlog")
"""By interval in which they happen; ``backlog``: open at the end of the interval."""


def counted_jobs(log: CallLog, rows: slice) -> CallbackLog:
    """Return the jobs, and their attempts, that are owed for the calls of some rows."""
    jobs = log.callbacks
    counted = (jobs.call >= rows.start) & (jobs.call < rows.stop)
    attempts = counted[jobs.attempt_job]
    return CallbackLog(
        call=jobs.call[counted],
        tier=jobs.tier[counted],
        created=jobs.created[counted],
        due=jobs.due[counted],
        first_attempt=jobs.first_attempt[counted],
        ended=jobs.ended[counted],
        attempts=jobs.attempts[counted],
        outcome=jobs.outcome[counted],
        attempt_job=np.cumsum(counted)[jobs.attempt_job[attempts]] - 1,
        attempt_pool=jobs.attempt_pool[attempts],
        attempt_start=jobs.attempt_start[attempts],
        attempt_end=jobs.attempt_end[attempts],
    )


def job_counts(jobs: CallbackLog, end: float) -> Ints:
    """Return the counts JOB_COUNTS of one replication that ended at ``end`` seconds."""
    attempted = ~np.isnan(jobs.first_attempt)
    acted = np.where(attempted, jobs.first_attempt, np.where(np.isnan(jobs.ended), end, jobs.ended))
    late = acted > jobs.due
    outcomes = np.bincount(jobs.outcome, minlength=len(JobOutcome))
    pending, reached, unreached, cancelled = outcomes[list(JobOutcome)]
    undone = ~attempted & ~late
    not_due, before = (undone & (jobs.outcome == end) for end in (JobOutcome.PENDING, JobOutcome.CANCELLED))
    return np.array(
        [
            jobs.call.size,
            np.count_nonzero(attempted & ~late),
            np.count_nonzero(late),
            np.count_nonzero(not_due),
            np.count_nonzero(before),
            reached,
            unreached,
            cancelled,
            pending,
            _most_open(jobs),
        ],
        np.int64,
    )


def job_cells(cells: Cells, jobs: CallbackLog) -> Ints:
    """Return counts of shape (JOB_CELLS, cells)."""
    ended = jobs.ended[~np.isnan(jobs.ended)]
    moments = [times[times < cells.until] for times in (jobs.created, jobs.attempt_start, ended)]
    by_span = np.stack([np.bincount(cells.span_of(times), minlength=cells.spans) for times in moments])
    created, attempts, closed = cells.fold(by_span)
    return np.stack([created, attempts, np.cumsum(created - closed)])


def delay_points(jobs: CallbackLog) -> Floats:
    """Return the points of the delay from the lost call to the first attempt, over attempted jobs."""
    delay = jobs.first_attempt - jobs.created
    return points(Waits(0, np.sort(delay[~np.isnan(delay)])))


def _most_open(jobs: CallbackLog) -> int:
    """Count open jobs after each change; at one instant ends come before creations (rule R4)."""
    ended = jobs.ended[~np.isnan(jobs.ended)]
    times = np.concatenate([ended, jobs.created])
    steps = np.repeat([-1, 1], [ended.size, jobs.created.size])
    order = np.argsort(times, kind="stable")
    return int(np.cumsum(steps[order]).max(initial=0))
