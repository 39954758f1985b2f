"""Drawing which calls may follow a call (rules R13 and R15): one coin per call and purpose."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Flags, Floats, Indices, Ints
from callcenter.demand.chance import Chance
from callcenter.demand.tape import HANGS_UP, SELF_SERVED, TO_AGENT, Exits
from callcenter.outcomes import Outcome, Stage
from callcenter.scenario import Distribution, Redial, Scenario, Transfer

Bits = npt.NDArray[np.int16]


class Coins(NamedTuple):
    """What may follow each of some calls."""

    redials: Bits
    redial_after: Floats
    repeats: Flags
    repeat_after: Floats
    transfer_to: Indices
    """Tier, -1 = none."""


def no_coins(size: int) -> Coins:
    """Return the coins of calls that nothing follows."""
    never = np.zeros(size)
    nowhere = np.full(size, -1, np.int32)
    return Coins(np.zeros(size, np.int16), never, np.zeros(size, np.bool_), never, nowhere)


def draw_coins(scenario: Scenario, chance: Chance, intervals: Ints, exits: Exits, attempts: Ints) -> Coins:
    """Draw for calls of one tier, given how they leave the IVR and the smallest attempt that each can be.

    What cannot happen to a call that leaves the IVR in this way is left out, and nobody repeats a call that
    was transferred.
    """
    tier, coins, asks = scenario.tiers[chance.tier], no_coins(intervals.size), exits == TO_AGENT
    if tier.redial is not None:
        redials = _redials(tier.redial, chance, exits)
        redials[attempts > tier.redial.attempts] = 0
        after = _times(chance, tier.redial.after, "redial after", redials != 0, intervals)
        coins = coins._replace(redials=redials, redial_after=after)
    if tier.transfer:
        transfer_to = _transfers(scenario, tier.transfer, chance, intervals.size)
        coins = coins._replace(transfer_to=np.where(asks, transfer_to, np.int32(-1)))
    if tier.repeat is not None:
        repeats = chance.coins(tier.repeat.share, "repeat", intervals.size) & asks & (coins.transfer_to < 0)
        after = _times(chance, tier.repeat.after, "repeat after", repeats, intervals)
        coins = coins._replace(repeats=repeats, repeat_after=after)
    return coins


_STAGES = {
    TO_AGENT: (Stage.DIALLING, Stage.LINE),
    SELF_SERVED: (Stage.DIALLING,),
    HANGS_UP: (Stage.DIALLING, Stage.IVR),
}
"""Where a call can be lost, by the way it leaves the IVR."""


def _redials(rule: Redial, chance: Chance, exits: Exits) -> Bits:
    """Set the bit of each outcome whose share is above the draw of the call."""
    drawn = chance.stream("redial").random(exits.size)
    bits = np.zeros(exits.size, np.int16)
    for outcome, share in rule.when.items():
        bits |= (drawn < share) * np.int16(1 << Outcome[outcome.upper()])
    possible = np.zeros(len(_STAGES), np.int16)
    for way, stages in _STAGES.items():
        possible[way] = sum(1 << loss for loss in Outcome if loss.is_loss and loss.stage in stages)
    return bits & possible[exits]


def _transfers(scenario: Scenario, rules: tuple[Transfer, ...], chance: Chance, size: int) -> Indices:
    """One draw decides on at most one destination."""
    shares = np.cumsum([rule.share for rule in rules])
    places = [list(scenario.tiers).index(rule.to) for rule in rules]
    chosen = np.searchsorted(shares, chance.stream("transfer").random(size), side="right")
    return np.array([*places, -1], np.int32)[chosen]


def _times(chance: Chance, after: Distribution, purpose: str, those: Flags, intervals: Ints) -> Floats:
    times, calls = np.zeros(those.size), np.flatnonzero(those)
    times[calls] = chance.times(after, purpose, intervals[calls])
    return times
