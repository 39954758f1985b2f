"""The random streams of some calls, and the draws from them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.demand.sampling import sample
from callcenter.demand.streams import stream
from callcenter.scenario import Distribution


class Chance(NamedTuple):
    """The random streams of some calls of one tier in one replication."""

    seed: int
    replication: int
    intervals: int = 0
    """Of a day: a call whose interval is this or more arrives in the cool-down; 0 = there is none."""
    tier: str = ""
    which: str = ""
    """Ends every purpose: empty for first calls, `` +2`` for the calls that follow them in second place."""

    def of(self, tier: str, which: str = "") -> Chance:
        """Return the streams of other calls of the same replication."""
        return self._replace(tier=tier, which=which)

    def stream(self, purpose: str) -> np.random.Generator:
        """Return the stream of one purpose, at its beginning."""
        return stream(self.seed, self.replication, self.tier, purpose + self.which)

    def times(self, distribution: Distribution, purpose: str, intervals: Ints) -> Floats:
        """Draw one time for each call; a certain time, or one for no call, takes no stream.

        Calls of the cool-down have a stream of their own, so that they move no draw of the days that count.
        """
        if self.intervals and (is_after := intervals >= self.intervals).any():
            times = np.empty(intervals.size)
            times[~is_after] = self._times(distribution, purpose, intervals[~is_after])
            after = intervals[is_after] - self.intervals
            times[is_after] = self._times(distribution, f"{purpose} cool-down", after)
            return times
        return self._times(distribution, purpose, intervals)

    def _times(self, distribution: Distribution, purpose: str, intervals: Ints) -> Floats:
        rng = _UNUSED if distribution.is_certain or intervals.size == 0 else self.stream(purpose)
        return sample(distribution, rng, intervals)

    def coins(self, share: float, purpose: str, size: int) -> Flags:
        """Draw for each call whether something of this share happens to it."""
        return self.stream(purpose).random(size) < share


_UNUSED = np.random.default_rng(0)
