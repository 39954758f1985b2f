"""Money: what agents and lines cost, and what answered and abandoned calls are worth."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimands import Estimand, mean_of, ratio_of
from callcenter.measure.pools import POOL_SUMS
from callcenter.measure.tally import COUNTS, SUMS, Tally
from callcenter.scenario import Pool, Scenario


class Money(NamedTuple):
    """Amounts of each replication, all arrays of shape (replications,)."""

    staffing: dict[str, Floats]
    """By pool: every rostered hour, off the phones too (contract 2.0)."""
    overtime: dict[str, Floats]
    """By pool: work beyond the roster."""
    lines: Floats
    tiers: dict[str, Floats]
    """By tier: what its answered calls are worth, and its abandoned ones."""
    answered: Floats
    """Calls answered, of all tiers."""

    @property
    def pools(self) -> dict[str, Floats]:
        """The cost of each pool."""
        return {name: cost + self.overtime[name] for name, cost in self.staffing.items()}

    @property
    def cost(self) -> Floats:
        """What everything costs."""
        return _total(self.pools) + self.lines

    @property
    def value(self) -> Floats:
        """What all calls are worth."""
        return _total(self.tiers)

    @property
    def net(self) -> Floats:
        """Value less cost."""
        return self.value - self.cost


def money_of(scenario: Scenario, stacked: Tally) -> Money:
    """Return the amounts of `stack`ed tallies."""
    hours = dict(zip(POOL_SUMS, stacked.pool_sums.sum(axis=-1).swapaxes(0, 1) / 3600, strict=True))
    counts = dict(zip(COUNTS, stacked.counts.sum(axis=-1).swapaxes(0, 1), strict=True))
    held = stacked.sums[:, SUMS.index("line_s")].sum(axis=(-1, -2))
    pools, tiers = list(enumerate(scenario.pools.items())), list(enumerate(scenario.tiers.items()))
    return Money(
        staffing={name: hours["rostered_s"][:, i] * pool.cost_per_hour for i, (name, pool) in pools},
        overtime={name: hours["unrostered_s"][:, i] * overtime_rate(pool) for i, (name, pool) in pools},
        lines=held / 60 * scenario.line_cost_per_minute,
        tiers={
            name: counts["answered"][:, i] * tier.value.answered
            + counts["abandoned"][:, i] * tier.value.abandoned
            for i, (name, tier) in tiers
        },
        answered=counts["answered"].sum(axis=-1),
    )


def money_estimands(money: Money) -> dict[str, Estimand]:
    """Return the totals of a replication, and what an answered call costs."""
    return {
        "staffing_cost": mean_of(_total(money.staffing)),
        "overtime_cost": mean_of(_total(money.overtime)),
        "line_cost": mean_of(money.lines),
        "cost": mean_of(money.cost),
        "value": mean_of(money.value, least=-np.inf),
        "net": mean_of(money.net, least=-np.inf),
        "cost_per_answered": ratio_of(money.cost, money.answered),
    }


def is_priced(scenario: Scenario) -> bool:
    """Whether anything has a price or a value."""
    rates = [scenario.line_cost_per_minute]
    rates += [rate for pool in scenario.pools.values() for rate in (pool.cost_per_hour, overtime_rate(pool))]
    return any(rates) or is_valued(scenario)


def is_valued(scenario: Scenario) -> bool:
    """Whether calls of any tier have a value."""
    return any(tier.value.answered or tier.value.abandoned for tier in scenario.tiers.values())


def overtime_rate(pool: Pool) -> float:
    """Return what an hour of overtime costs: as much as any other hour unless the scenario says otherwise."""
    return pool.cost_per_hour if pool.overtime_per_hour is None else pool.overtime_per_hour


def _total(amounts: dict[str, Floats]) -> Floats:
    total: Floats = np.sum(list(amounts.values()), axis=0)
    return total
