"""How well a roster fits its need: agents over and under it by interval, and hours needed per hour paid."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.scenario import Scenario


class Coverage(NamedTuple):
    """The agents that one pool, or all pools, need and have, by interval of the mean day."""

    needed: Floats
    rostered: Floats
    hours: float
    """Of an interval."""

    @property
    def net(self) -> Floats:
        """Agents over the need; below 0 under it."""
        return self.rostered - self.needed

    @property
    def over_h(self) -> float:
        """Agent-hours over the need."""
        return float(np.maximum(self.net, 0.0).sum() * self.hours)

    @property
    def under_h(self) -> float:
        """Agent-hours under it: the roster makes up for them at other times."""
        return float(np.maximum(-self.net, 0.0).sum() * self.hours)

    @property
    def needed_h(self) -> float:
        """Agent-hours needed."""
        return float(self.needed.sum() * self.hours)

    @property
    def rostered_h(self) -> float:
        """Agent-hours rostered, which are paid."""
        return float(self.rostered.sum() * self.hours)

    @property
    def efficiency(self) -> float:
        """Hours needed per hour paid; nan for a pool without agents."""
        return self.needed_h / self.rostered_h if self.rostered_h else float("nan")


def coverage(need: Scenario, roster: Scenario) -> dict[str, Coverage]:
    """Return how each pool of a roster covers its need, heads against heads."""
    hours = need.day.interval / 3600
    return {
        name: Coverage(np.array(need.rostered(name)), np.array(roster.rostered(name)), hours)
        for name in need.pools
    }


def together(pools: dict[str, Coverage]) -> Coverage:
    """Return all pools as one; what one has over does not make up for what another is short of."""
    parts = list(pools.values())
    return Coverage(
        sum((each.needed for each in parts), np.zeros(len(parts[0].needed))),
        sum((each.rostered for each in parts), np.zeros(len(parts[0].needed))),
        parts[0].hours,
    )
