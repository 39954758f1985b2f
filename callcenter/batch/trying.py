"""One compiled call for many staffings on the same days, of which only what a search asks for is counted."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.batch.counting import count_floor, last_end
from callcenter.batch.morning import Morning, reset
from callcenter.batch.replicating import Callers, Rosters, page_of, put_up, put_up_seconds
from callcenter.calllog import Outcome
from callcenter.demand.first_calls import NO_ROOM, draw_first_calls
from callcenter.engine.compiled.admission import admit, enter, introduce, joins, set_out
from callcenter.engine.compiled.records import Floor
from callcenter.engine.compiled.run import run_until
from callcenter.kernels import inner, kernel
from callcenter.measure.counting.book import Book
from callcenter.measure.counting.calendar import Calendar, cell_of, is_counted
from callcenter.measure.counting.definitions import Definitions
from callcenter.measure.tally import Tally

ANSWERED, ABANDONED, OPEN = int(Outcome.ANSWERED), int(Outcome.ABANDONED), int(Outcome.OPEN)

COUNTS = ("offered", "answered", "answered_within", "abandoned_within", "abandoned_short")
"""What the definitions of the answer rate are made of."""

STEP = 3600.0
"""Seconds after which it is looked again whether all that counts is over."""


class Sheet(NamedTuple):
    """What was counted of one staffing on one day after the other."""

    counts: Ints
    """Shape (days x staffings, COUNTS, tiers, cells)."""
    jobs: Ints
    """Callbacks late or left over, and owed: shape (days x staffings, 2)."""


@kernel
def try_staffings(
    callers: Callers,
    floor: Floor,
    morning: Morning,
    rosters: Rosters,
    numbers: Ints,
    definitions: Definitions,
    to_begin: float,
    sheet: Sheet,
    book: Book,
    tallies: Tally,
    redraw: bool,
) -> int:
    """Simulate each of the numbered days with every staffing; return how many days could be done.

    The callers of a day are drawn once; not ``redraw``: those of the first are on the floor already.
    ``rosters`` have an entry for each staffing, or for each day and staffing.  Callbacks owed up to
    ``to_begin`` seconds must be begun before the run ends.  ``tallies`` without entries are not made; with
    them, one for each day and staffing, a run goes on to its end.  It stops where there is not enough room.
    """
    draws, made, own = callers.later.draws, callers.made, definitions.tiers["own"]
    calendar = definitions.calendar
    staffings, coming = len(sheet.jobs) // numbers.size, 0
    for day in range(numbers.size):
        draws.key[2] = np.uint64(numbers[day])
        for staffing in range(staffings):
            cell = day * staffings + staffing
            place = cell if len(rosters.levels) > staffings else staffing
            reset(floor, morning)
            if staffing == 0 and (redraw or day > 0):
                made[0], made[1] = draw_first_calls(
                    draws.tables, callers.drawing, draws.key, floor.calls[: callers.firsts], floor.follows
                )
            if made[0] == NO_ROOM:
                return day
            put_up(rosters.levels[place], floor.levels)
            if staffing == 0:
                admit(floor, made[0])
                coming = floor.state[0]["coming"]
            else:
                admit_again(floor, made[0], coming)
            if len(tallies.counts) > 0:
                put_up(rosters.rostered[place], definitions.rostered)
                put_up_seconds(rosters.seconds[place], definitions.rostered_s)
            if not run_what_counts(floor, callers, calendar, len(tallies.counts) > 0):
                return day
            count_answers(floor, calendar, own, definitions.short, sheet.counts[cell])
            count_left_over(floor, calendar, to_begin, sheet.jobs[cell])
            if len(tallies.counts) > 0:
                page, starters = page_of(tallies, cell), callers.drawing.starters[: made[1]]
                if not count_floor(definitions, book, page, floor, starters):
                    return day
    return numbers.size


@inner
def admit_again(floor: Floor, firsts: int, coming: int) -> None:
    """Make calls ready that were admitted before: who comes when is in order already."""
    state = floor.state[0]
    state["firsts"] = state["calls"] = firsts
    state["coming"] = coming
    for number in range(firsts):
        call = floor.calls[number]
        enter(floor.calls, number)
        if floor.trips.size > 0:
            set_out(floor.trips, number)
        if state["follows"]:
            introduce(floor.follows, floor.customers, number)
        if not state["limited"]:
            joins(floor.calls, number, call["arrived"] + call["ivr_s"])


@inner
def run_what_counts(floor: Floor, callers: Callers, calendar: Calendar, whole: bool) -> bool:
    """Let the days pass until all that is counted is over, or the run; return whether there was room.

    Nothing that happens later changes what has happened, so most of a cool-down need not be simulated.
    """
    state = floor.state[0]
    state["came"] = state["change"] = state["window"] = 0
    at = np.inf if whole else calendar.until
    while at < floor.hours[-1, 1]:
        if not run_until(floor, callers.later, at):
            return False
        if is_over(floor, calendar):
            return True
        at += STEP
    return run_until(floor, callers.later, np.inf)


@inner
def is_over(floor: Floor, calendar: Calendar) -> bool:
    """Whether no call and no callback that counts is still to be dealt with."""
    for number in range(floor.state[0]["calls"]):
        if floor.calls[number]["outcome"] == OPEN and floor.calls[number]["arrived"] < calendar.until:
            return False
    for number in range(floor.office[0]["created"]):
        job = floor.jobs[number]
        if job["created"] < calendar.until and np.isnan(job["first_attempt"]) and np.isnan(job["ended"]):
            return False
    return True


@kernel
def count_answers(floor: Floor, calendar: Calendar, own: Floats, short: float, counts: Ints) -> None:
    """Enter every call in counts (COUNTS, tiers, cells), as the tally does; ``own`` thresholds by tier.

    A call whose time of arrival is nan was never made.
    """
    counts[:] = 0
    end = np.nan
    for row in range(floor.state[0]["calls"]):
        call = floor.calls[row]
        if np.isnan(call["joined"]) or not is_counted(calendar, call["arrived"]):
            continue
        cell, tier, outcome = cell_of(calendar, call["arrived"]), call["tier"], call["outcome"]
        if outcome == OPEN:
            end = end_of(floor) if np.isnan(end) else end
            if end - call["joined"] <= own[tier]:
                continue  # undecided
        counts[0, tier, cell] += 1
        if outcome == ANSWERED:
            counts[1, tier, cell] += 1
            counts[2, tier, cell] += call["answered"] - call["joined"] <= own[tier]
        elif outcome == ABANDONED:
            counts[3, tier, cell] += call["left"] - call["joined"] <= own[tier]
            counts[4, tier, cell] += call["left"] - call["joined"] <= short


@inner
def end_of(floor: Floor) -> float:
    """R12a: when the run ended."""
    end = last_end(floor)
    for row in range(floor.state[0]["calls"]):
        call = floor.calls[row]
        if call["outcome"] != OPEN:
            end = max(end, call["left"])
            if call["outcome"] == ANSWERED:
                end = max(end, call["released"])
    return end


@kernel
def count_left_over(floor: Floor, calendar: Calendar, to_begin: float, counted: Ints) -> None:
    """Count the callbacks that are late or left over, and those that are owed, of the calls that count.

    A run of one day cannot show that a promise of 24 h is broken, so a job also counts as left over when it
    was created in good time before the calling hours end for the last time, and is not begun by then.
    """
    counted[:] = 0
    end = np.nan
    for number in range(floor.office[0]["created"]):
        job = floor.jobs[number]
        if not is_counted(calendar, job["created"]):
            continue
        counted[1] += 1
        acted = job["first_attempt"]
        if np.isnan(acted):
            acted = job["ended"]
        if np.isnan(acted):
            end = end_of(floor) if np.isnan(end) else end
            counted[0] += end > job["due"] or job["created"] <= to_begin
        else:
            counted[0] += acted > job["due"]
