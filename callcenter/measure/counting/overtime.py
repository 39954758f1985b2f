"""Overtime: work of agents who are too many (rule R8)."""

from __future__ import annotations

from callcenter.arrays import Floats, Ints
from callcenter.kernels import hot, inner
from callcenter.measure.counting import rows
from callcenter.measure.counting.calendar import Records
from callcenter.measure.counting.sorting import sort


@inner
def add_overtime(
    pieces: Records,
    presences: Records,
    slots: Records,
    leaving: Floats,
    staffed: Ints,
    rostered: Ints,
    sums: Floats,
) -> None:
    """Add the work beyond levels (changes, pools) in opening hours to sums (POOL_SUMS, pools, cells).

    An overstaffed pool takes nothing new: from the start of a piece its agents leave as they finish, until as
    many are left as the level says.
    """
    line_up(pieces, presences, slots, leaving, staffed, rostered)
    pools = staffed.shape[1]
    for number in range(slots.size):
        slot = slots[number]
        if slot["end"] > slot["begin"]:
            piece, pool = pieces[number // pools], number % pools
            those = leaving[slot["begin"] : slot["end"]]
            sort(those)
            sums[rows.OVERTIME_S, pool, piece["cell"]] += beyond(piece, those, level_in(piece, staffed, pool))
            sums[rows.UNROSTERED_S, pool, piece["cell"]] += beyond(
                piece, those, level_in(piece, rostered, pool)
            )


@inner
def line_up(
    pieces: Records, presences: Records, slots: Records, leaving: Floats, staffed: Ints, rostered: Ints
) -> None:
    """Put together when those finish who are at work at the start of a piece, wherever they are too many."""
    pools, room = staffed.shape[1], 0
    for number in range(slots.size):
        slots[number]["present"] = 0
    for number in range(presences.size):
        slots[presences[number]["slot"]]["present"] += 1
    for number in range(slots.size):
        slot, piece, pool = slots[number], pieces[number // pools], number % pools
        slot["begin"] = slot["end"] = room
        if slot["present"] > min(level_in(piece, staffed, pool), level_in(piece, rostered, pool)):
            room += slot["present"]
        else:
            slot["present"] = 0
    for number in range(presences.size):
        slot = slots[presences[number]["slot"]]
        if slot["present"] > 0:
            leaving[slot["end"]] = presences[number]["until"]
            slot["end"] += 1


@hot
def level_in(piece: Records, levels: Ints, pool: int) -> int:
    """Return the level of a pool in a piece: nobody before the first change."""
    return levels[piece["change"], pool] if piece["change"] >= 0 else 0


@hot
def beyond(piece: Records, leaving: Floats, level: int) -> float:
    """Return the work in a piece of those who leave until as many are left as the level says."""
    seconds = 0.0
    for number in range(leaving.size - level):
        seconds += max(min(leaving[number], piece["end"]) - piece["begin"], 0.0)
    return seconds
