"""What the hotline knows of its customers: who was served, and what it still owes them (rules R11e, R13d)."""

from __future__ import annotations

from callcenter.calllog import JobOutcome
from callcenter.engine.compiled.line import leave_line
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.kernels import inner

UNREACHED, PENDING, CANCELLED = int(JobOutcome.UNREACHED), int(JobOutcome.PENDING), int(JobOutcome.CANCELLED)


@inner
def remember_job(floor: Floor, row: int) -> None:
    """A customer is owed a callback."""
    customer = floor.follows[floor.jobs[row]["call"]]["customer"]
    floor.jobs[row]["next"] = floor.customers[customer]["first_job"]
    floor.customers[customer]["first_job"] = row


@inner
def cancel_jobs(floor: Floor, customer: int, now: float) -> None:
    """R11e: the customer is owed nothing more; an attempt under way is finished, its failure ends the job."""
    row = floor.customers[customer]["first_job"]
    while row != NOBODY:
        job = floor.jobs[row]
        under_way = job["attempt_end"] > now
        if job["outcome"] == PENDING or (under_way and job["outcome"] == UNREACHED):
            job["outcome"] = CANCELLED
            job["ended"] = job["attempt_end"] if under_way else now
            leave_line(floor, job["call"])  # R21: where it keeps a place
        row = job["next"]
    floor.customers[customer]["first_job"] = NOBODY


@inner
def reach(floor: Floor, call: int, now: float) -> None:
    """R11e, R13d: a callback reaches the customer."""
    customer = floor.follows[call]["customer"]
    floor.customers[customer]["reached_at"] = now
    if floor.office[0]["cancels"]:
        cancel_jobs(floor, customer, now)
