"""Staffing in figures: agents rostered and on the phones, and what follows by shrinkage and price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from callcenter.scenario import Pool, Scenario

FULL_TIME = 8.0
"""Paid hours of a full-time day, to begin with."""
MOST_SHRINKAGE = 0.95

SUMS = ["scheduled_h", "required_h", "net_h", "paid_h", "full_time", "cost"]
"""Figures of a pool over its rows."""


class Staff(NamedTuple):
    """What the staffing sheets are written of."""

    rows: pd.DataFrame
    """`start`, `pool`, agents `rostered`, `scheduled`, `required`, perhaps `day`; by pool, then by time."""
    pools: Mapping[str, Pool]
    hours: float
    """Of an interval."""

    @property
    def has_days(self) -> bool:
        """Whether the rows tell days apart."""
        return "day" in self.rows

    @property
    def days(self) -> int:
        """How many days there are rows of."""
        return int(self.rows["day"].nunique()) if self.has_days else 1

    def span(self, pool: str) -> tuple[int, int]:
        """Return the first and the last row of a pool."""
        places = self.rows.index[self.rows["pool"] == pool]
        return int(places[0]), int(places[-1])

    @property
    def figures(self) -> pd.DataFrame:
        """The rows with `net`, `paid` agents, `paid_h` and `cost`, calculated as the formulas do."""
        rows = self.rows
        paid = rows["rostered"].astype(float)
        hours = paid * self.hours
        cost = hours * rows["pool"].map({name: pool.cost_per_hour for name, pool in self.pools.items()})
        return rows.assign(net=rows["scheduled"] - rows["required"], paid=paid, paid_h=hours, cost=cost)

    @property
    def sums(self) -> pd.DataFrame:
        """One row for each pool with the SUMS; nan where nothing is required."""
        pools = self.figures.groupby("pool", sort=False)
        added = pools[["scheduled", "required", "paid_h", "cost"]].sum(min_count=1).reindex(list(self.pools))
        added["scheduled_h"] = added["scheduled"] * self.hours
        added["required_h"] = added["required"] * self.hours
        added["net_h"] = added["scheduled_h"] - added["required_h"]
        added["full_time"] = added["paid_h"] / FULL_TIME / self.days
        return added[SUMS]


def staff_of(scenario: Scenario, required: pd.DataFrame) -> Staff:
    """Return agents by interval and pool in the order of the sheets: by pool, then by time."""
    order = {pool: place for place, pool in enumerate(scenario.pools)}
    rows = required.sort_values("pool", key=lambda pools: pools.map(order), kind="stable", ignore_index=True)
    return Staff(rows, scenario.pools, scenario.day.interval / 3600)


def lost(pool: Pool) -> float:
    """Return the share of paid hours not on the phones by the scenario: shrinkage, then absence."""
    return float(np.minimum(1 - (1 - pool.shrinkage) * (1 - pool.absence), MOST_SHRINKAGE))
