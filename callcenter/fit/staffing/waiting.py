"""When somebody waits whom an agent may take: the measure of such time, for each set of skills."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.fit.calls import Calls


class Presence:
    """Whether intervals of time cover a moment: how much of any stretch, and how many at a moment."""

    def __init__(self, starts: Floats, ends: Floats) -> None:
        self._starts, self._ends = np.sort(starts), np.sort(ends)
        self._edges, self._covered = _union(starts, ends)

    def covered(self, first: Floats, last: Floats) -> Floats:
        """Return how many seconds of each stretch at least one interval covers."""
        return np.interp(last, self._edges, self._covered) - np.interp(first, self._edges, self._covered)

    def number(self, moments: Floats) -> Ints:
        """Return how many intervals cover each moment, ends excluded."""
        begun = np.searchsorted(self._starts, moments, side="left")
        return begun - np.searchsorted(self._ends, moments, side="left")


def _union(starts: Floats, ends: Floats) -> tuple[Floats, Floats]:
    """Return edges, and the seconds covered up to each."""
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    is_new = np.concatenate(([True], starts[1:] > reach[:-1])) if len(starts) else np.zeros(0, bool)
    first = starts[is_new]
    last = np.concatenate((reach[:-1][is_new[1:]], reach[-1:]))
    edges = np.stack((first, last), axis=1).ravel()
    lengths = np.stack((np.zeros(len(first)), last - first), axis=1).ravel()
    return (edges, np.cumsum(lengths)) if len(edges) else (np.zeros(1), np.zeros(1))


def presence(calls: Calls, tiers: Flags) -> Presence:
    """Return when calls of some tiers wait in the line."""
    chosen = calls.is_queued & tiers[calls.tier] & (calls.wait > 0)
    joined = calls.moments(calls.joined)[chosen]
    return Presence(joined, joined + calls.wait[chosen])
