"""From the book to a page of the tallies: opened empty, and filled when all is counted."""

from __future__ import annotations

from callcenter.arrays import Floats, Ints
from callcenter.kernels import hot, inner
from callcenter.measure.counting import rows
from callcenter.measure.counting.book import Book
from callcenter.measure.counting.calendar import Records
from callcenter.measure.counting.customers import add_callers
from callcenter.measure.counting.definitions import Definitions
from callcenter.measure.counting.jobs import close_jobs
from callcenter.measure.counting.overtime import add_overtime, level_in
from callcenter.measure.counting.waits import wait_points
from callcenter.measure.tally import Tally


@inner
def open_book(emptied: Ints, so_far: Records) -> None:
    """Begin a replication."""
    for number in range(emptied.size):
        emptied[number] = 0
    so_far[0]["waits"] = so_far[0]["presences"] = so_far[0]["picked"] = so_far[0]["jobs"] = 0


@inner
def close_book(definitions: Definitions, book: Book, page: Tally, staffed: Ints, follows: bool) -> bool:
    """Fill the page, empty but for what has been counted right there; return whether there was room.

    ``staffed`` are the levels (changes, pools); ``follows``: customers were entered one by one.
    """
    noted, calendar = book.so_far[0]["presences"], definitions.calendar
    if noted > book.presences.size:
        return False
    turn_counts(book.counts, page.counts)
    turn_sums(book.sums, page.sums)
    turn_taken(book.taken, page.pool_counts)
    if not follows:
        add_callers(book.counts, page.customers)
    add_waiting(calendar.pieces, definitions.tiers, book.groups, page.sums)
    add_work(calendar.pieces, definitions.tiers.size, book.groups, staffed, page.pool_sums)
    add_roster(definitions.rostered_s, page.pool_sums)
    those = book.presences[:noted]
    add_overtime(
        calendar.pieces, those, book.slots, book.leaving, staffed, definitions.rostered, page.pool_sums
    )
    if definitions.is_limited:
        add_lines(calendar.pieces, book.groups, page.lines_s)
    close_jobs(book.jobs, book.so_far[0]["jobs"], page.job_counts, page.job_cells, page.delay_points)
    return wait_points(book, definitions.tiers, page.wait_bins, page.wait_points)


@inner
def turn_counts(counts: Ints, turned: Ints) -> None:
    """Copy counts: they are kept by cell, and a page has them by name."""
    cells, tiers, names = counts.shape
    for name in range(names):
        for tier in range(tiers):
            for cell in range(cells):
                turned[name, tier, cell] = counts[cell, tier, name]


@inner
def turn_sums(sums: Floats, turned: Floats) -> None:
    """Copy sums likewise."""
    cells, tiers, names = sums.shape
    for name in range(names):
        for tier in range(tiers):
            for cell in range(cells):
                turned[name, tier, cell] = sums[cell, tier, name]


@inner
def turn_taken(taken: Ints, turned: Ints) -> None:
    """Copy the calls that pools answered."""
    cells, pools = taken.shape
    for pool in range(pools):
        for cell in range(cells):
            turned[rows.TAKEN, pool, cell] = taken[cell, pool]


@inner
def add_waiting(pieces: Records, tiers: Records, groups: Records, sums: Floats) -> None:
    """Add the time that calls of each tier waited; of deferred ones only in opening hours."""
    for tier in range(tiers.size):
        present = 0
        for number in range(len(groups)):
            piece, group = pieces[number], groups[number, tier]
            if piece["is_open"] or not tiers[tier]["is_deferred"]:
                sums[rows.WAITING, tier, piece["cell"]] += present * length_of(piece) + group["seconds"]
            present += group["change"]


@inner
def add_work(pieces: Records, tiers: int, groups: Records, staffed: Ints, sums: Floats) -> None:
    """Add the pools' time to sums (POOL_SUMS, pools, cells); all work after a close is overtime."""
    for pool in range(staffed.shape[1]):
        present = resting = 0
        for number in range(len(groups)):
            piece, group = pieces[number], groups[number, tiers + pool]
            cell, busy = piece["cell"], present * length_of(piece) + group["seconds"]
            sums[rows.BUSY_S, pool, cell] += busy
            away = groups[number, tiers + staffed.shape[1] + pool]
            if piece["is_open"]:
                level = level_in(piece, staffed, pool)
                sums[rows.STAFFED_S, pool, cell] += level * length_of(piece)
                sums[rows.BREAK_S, pool, cell] += resting * length_of(piece) + away["seconds"]
            else:
                sums[rows.OVERTIME_S, pool, cell] += busy
                sums[rows.UNROSTERED_S, pool, cell] += busy
            present += group["change"]
            resting += away["change"]


@inner
def add_roster(rostered_s: Floats, sums: Floats) -> None:
    """Copy the time rostered."""
    pools, cells = rostered_s.shape
    for pool in range(pools):
        for cell in range(cells):
            sums[rows.ROSTERED_S, pool, cell] = rostered_s[pool, cell]


@inner
def add_lines(pieces: Records, groups: Records, seconds: Floats) -> None:
    """Add the time that trunk lines were held."""
    present, lines = 0, groups.shape[1] - 1
    for number in range(len(groups)):
        piece, group = pieces[number], groups[number, lines]
        seconds[piece["cell"]] += present * length_of(piece) + group["seconds"]
        present += group["change"]


@hot
def length_of(piece: Records) -> float:
    """Return the counted time of a piece: whoever was there at its start is taken to stay to its end."""
    return piece["end"] - piece["begin"]
