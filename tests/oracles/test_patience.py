"""Patience of any kind: M/M/n+G."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from callcenter.arrays import Floats
from callcenter.theory import QueueFigures, Survival, erlang_a_general
from tests.oracles.hotline import Plain, Tier, assert_agrees, exponential, lognormal, mixture, one_pool, run


def a_minute(seconds: Floats) -> Floats:
    """Survival of callers who all hang up after 60 s."""
    return (seconds < 60).astype(np.float64)


def two_kinds(seconds: Floats) -> Floats:
    """Survival of a few callers of 10 s patience and others of 600 s."""
    return 0.15 * np.exp(-seconds / 10) + 0.85 * np.exp(-seconds / 600)


SPREAD = stats.lognorm(math.sqrt(math.log(5)), scale=180 / math.sqrt(5))
"""Mean 180 s, coefficient of variation 2."""


@pytest.mark.parametrize(
    ("calls", "aht", "agents", "patience", "survival", "days"),
    [
        pytest.param(252, 120, 12, "60 s", a_minute, 2, id="constant-MG01"),
        pytest.param(400, 200, 20, lognormal(180, 2), SPREAD.sf, 1, id="lognormal-MG03"),
        pytest.param(220, 180, 10, mixture(0.15, 10, 600), two_kinds, 1, id="mixture-MG07"),
    ],
)
def test_patience_of_any_kind(
    calls: float,
    aht: float,
    agents: int,
    patience: Plain | str,
    survival: Survival,
    days: int,
    engine: str,
    length: int,
) -> None:
    """Answered within 20 s, abandonment, ASA and mean wait."""

    def theory(number: int) -> QueueFigures:
        return erlang_a_general(calls, aht, number, survival, jumps=(60.0,))

    exact, fewer, more = theory(agents), theory(agents - 1), theory(agents + 1)
    callers = Tier(calls, exponential(aht), patience)

    tier = run(one_pool({"callers": callers}, agents, days * length), engine)["tiers"]["callers"]

    assert_agrees(tier["service_level"], exact.answered_within, fewer.answered_within, more.answered_within)
    assert_agrees(tier["abandonment"], exact.abandonment, fewer.abandonment, more.abandonment)
    assert_agrees(tier["asa_s"], exact.asa, fewer.asa, more.asa)
    assert_agrees(tier["mean_wait_s"], exact.mean_wait, fewer.mean_wait, more.mean_wait)
