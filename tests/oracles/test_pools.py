"""Two pools: a VIP desk that overflows to a shared pool (N-design)."""

from __future__ import annotations

from tests.oracles.hotline import Tier, assert_agrees, exponential, run, steady
from tests.oracles.queues import NDesign

CALLS, PATIENCE = (80, 140), (120, 180)
"""Case N01."""


def test_n_design(engine: str, length: int) -> None:
    """Mean wait and abandonment of both tiers; one agent more or less in either pool would fail."""
    sizes = [(4, 8), (3, 8), (5, 8), (4, 7), (4, 9)]
    designs = [NDesign(CALLS, 180, *size, PATIENCE).figures() for size in sizes]
    tiers = {
        name: Tier(rate, exponential(180), exponential(mean))
        for name, rate, mean in zip(("vip", "regular"), CALLS, PATIENCE, strict=True)
    }
    desk = {"serves": ["vip"], "agents": 4}
    shared = {"serves": ["vip", "regular"], "agents": 8}

    result = run(steady(tiers, {"desk": desk, "shared": shared}, 3 * length), engine)["tiers"]

    for name, *tier in zip(tiers, *designs, strict=True):
        assert_agrees(result[name]["mean_wait_s"], *(figures.mean_wait for figures in tier))
        assert_agrees(result[name]["abandonment"], *(figures.abandonment for figures in tier))
