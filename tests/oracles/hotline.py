"""Hotlines in the long run: their scenarios, their simulation, and how far it is from the exact value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from scipy import stats

from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import summary, tally
from callcenter.scenario import load

Kpi = Mapping[str, float]
Plain = dict[str, Any]

REPLICATIONS = 25
NEAR = 4.0
"""Standard errors, by Student's t over the replications, that a figure may be from its exact value."""
FAR = 9.0
"""Standard errors that the exact value with one agent more or less must be away, so that it would fail."""


def exponential(mean: float) -> Plain:
    """Exponential times; seconds."""
    return {"exponential": f"{mean} s"}


def lognormal(mean: float, cv: float) -> Plain:
    """Lognormal times; mean in seconds."""
    return {"lognormal": {"mean": f"{mean} s", "cv": cv}}


def mixture(share: float, mean: float, other_mean: float) -> Plain:
    """Exponential times of two kinds; means in seconds."""
    parts = [{"share": share, "of": exponential(mean)}, {"share": 1 - share, "of": exponential(other_mean)}]
    return {"mixture": parts}


class Tier(NamedTuple):
    """A tier of callers; they come at a steady rate."""

    calls_per_hour: float
    talk: Plain
    patience: Plain | str = "never"


def steady(tiers: Mapping[str, Tier], pools: Plain, days: int, **more: Any) -> Plain:
    """Return a hotline around the clock, whose first hours, while it fills, are not counted."""
    return {
        "name": "steady",
        "day": {"open": "00:00", "close": "24:00", "interval": "1 h"},
        "days": days,
        "warm_up": "6 h",
        "demand": {"tiers": {name: {"calls": tier.calls_per_hour} for name, tier in tiers.items()}},
        "tiers": {name: _tier(rank, tier) for rank, (name, tier) in enumerate(tiers.items())},
        "pools": pools,
        **more,
    }


def _tier(rank: int, tier: Tier) -> Plain:
    target = {"within": "20 s", "share": "80%"}
    return {"priority": rank, "target": target, "talk": tier.talk, "patience": tier.patience}


def one_pool(tiers: Mapping[str, Tier], agents: int, days: int) -> Plain:
    """Return a steady hotline of one pool that serves every tier."""
    return steady(tiers, {"floor": {"serves": list(tiers), "agents": agents}}, days)


def run(hotline: Plain, engine: str, replications: int = REPLICATIONS) -> Plain:
    """Simulate the hotline and return its summary."""
    scenario = load(hotline)
    logs = (simulate(scenario, draw(scenario, 10010, n), engine) for n in range(replications))
    return summary(scenario, [tally(scenario, log) for log in logs])


class Measured(NamedTuple):
    """A figure of a simulation and its standard error."""

    value: float
    error: float


def measured(kpi: Kpi, replications: int = REPLICATIONS) -> Measured:
    """Take the standard error back out of the 95 % interval; a share's may be clipped on one side.

    Of a lopsided interval the harmonic mean of the sides is nearest to the half-width without skewness; a
    side more than three times the other one has room for an unseen day in it.
    """
    short, long = sorted((kpi["value"] - kpi["low"], kpi["high"] - kpi["value"]))
    is_clipped = kpi["low"] == 0 or kpi["high"] == 1
    half = long if is_clipped else short if long > 3 * short else 2 * short * long / (short + long or 1)
    return Measured(kpi["value"], half / float(stats.t.ppf(0.975, replications - 1)))


def assert_agrees(kpi: Kpi, exact: float, *wrong: float, replications: int = REPLICATIONS) -> None:
    """The figure is near its exact value, and far from the ``wrong`` ones of other numbers of agents."""
    value, error = measured(kpi, replications)
    assert abs(value - exact) < NEAR * error, f"{value} is {(value - exact) / error:.1f} SE from {exact}"
    for other in wrong:
        assert abs(other - exact) > FAR * error, f"{other} is {(other - exact) / error:.1f} SE from {exact}"
