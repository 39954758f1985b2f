"""Agents taken away together, hours apart: on every day, what each of them costs, in few simulations.

Where a day is long to simulate, a day for every single agent is dear.  An agent is missed in the hours that
follow, so many can be away on the same day, each seen in the hours after.  How far that is from being away
alone is measured on a few days and taken into account: a difference of two figures of the same day, which is
next to nothing where no more is felt before the next is away (control variate).
"""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats
from callcenter.study.staffing.gains import perturbed
from callcenter.study.staffing.search import Search, Stand

APART = 2 * 3600.0
"""Seconds between two agents of a pool who are away on the same day."""


class Together:
    """What single agents of a staffing cost each margin, by replication, seen while others are away, too."""

    def __init__(self, search: Search, stand: Stand, days: int | None = None) -> None:
        goals, counts = search.goals, stand.counts.first(days or len(search.replications))
        design = perturbed(stand.levels, search.interval, APART)
        tried = search.trials.counts(design.staffings, search.replications[:days])
        above = goals.above(counts).sum(axis=2)
        self.staffings = len(design.staffings)
        """How many were simulated."""
        self._lost: dict[tuple[int, int], Floats] = {}
        shape = goals.by_replication(counts).shape
        for number, (pool, intervals) in enumerate(design.places):
            fall = above - goals.above(tried.of(number)).sum(axis=2)
            for interval in map(int, intervals):
                lost = np.zeros(shape)  # of intervals' own margins and of callbacks nothing is known
                window = slice(max(0, interval - 1), interval + design.stride - 1)
                if interval + design.stride >= above.shape[2]:
                    window = slice(max(0, interval - 1), None)
                lost[:, : above.shape[1]] = fall[:, :, window].sum(axis=2)
                self._lost[pool, interval] = lost

    def usual(self) -> dict[tuple[int, int], Floats]:
        """Return what each place costs each margin, as far as this tells."""
        return {place: lost.mean(axis=0) for place, lost in self._lost.items()}

    def lost(self, place: tuple[int, int], alone: Floats) -> tuple[Floats, Floats]:
        """Return by how much each margin falls on all replications, and the standard error of that.

        ``alone`` is by how much each falls on the first few of them with this agent alone away.
        """
        other = self._lost[place]
        beside = alone - other[: len(alone)]
        error: Floats = beside.std(axis=0, ddof=1) / np.sqrt(len(alone))
        return other.mean(axis=0) + beside.mean(axis=0), error
