"""Counting a call log."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.calllog import CallbackLog, JobOutcome, Outcome, SessionLog
from callcenter.kernels import inner, kernel
from callcenter.measure.counting import rows
from callcenter.measure.counting.book import Book
from callcenter.measure.counting.calendar import (
    Calendar,
    cell_of,
    is_counted,
    piece_near,
    piece_of,
)
from callcenter.measure.counting.calls import enter_call
from callcenter.measure.counting.customers import enter_customer, serve
from callcenter.measure.counting.definitions import Definitions
from callcenter.measure.counting.jobs import enter_attempt, enter_job
from callcenter.measure.counting.pages import close_book, open_book
from callcenter.measure.counting.stays import count_silence, enter_break, enter_work
from callcenter.measure.counting.thresholds import count_job
from callcenter.measure.tally import Tally

REACHED, BLOCKED = int(JobOutcome.REACHED), int(Outcome.BLOCKED)


class Logged(NamedTuple):
    """The columns of a call log that are counted; all whole numbers of 64 bits."""

    tier: Ints
    arrived: Floats
    joined: Floats
    answered: Floats
    left: Floats
    released: Floats
    outcome: Ints
    pool: Ints
    parent: Ints
    kind: Ints
    customer: Ints
    solved: Flags
    callbacks: CallbackLog
    sessions: SessionLog
    breaks: SessionLog
    silences: SessionLog
    online_tier: Ints
    online_at: Floats
    online_solved: Flags


@kernel
def count_log(
    definitions: Definitions, book: Book, log: Logged, follows: bool, staffed: Ints, end: float, page: Tally
) -> bool:
    """Fill a page, which is empty; return whether the book had room for it.

    ``follows``: some call follows another; ``staffed``: levels, shape (changes, pools).
    """
    open_book(book.emptied, book.so_far)
    calendar, piece = definitions.calendar, 0
    for call in range(log.tier.size):
        arrived = log.arrived[call]
        piece = piece_near(calendar, piece, arrived)
        tier, kind, outcome = log.tier[call], log.kind[call], log.outcome[call]
        enter_call(
            definitions,
            book,
            page,
            piece,
            tier,
            kind,
            outcome,
            arrived,
            log.joined[call],
            log.answered[call],
            log.left[call],
            log.released[call],
            log.pool[call],
            log.solved[call],
            end,
        )
        if follows:
            counted = is_counted(calendar, arrived)
            whose, parent, solved = log.customer[call], log.parent[call], log.solved[call]
            insists = enter_customer(
                book.customers, page.customers, whose, call, parent, tier, kind, outcome, solved, counted
            )
            if insists and counted and outcome != BLOCKED and definitions.tiers[tier]["has_ivr"]:
                book.counts[calendar.pieces[piece]["cell"], tier, rows.ENTERED_AGAIN] += 1
    count_jobs(definitions, book, page, log.callbacks, log.arrived, log.customer, follows, end)
    count_attempts(calendar, definitions.tiers.size, book, page, log.callbacks, log.arrived)
    count_sessions(calendar, definitions.tiers.size, book, log.sessions, end)
    count_breaks(calendar, definitions.tiers.size, book, log.breaks)
    for number in range(log.silences.pool.size):
        pool, start = log.silences.pool[number], log.silences.start[number]
        count_silence(calendar, page, pool, start, log.silences.end[number])
    count_online(calendar, page.customers, log.online_tier, log.online_at, log.online_solved)
    return close_book(definitions, book, page, staffed, follows)


@inner
def count_jobs(
    definitions: Definitions,
    book: Book,
    page: Tally,
    jobs: CallbackLog,
    arrived: Floats,
    customer: Ints,
    follows: bool,
    end: float,
) -> None:
    """Count the callback jobs of a log."""
    calendar = definitions.calendar
    for job in range(jobs.call.size):
        call, outcome = jobs.call[job], jobs.outcome[job]
        if is_counted(calendar, arrived[call]):
            times = jobs.created[job], jobs.due[job], jobs.first_attempt[job], jobs.ended[job]
            cell, tier = cell_of(calendar, arrived[call]), jobs.tier[job]
            count_job(definitions.thresholds, page.thresholds, cell, tier, times, end)
            enter_job(calendar, book.jobs, book.so_far, page.job_counts, page.job_cells, times, outcome, end)
            if outcome == REACHED and follows:
                serve(book.customers, page.customers, customer[call])
            elif outcome == REACHED:
                page.customers[rows.SERVED, tier] += 1


@inner
def count_attempts(
    calendar: Calendar, tiers: int, book: Book, page: Tally, jobs: CallbackLog, arrived: Floats
) -> None:
    """Count the attempts of a log: all are work, whenever the call came."""
    for attempt in range(jobs.attempt_job.size):
        pool, start = jobs.attempt_pool[attempt], jobs.attempt_start[attempt]
        enter_work(
            calendar,
            book.groups,
            book.presences,
            book.so_far,
            tiers,
            pool,
            piece_of(calendar, start),
            start,
            jobs.attempt_end[attempt],
        )
        if is_counted(calendar, arrived[jobs.call[jobs.attempt_job[attempt]]]):
            enter_attempt(calendar, page.job_cells, page.pool_counts, pool, start)


@inner
def count_sessions(calendar: Calendar, tiers: int, book: Book, sessions: SessionLog, end: float) -> None:
    """Count the work on contacts side by side; what has no end lasts until the run's."""
    for session in range(sessions.pool.size):
        pool, start, free = sessions.pool[session], sessions.start[session], sessions.end[session]
        if np.isnan(free):
            free = end
        piece = piece_of(calendar, start)
        enter_work(calendar, book.groups, book.presences, book.so_far, tiers, pool, piece, start, free)


@inner
def count_breaks(calendar: Calendar, tiers: int, book: Book, breaks: SessionLog) -> None:
    """Count unscheduled breaks: an agent who is too many leaves when the break is over (R20b)."""
    for rest in range(breaks.pool.size):
        pool, start, end = breaks.pool[rest], breaks.start[rest], breaks.end[rest]
        piece = piece_of(calendar, start)
        enter_break(calendar, book.groups, book.presences, book.so_far, tiers, pool, piece, start, end)


@inner
def count_online(calendar: Calendar, counts: Ints, tier: Ints, at: Floats, solved: Flags) -> None:
    """Count the customers who started on the web or app."""
    for start in range(tier.size):
        if is_counted(calendar, at[start]):
            counts[rows.STARTED_ONLINE, tier[start]] += 1
            counts[rows.SOLVED_ONLINE, tier[start]] += solved[start]
