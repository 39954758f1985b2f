"""Quantiles of Student's t and of the beta distribution, as SciPy has them."""

from __future__ import annotations

import pytest
from scipy import special

from callcenter.measure.quantiles import MANY, TAIL, below, beta, student

SIZES = (0.3, 1.0, 1.5, 2.0, 7.0, 30.0, 99.9, 1_000.0, 10_000.0)


def test_student() -> None:
    """All small degrees of freedom, and some large ones, on both sides of the expansion."""
    for degrees in (*range(1, 300), MANY - 1, MANY, MANY + 1, 9_999, 10**6):
        expected = special.stdtrit(float(degrees), 1 - TAIL)

        assert pytest.approx(expected, rel=1e-12) == student(degrees)


@pytest.mark.parametrize("a", SIZES)
@pytest.mark.parametrize("b", SIZES)
@pytest.mark.parametrize("chance", [TAIL, 1 - TAIL])
def test_beta(a: float, b: float, chance: float) -> None:
    """Few and many, alike and far apart; one of the parameters is 1 or more where days are counted."""
    if max(a, b) >= 1.0:
        assert pytest.approx(special.betaincinv(a, b, chance), rel=1e-12) == beta(a, b, chance)


@pytest.mark.parametrize("x", [1e-9, 0.01, 0.3, 0.5, 0.9, 0.999])
def test_below(x: float) -> None:
    """The chance itself, on both sides of the mean."""
    for a in SIZES:
        for b in SIZES:
            assert pytest.approx(special.betainc(a, b, x), rel=1e-10, abs=1e-300) == below(x, a, b)
