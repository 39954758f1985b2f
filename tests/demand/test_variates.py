"""Numbers of the standard laws: the exact law of 200,000 draws, by Kolmogorov and Smirnov (p = 1e-4)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats

from callcenter.demand import variates
from callcenter.demand.streams import stream

DRAWS = 200_000


def draws(law: Callable[..., float], *figures: float) -> Any:
    """Return numbers of a law from one stream, each by one call."""
    state = stream(11, 0, "", law.__name__)[0]
    return np.array([law(state, *figures) for _ in range(DRAWS)])


LAWS = {
    "exponential": (variates.exponential, (), stats.expon()),
    "normal": (variates.normal, (), stats.norm()),
    "gamma 0.3": (variates.gamma, (0.3,), stats.gamma(0.3)),
    "gamma 1": (variates.gamma, (1.0,), stats.gamma(1)),
    "gamma 40": (variates.gamma, (40.0,), stats.gamma(40)),
}


@pytest.mark.slow
@pytest.mark.parametrize(("law", "figures", "exact"), LAWS.values(), ids=LAWS)
def test_laws(law: Any, figures: Any, exact: Any) -> None:
    """The whole law, and the tail beyond the lowest layer of the ziggurat."""
    numbers = draws(law, *figures)
    share, expected = (numbers > exact.isf(1e-3)).mean(), 1e-3

    assert 1e-4 < stats.kstest(numbers, exact.cdf).pvalue
    assert abs(share - expected) < 5 * math.sqrt(expected / DRAWS)


@pytest.mark.parametrize(
    ("edges", "area", "density"),
    [
        (variates.EXPONENTIAL_EDGES, stats.expon().sf, lambda x: np.exp(-x)),
        (
            variates.NORMAL_EDGES,
            lambda x: math.sqrt(2 * math.pi) * stats.norm().sf(x),
            lambda x: np.exp(-x * x / 2),
        ),
    ],
    ids=["exponential", "normal"],
)
def test_layers(edges: Any, area: Any, density: Any) -> None:
    """All 256 layers have the same area, the lowest with the tail; the last ends at the top of the curve."""
    layers = edges[1:-1] * np.diff(density(edges[1:]))
    lowest = edges[1] * density(edges[1]) + area(edges[1])

    assert 256 == edges.size - 1
    assert lowest == pytest.approx(edges[0] * density(edges[1]), rel=1e-12)
    assert layers == pytest.approx(np.full(255, lowest), rel=1e-10)
