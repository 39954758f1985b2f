"""Counting what a run has left on the floor of the engine, as if it were a log."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Ints, Records
from callcenter.calllog import JobOutcome, Kind, Outcome
from callcenter.engine.compiled.records import NOBODY, Floor
from callcenter.kernels import inner
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

ANSWERED, OPEN, FIRST = int(Outcome.ANSWERED), int(Outcome.OPEN), int(Kind.FIRST)
SELF_SERVED, BLOCKED = int(Outcome.SELF_SERVED), int(Outcome.BLOCKED)
REACHED = int(JobOutcome.REACHED)


@inner
def count_floor(definitions: Definitions, book: Book, page: Tally, floor: Floor, starters: Records) -> bool:
    """Fill a page, which is empty; return whether the book had room for it."""
    open_book(book.emptied, book.so_far)
    end = count_calls(definitions, book, page, floor)
    count_jobs(definitions, book, page, floor, end)
    count_attempts(definitions.calendar, definitions.tiers.size, book, page, floor)
    count_sessions(definitions.calendar, definitions.tiers.size, book, floor)
    count_breaks(definitions.calendar, definitions.tiers.size, book, floor)
    for number in range(floor.state[0]["silences"]):
        silence = floor.silences[number]
        count_silence(definitions.calendar, page, silence["pool"], silence["start"], silence["end"])
    count_online(definitions.calendar, page.customers, starters)
    return close_book(definitions, book, page, floor.levels, floor.state[0]["follows"])


@inner
def count_calls(definitions: Definitions, book: Book, page: Tally, floor: Floor) -> float:
    """Count every call that was made; return when the run ended.

    R12a: it ends when the last caller has left and the last agent has wrapped up, so those who are still
    inside then come last.
    """
    end, calendar, piece = last_end(floor), definitions.calendar, 0
    for turn in range(2):
        still_inside = 0
        for number in range(floor.state[0]["calls"]):
            call = floor.calls[number]
            if (call["outcome"] == OPEN) != (turn == 1):
                still_inside += 1
                continue
            if np.isnan(call["arrived"]):
                continue
            if turn == 0:
                end = max(end, call["left"])
                if call["outcome"] == ANSWERED:
                    end = max(end, call["released"])
            piece = piece_near(calendar, piece, call["arrived"])
            kind = floor.trips[number]["kind"] if floor.trips.size > 0 else FIRST
            solved = is_solved(floor, number)
            enter_call(
                definitions,
                book,
                page,
                piece,
                call["tier"],
                kind,
                call["outcome"],
                call["arrived"],
                call["joined"],
                call["answered"],
                call["left"],
                call["released"],
                call["pool"],
                solved,
                end,
            )
            if floor.state[0]["follows"]:
                whose, parent = floor.follows[number]["customer"], floor.trips[number]["parent"]
                counted = is_counted(calendar, call["arrived"])
                tier, outcome = call["tier"], call["outcome"]
                those = book.customers, page.customers
                insists = enter_customer(*those, whose, number, parent, tier, kind, outcome, solved, counted)
                if insists and counted and outcome != BLOCKED and definitions.tiers[tier]["has_ivr"]:
                    book.counts[calendar.pieces[piece]["cell"], tier, rows.ENTERED_AGAIN] += 1
        if still_inside == 0:
            break
    return end


@inner
def last_end(floor: Floor) -> float:
    """Return when the last day closes, or the last attempt of a callback or place held in vain is over."""
    end = floor.hours[-1, 1]
    for number in range(floor.office[0]["made"]):
        end = max(end, floor.attempts[number]["end"])
    for number in range(floor.state[0]["silences"]):
        end = max(end, floor.silences[number]["end"])
    return end


@inner
def is_solved(floor: Floor, number: int) -> bool:
    """Whether a call was answered, or solved in the IVR, not transferred, and its customer calls no more."""
    outcome = floor.calls[number]["outcome"]
    if outcome != ANSWERED and outcome != SELF_SERVED:
        return False
    if not floor.state[0]["follows"]:
        return True
    stays = outcome == SELF_SERVED or floor.follows[number]["transfer_to"] == NOBODY
    return stays and not floor.follows[number]["repeats"]


@inner
def count_jobs(definitions: Definitions, book: Book, page: Tally, floor: Floor, end: float) -> None:
    """Count the callback jobs of calls that are counted."""
    calendar = definitions.calendar
    for number in range(floor.office[0]["created"]):
        job = floor.jobs[number]
        call = floor.calls[job["call"]]
        outcome: Any = np.int64(job["outcome"])
        if is_counted(calendar, call["arrived"]):
            times = job["created"], job["due"], job["first_attempt"], job["ended"]
            cell = cell_of(calendar, call["arrived"])
            count_job(definitions.thresholds, page.thresholds, cell, call["tier"], times, end)
            enter_job(calendar, book.jobs, book.so_far, page.job_counts, page.job_cells, times, outcome, end)
            if outcome == REACHED and floor.state[0]["follows"]:
                serve(book.customers, page.customers, floor.follows[job["call"]]["customer"])
            elif outcome == REACHED:
                page.customers[rows.SERVED, call["tier"]] += 1


@inner
def count_attempts(calendar: Calendar, tiers: int, book: Book, page: Tally, floor: Floor) -> None:
    """Count the attempts to call back: all are work, whenever the call came."""
    for number in range(floor.office[0]["made"]):
        attempt = floor.attempts[number]
        pool, start, free = attempt["pool"], attempt["start"], attempt["end"]
        piece = piece_of(calendar, start)
        enter_work(calendar, book.groups, book.presences, book.so_far, tiers, pool, piece, start, free)
        if is_counted(calendar, floor.calls[floor.jobs[attempt["job"]]["call"]]["arrived"]):
            enter_attempt(calendar, page.job_cells, page.pool_counts, pool, start)


@inner
def count_sessions(calendar: Calendar, tiers: int, book: Book, floor: Floor) -> None:
    """Count the work on contacts side by side."""
    for number in range(floor.state[0]["sessions"]):
        session = floor.sessions[number]
        pool, start, free = session["pool"], session["start"], session["end"]
        piece = piece_of(calendar, start)
        enter_work(calendar, book.groups, book.presences, book.so_far, tiers, pool, piece, start, free)


@inner
def count_breaks(calendar: Calendar, tiers: int, book: Book, floor: Floor) -> None:
    """Count the unscheduled breaks."""
    for number in range(floor.state[0]["rests"]):
        rest = floor.rests[number]
        pool, start, end = rest["pool"], rest["start"], rest["end"]
        piece = piece_of(calendar, start)
        enter_break(calendar, book.groups, book.presences, book.so_far, tiers, pool, piece, start, end)


@inner
def count_online(calendar: Calendar, counts: Ints, starters: Records) -> None:
    """Count the customers who started on the web or app."""
    for number in range(starters.size):
        starter = starters[number]
        if is_counted(calendar, starter["at"]):
            counts[rows.STARTED_ONLINE, starter["tier"]] += 1
            counts[rows.SOLVED_ONLINE, starter["tier"]] += starter["solved"]
