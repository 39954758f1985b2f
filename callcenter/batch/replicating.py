"""One compiled call for many replications."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.batch.counting import count_floor
from callcenter.batch.morning import Morning, reset
from callcenter.demand.first_calls import NO_ROOM, Drawing, draw_first_calls
from callcenter.demand.later_calls import Later
from callcenter.engine.compiled.admission import admit
from callcenter.engine.compiled.records import Floor
from callcenter.engine.compiled.run import run_until
from callcenter.kernels import inner, kernel
from callcenter.measure.counting.book import Book
from callcenter.measure.counting.definitions import Definitions
from callcenter.measure.tally import Tally


class Callers(NamedTuple):
    """Who calls: what chance decides, and room for it."""

    drawing: Drawing
    later: Later
    """Its key is that of the replication."""
    made: Ints
    """Shape (2,): calls and starts online of the replication drawn last."""
    firsts: int
    """Room for first calls."""


class Rosters(NamedTuple):
    """The agents of some replications, replication by replication; without entries where all are alike."""

    levels: Ints
    """On the phones, shape (replications, changes, pools)."""
    rostered: Ints
    """Whole agents beyond whom work is unrostered, of the same shape."""
    seconds: Floats
    """Rostered, shape (replications, pools, cells)."""


@kernel
def replicate(
    callers: Callers,
    floor: Floor,
    morning: Morning,
    rosters: Rosters,
    definitions: Definitions,
    book: Book,
    tallies: Tally,
    redraw: bool,
) -> int:
    """Draw, simulate and count as many replications as there are tallies; return how many could be done.

    The first is that of the callers' key.  Not ``redraw``: the first calls of the
    first replication are on the floor already.  It stops where there is not enough room.
    """
    draws, made = callers.later.draws, callers.made
    for number in range(len(tallies.counts)):
        reset(floor, morning)
        if redraw or number > 0:
            made[0], made[1] = draw_first_calls(
                draws.tables, callers.drawing, draws.key, floor.calls[: callers.firsts], floor.follows
            )
        if made[0] == NO_ROOM:
            return number
        if len(rosters.levels) > 0:
            put_up(rosters.levels[number], floor.levels)
        if len(rosters.rostered) > 0:
            put_up(rosters.rostered[number], definitions.rostered)
            put_up_seconds(rosters.seconds[number], definitions.rostered_s)
        admit(floor, made[0])
        if not run_until(floor, callers.later, np.inf):
            return number
        page = page_of(tallies, number)
        if not count_floor(definitions, book, page, floor, callers.drawing.starters[: made[1]]):
            return number
        draws.key[2] += ONE
    return len(tallies.counts)


ONE = np.uint64(1)


@inner
def put_up(levels: Ints, roster: Ints) -> None:
    """Take over the levels of a replication, shape (changes, pools)."""
    changes, pools = levels.shape
    for change in range(changes):
        for pool in range(pools):
            roster[change, pool] = levels[change, pool]


@inner
def put_up_seconds(seconds: Floats, definitions: Floats) -> None:
    """Take over the agent seconds rostered of a replication, shape (pools, cells)."""
    pools, cells = seconds.shape
    for pool in range(pools):
        for cell in range(cells):
            definitions[pool, cell] = seconds[pool, cell]


@inner
def page_of(tallies: Tally, number: int) -> Tally:
    """Return the tally of one replication of those that lie side by side."""
    return Tally(
        tallies.counts[number],
        tallies.sums[number],
        tallies.wait_bins[number],
        tallies.wait_points[number],
        tallies.pool_counts[number],
        tallies.pool_sums[number],
        tallies.job_counts[number],
        tallies.job_cells[number],
        tallies.delay_points[number],
        tallies.customers[number],
        tallies.lines_s[number],
        tallies.thresholds[number],
    )
