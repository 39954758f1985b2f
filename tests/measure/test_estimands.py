"""Figures estimated together are those estimated one by one."""

from __future__ import annotations

import numpy as np
import pytest

from callcenter.measure.estimands import estimates_of, mean_of, ratio_of
from callcenter.measure.estimates import mean, ratio


@pytest.mark.parametrize("shape", [(12,), (1,), (12, 5), (2, 3)])
def test_together_as_one_by_one(shape: tuple[int, ...]) -> None:
    """Means with and without a bound, ratios and shares, also with nothing to divide by, in any order."""
    rng = np.random.default_rng(1)
    calls, answered = rng.poisson(3.0, shape), rng.poisson(1.0, shape)
    answered = np.minimum(answered, calls)
    waits = np.where(calls > 4, np.nan, rng.exponential(9.0, shape))
    nothing = np.zeros(shape)

    together = estimates_of(
        [
            ratio_of(answered, calls, most=1.0),
            mean_of(waits),
            mean_of(waits - 9.0, least=-np.inf),
            ratio_of(waits * 0 + 2.0, calls),
            ratio_of(nothing, nothing, most=1.0),
            mean_of(calls),
        ]
    )

    apart = [
        ratio(answered, calls, most=1.0),
        mean(waits),
        mean(waits - 9.0, least=-np.inf),
        ratio(waits * 0 + 2.0, calls),
        ratio(nothing, nothing, most=1.0),
        mean(calls),
    ]
    for expected, estimate in zip(apart, together, strict=True):
        for part, found in zip(expected, estimate, strict=True):
            np.testing.assert_allclose(found, part, rtol=1e-13)


def test_nothing_asked() -> None:
    """No figures have no estimates."""
    assert [] == estimates_of([])
