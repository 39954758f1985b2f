"""Counting callback jobs and their attempts; only those of calls that are counted."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.calllog import JobOutcome
from callcenter.kernels import inner
from callcenter.measure.counting import rows
from callcenter.measure.counting.calendar import Calendar, Records, piece_of
from callcenter.measure.counting.sorting import sort
from callcenter.measure.counting.waits import sorted_points

PENDING, CANCELLED = int(JobOutcome.PENDING), int(JobOutcome.CANCELLED)


@inner
def enter_job(
    calendar: Calendar,
    jobs: Floats,
    so_far: Records,
    counts: Ints,
    cells: Ints,
    times: tuple[float, float, float, float],
    outcome: int,
    end: float,
) -> None:
    """Count a job in JOB_COUNTS and JOB_CELLS: whether it was attempted in time, and what became of it.

    ``times``: when it was created, due, first attempted and ended; nan = never.
    """
    created, due, first_attempt, ended = times
    number, attempted, is_over = so_far[0]["jobs"], not np.isnan(first_attempt), not np.isnan(ended)
    acted = first_attempt if attempted else (ended if is_over else end)
    counts[rows.JOBS] += 1
    counts[rows.JOB_OUTCOME_ROWS[outcome]] += 1
    if acted > due:
        counts[rows.LATE] += 1
    elif attempted:
        counts[rows.ATTEMPTED_WITHIN] += 1
    elif outcome == PENDING:
        counts[rows.NOT_DUE] += 1
    elif outcome == CANCELLED:
        counts[rows.CANCELLED_BEFORE] += 1
    enter_moment(calendar, cells[rows.CREATED_IN], created)
    enter_moment(calendar, cells[rows.BACKLOG], ended)
    jobs[CREATED, number] = created
    jobs[ENDED, number] = ended if is_over else np.inf
    jobs[DELAYED, number] = first_attempt - created if attempted else np.inf
    so_far[0]["jobs"] = number + 1


CREATED, ENDED, DELAYED = range(3)
"""Rows of the book's jobs."""


@inner
def enter_attempt(calendar: Calendar, cells: Ints, pool_counts: Ints, pool: int, start: float) -> None:
    """Count an attempt in JOB_CELLS and POOL_COUNTS where it starts."""
    enter_moment(calendar, cells[rows.ATTEMPTS_IN], start)
    enter_moment(calendar, pool_counts[rows.ATTEMPTS, pool], start)


@inner
def enter_moment(calendar: Calendar, cells: Ints, time: float) -> None:
    """Count something in the cell in which it happens, unless it never does or only in the cool-down."""
    if time < calendar.until:
        cells[calendar.pieces[piece_of(calendar, time)]["cell"]] += 1


@inner
def close_jobs(jobs: Floats, number: int, counts: Ints, cells: Ints, points: Floats) -> None:
    """Turn jobs ended in a cell into those open at its end; find the most at a time, and the delays."""
    backlog, created, attempted, still_open = cells[rows.BACKLOG], cells[rows.CREATED_IN], number, 0
    for cell in range(backlog.size):
        still_open += created[cell] - backlog[cell]
        backlog[cell] = still_open
    for row in range(len(jobs)):
        sort(jobs[row, :number])
    counts[rows.MOST_OPEN] = most_open(jobs[CREATED, :number], jobs[ENDED, :number])
    while attempted > 0 and jobs[DELAYED, attempted - 1] == np.inf:
        attempted -= 1
    sorted_points(jobs[DELAYED, :attempted], points)


@inner
def most_open(created: Floats, ended: Floats) -> int:
    """Return how many jobs were open at a time, both sorted; at one instant ends come first (rule R4)."""
    most = over = 0
    for number in range(created.size):
        while over < ended.size and ended[over] <= created[number]:
            over += 1
        most = max(most, number + 1 - over)
    return most
