"""Who calls again, after hanging up and after an answer, where customers are known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats
from callcenter.fit.calls import Calls
from callcenter.fit.estimates import Estimate, by_group, share
from callcenter.language import noted

WITHIN = (300.0, 900.0, 3600.0)
"""Seconds after a call within which the next of the same customer is counted."""
FEWEST_KNOWN = 0.2
"""Share of offered calls with a customer, from which anything is said."""


class Return(NamedTuple):
    """How many of some callers call again within a time."""

    within_s: float
    after_lost: Estimate
    after_answered: Estimate


def returns(calls: Calls) -> list[Return]:
    """Return the shares who call again: lower bounds, for calls without a customer are not seen."""
    known = calls.only((calls.customer >= 0) & calls.is_offered)
    if len(known) < FEWEST_KNOWN * max(int(calls.is_offered.sum()), 1):
        return []
    delay = _delays(known)
    return [
        Return(
            within,
            _share(known, known.is_lost, delay, within),
            _share(known, known.is_answered, delay, within),
        )
        for within in WITHIN
    ]


def _delays(calls: Calls) -> Floats:
    """Return seconds from the end of each call to the next of the same customer; infinite without one."""
    arrived, wait = calls.moments(calls.arrived), np.nan_to_num(calls.wait)
    ended = np.fmax(calls.moments(calls.left), calls.moments(calls.joined) + wait)
    order = np.lexsort((arrived, calls.customer))
    following = np.full(len(calls), np.inf)
    same = calls.customer[order][1:] == calls.customer[order][:-1]
    following[order[:-1]] = np.where(same, arrived[order][1:] - ended[order][:-1], np.inf)
    return following


def _share(calls: Calls, own: Flags, delay: Floats, within: float) -> Estimate:
    days = calls.number_of_days
    hits = by_group((own & (delay <= within)).astype(float), calls.day, days)
    return share(hits, by_group(own.astype(float), calls.day, days), noted("same customer, lower bound"))
