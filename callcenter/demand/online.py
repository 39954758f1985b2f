"""The web and app in front of the hotline: who starts online, and who calls all the same."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats
from callcenter.demand.arrivals import Arrivals
from callcenter.demand.chance import Chance
from callcenter.demand.hours import intervals_of, opening_clock, opening_hours
from callcenter.demand.tape import OnlineTape
from callcenter.scenario import Scenario


class Starters(NamedTuple):
    """Customers of one tier who start online, in order of their start."""

    at: Floats
    solved: Flags


NOBODY = Starters(np.empty(0), np.empty(0, np.bool_))


def through_online(scenario: Scenario, chance: Chance, customers: Arrivals) -> tuple[Arrivals, Starters]:
    """Return those who call, in order of arrival, and those who start online.

    Those whose matter is not solved online call after ``time``, which passes only while the hotline is open
    (rule R13a); after the last close they never call.
    """
    online = scenario.online_of(chance.tier)
    if online is None:
        return customers, NOBODY
    starts = chance.coins(online.share, "online start", customers.times.size)
    starters = Starters(
        customers.times[starts], chance.coins(online.solves, "online solved", int(np.count_nonzero(starts)))
    )
    spent = chance.times(online.time, "online time", customers.intervals[starts])
    calls_later = ~starters.solved
    later = opening_clock(opening_hours(scenario), starters.at[calls_later], spent[calls_later])
    later = later[np.isfinite(later)]
    times = np.concatenate([customers.times[~starts], later])
    intervals = np.concatenate([customers.intervals[~starts], intervals_of(scenario, later)])
    order = np.argsort(times, kind="stable")
    return Arrivals(times[order], intervals[order]), starters


def online_tape(starters: list[Starters]) -> OnlineTape:
    """Put the tiers together in order of start; ties in file order of the tiers."""
    at = np.concatenate([own.at for own in starters])
    order = np.argsort(at, kind="stable")
    tier = np.repeat(np.arange(len(starters), dtype=np.int32), [own.at.size for own in starters])
    return OnlineTape(tier[order], at[order], np.concatenate([own.solved for own in starters])[order])
