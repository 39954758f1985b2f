"""Stays: who was somewhere from when to when, in line, with an agent or on a trunk line."""

from __future__ import annotations

from callcenter.kernels import hot, inner
from callcenter.measure.counting import rows
from callcenter.measure.counting.calendar import Calendar, Records, cell_of, is_counted, piece_from
from callcenter.measure.tally import Tally


@hot
def enter_stay(calendar: Calendar, groups: Records, group: int, near: int, came: float, went: float) -> None:
    """Add a stay to the time of its group; ``near`` is a piece in which it began, or an earlier one.

    Whoever is there when a piece ends is counted in the next one from its start to its end, and what was
    missed of the last piece is taken away.
    """
    if came < calendar.until:
        went = min(went, calendar.until)
        here = piece_from(calendar, near, came)
        last = piece_from(calendar, here, went)
        stay = groups[here, group]
        if here == last:
            stay["seconds"] += max(went, calendar.since) - max(came, calendar.since)
        else:
            stay["seconds"] += calendar.pieces[here]["end"] - max(came, calendar.since)
            stay["change"] += 1
            groups[last, group]["seconds"] -= calendar.pieces[last]["end"] - max(went, calendar.since)
            groups[last, group]["change"] -= 1


@hot
def enter_work(
    calendar: Calendar,
    groups: Records,
    presences: Records,
    so_far: Records,
    tiers: int,
    pool: int,
    near: int,
    came: float,
    went: float,
) -> None:
    """Add work of an agent, and note who is at work when a piece begins: they may be too many (rule R8)."""
    enter_stay(calendar, groups, tiers + pool, near, came, went)
    enter_presence(calendar, groups, presences, so_far, tiers, pool, near, came, went)


@hot
def enter_break(
    calendar: Calendar,
    groups: Records,
    presences: Records,
    so_far: Records,
    tiers: int,
    pool: int,
    near: int,
    came: float,
    went: float,
) -> None:
    """Add a break of an agent, and note who is away when a piece begins: they may be too many (rule R20b)."""
    pools = (groups.shape[1] - tiers - 1) // 2
    enter_stay(calendar, groups, tiers + pools + pool, near, came, went)
    enter_presence(calendar, groups, presences, so_far, tiers, pool, near, came, went)


@inner
def count_silence(calendar: Calendar, page: Tally, pool: int, start: float, end: float) -> None:
    """R10a: count a place of a pool's agent that was held in vain, where it began."""
    if is_counted(calendar, start):
        cell = cell_of(calendar, start)
        page.pool_counts[rows.SILENT, pool, cell] += 1
        page.pool_sums[rows.SILENT_S, pool, cell] += end - start


@hot
def enter_presence(
    calendar: Calendar,
    groups: Records,
    presences: Records,
    so_far: Records,
    tiers: int,
    pool: int,
    near: int,
    came: float,
    went: float,
) -> None:
    """Note who is at work, or on a break, when a piece begins."""
    piece = piece_from(calendar, near, came)
    if came > calendar.pieces[piece]["start"]:
        piece += 1
    while calendar.pieces[piece]["start"] < went:
        if calendar.pieces[piece]["is_open"]:
            number = so_far[0]["presences"]
            if number < presences.size:
                presences[number]["slot"] = piece * ((groups.shape[1] - tiers - 1) // 2) + pool
                presences[number]["until"] = went
            so_far[0]["presences"] = number + 1
        piece += 1
