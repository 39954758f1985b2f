"""The calls that may follow a call: redials and repeats (rule R13), and transfers (rule R15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Indices, Ints
from callcenter.demand.calls import Calls, draw_calls, interleaved, put_together
from callcenter.demand.chance import Chance
from callcenter.demand.coins import Coins, draw_coins, no_coins
from callcenter.demand.tape import FollowUps
from callcenter.language import gettext as _
from callcenter.scenario import Problem, Scenario, ScenarioError
from callcenter.scenario.parts.callers import MOST_FOLLOW_UPS

MOST_ROWS = 40_000_000
"""Calls of one replication, those that may follow included; more would eat all memory."""


class Generation(NamedTuple):
    """Calls with equally many calls before them in their chain."""

    calls: Calls
    customer: Ints
    """Row of the customer's first call, ..."""
    root: Indices
    """... its tier, ..."""
    interval: Ints
    """... and the interval of the day in which it arrived (rule R13b)."""
    attempt: Ints
    """The smallest number of attempt that the call can have."""


class Children(NamedTuple):
    """Calls that may follow those of a generation: by parent, the next call before the transfer."""

    parent: Ints
    """Place of the parent within its generation."""
    transferred: Flags
    next_call: Ints
    """One entry per parent: the place of its child within its generation, -1 = none."""
    transfer: Ints


def any_follow(scenario: Scenario) -> bool:
    """Whether the scenario lets any call be followed by another."""
    tiers = scenario.tiers.values()
    return any(tier.redial is not None or tier.repeat is not None or tier.transfer for tier in tiers)


def follow(
    scenario: Scenario, chance: Chance, firsts: Calls, intervals: Ints
) -> tuple[list[Calls], FollowUps | None]:
    """Draw the calls that may follow, generation by generation.

    Returns the calls of each generation, first calls included, and None if no call is ever followed.
    Raises ScenarioError if that would be more than MOST_ROWS calls.
    """
    rows = np.arange(intervals.size)
    parents = Generation(firsts, rows, firsts.columns.tier, intervals, np.ones_like(rows))
    generations, links, size = [parents.calls], [], intervals.size
    for number in range(MOST_FOLLOW_UPS + 1):
        coins = no_coins(parents.root.size)
        if number < MOST_FOLLOW_UPS:
            coins = _coins_of(scenario, chance, parents, number)
        children = _children(coins)
        links.append(_links(parents.customer, coins, children, size))
        if children.parent.size == 0:
            break
        size += children.parent.size
        _refuse_too_many(scenario, size)
        parents = _grown(scenario, chance, parents, coins, children, number + 1)
        generations.append(parents.calls)
    if len(generations) == 1:
        return generations, None
    return generations, FollowUps(*(np.concatenate(column) for column in zip(*links, strict=True)))


def _coins_of(scenario: Scenario, chance: Chance, calls: Generation, number: int) -> Coins:
    tier, exits = calls.calls.columns.tier, calls.calls.columns.ivr_exit
    lots, rows = [no_coins(0)], [np.empty(0, np.int64)]
    for lot_chance, own in _lots(scenario, chance, tier, calls.root, number):
        lots.append(draw_coins(scenario, lot_chance, calls.interval[own], exits[own], calls.attempt[own]))
        rows.append(own)
    return Coins(*(interleaved(column, rows) for column in zip(*lots, strict=True)))


def _children(coins: Coins) -> Children:
    again, moves = (coins.redials != 0) | coins.repeats, coins.transfer_to >= 0
    number = again.astype(np.int64) + moves
    end = np.cumsum(number)
    transferred = np.zeros(number.sum(), np.bool_)
    transferred[end[moves] - 1] = True
    return Children(
        parent=np.repeat(np.arange(number.size), number),
        transferred=transferred,
        next_call=np.where(again, end - number, -1),
        transfer=np.where(moves, end - 1, -1),
    )


def _links(customer: Ints, coins: Coins, children: Children, offset: int) -> FollowUps:
    """Return the links of the parents; the rows of the children begin at ``offset``."""
    return FollowUps(
        customer=customer,
        next_call=np.where(children.next_call < 0, -1, children.next_call + offset),
        redials=coins.redials,
        redial_after=coins.redial_after,
        repeats=coins.repeats,
        repeat_after=coins.repeat_after,
        transfer=np.where(children.transfer < 0, -1, children.transfer + offset),
    )


def _refuse_too_many(scenario: Scenario, rows: int) -> None:
    if rows > MOST_ROWS:
        message = _(
            "`redial`, `repeat` and `transfer` lead to more than {most:,} calls per replication; "
            "lower `redial.attempts`, the shares of `redial` and `repeat`, or `demand.volume`"
        )
        raise ScenarioError([Problem(scenario.source, None, None, "tiers", message.format(most=MOST_ROWS))])


def _grown(
    scenario: Scenario, chance: Chance, parents: Generation, coins: Coins, children: Children, number: int
) -> Generation:
    """Draw the children; ``number`` is that of their generation."""
    of, moved = children.parent, children.transferred
    tier = np.where(moved, coins.transfer_to[of], parents.calls.columns.tier[of])
    root, interval = parents.root[of], parents.interval[of]
    lots, rows = [], []
    for lot_chance, own in _lots(scenario, chance, tier, root, number):
        not_yet = np.full(own.size, np.nan)
        lots.append(draw_calls(scenario, lot_chance, not_yet, interval[own], moved[own]))
        rows.append(own)
    return Generation(
        calls=put_together(lots, rows),
        customer=parents.customer[of],
        root=root,
        interval=interval,
        attempt=np.where(moved | coins.repeats[of], 1, parents.attempt[of] + 1),
    )


def _lots(
    scenario: Scenario, chance: Chance, tier: Indices, root: Indices, number: int
) -> Iterator[tuple[Chance, Ints]]:
    """Yield the streams of calls, and these calls: those of one tier whose customers first called one tier.

    So callers transferred from another tier move no draw of the tier's own callers.
    """
    names = list(scenario.tiers)
    kind = (tier * len(names) + root).astype(np.int16)
    order, counts = np.argsort(kind, kind="stable"), np.bincount(kind)
    kinds, place = np.flatnonzero(counts), f" +{number}" if number else ""
    for which, own in zip(kinds.tolist(), np.split(order, np.cumsum(counts[kinds])[:-1]), strict=False):
        t, r = divmod(which, len(names))
        yield (
            chance.of(names[t], place if t == r else f"{place} from {names[r]}"),
            own,
        )
