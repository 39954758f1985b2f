"""Recorded days beside the same days simulated: figures of days, of intervals, and waits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.replay.parts import Parts, by_interval, divided, figures

BAND = (0.025, 0.975)
"""Of the replications, 95% lie between."""


class Figures(NamedTuple):
    """Service level, abandonment and mean wait, recorded and simulated, shape (measures, places)."""

    recorded: Floats
    simulated: Floats
    """All replications together."""
    low: Floats
    """Where the band of 95% of the replications begins, and where it ends."""
    high: Floats


class Beside(NamedTuple):
    """Recorded days, and the same days simulated some times over."""

    days: tuple[str, ...]
    opening: float
    interval: float
    recorded: Parts
    """Shape (days, measures, 2, intervals)."""
    simulated: Parts
    """Shape (days, replications, measures, 2, intervals)."""
    recorded_waits: Ints
    """Waits of offered calls in the bins of `WAIT_EDGES`, all days."""
    simulated_waits: Ints

    def by_day(self) -> Figures:
        """Return the figures of each day."""
        made = figures(self.simulated)
        together = self.simulated.sum(axis=(1, 4))
        low, high = _band(np.moveaxis(made, 1, 0))
        return Figures(figures(self.recorded).T, divided(together[..., 0], together[..., 1]).T, low.T, high.T)

    def by_interval(self) -> Figures:
        """Return the figures of each interval, all days together."""
        made = by_interval(self.simulated.sum(axis=0))
        return Figures(
            by_interval(self.recorded.sum(axis=0)),
            by_interval(self.simulated.sum(axis=(0, 1))),
            *_band(made),
        )

    def calls(self) -> tuple[Floats, Floats]:
        """Return the mean calls of a day by interval that asked for a person, recorded and simulated."""
        offered = 1, 1  # below the line of abandonment
        recorded: Floats = self.recorded[:, *offered].mean(axis=0)
        simulated: Floats = self.simulated[:, :, *offered].mean(axis=(0, 1))
        return recorded, simulated


def _band(made: Floats) -> tuple[Floats, Floats]:
    """Return both ends of the band of replications, which are the first axis; nan where one has no figure."""
    low, high = np.quantile(made, BAND, axis=0)
    return low, high
