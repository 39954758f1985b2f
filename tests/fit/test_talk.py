"""Talk: families told apart on unseen days, short calls, levels, and the day factor."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gamma

from callcenter.fit.talk import day_variation, levels, quantiles, relative_to_tier, talk

NUMBER, DAYS = 6000, 30


def _days() -> np.ndarray:
    return (np.arange(NUMBER) % DAYS).astype(np.int32)


@pytest.mark.parametrize("family", ["lognormal", "gamma", "weibull"])
def test_family_and_figures(family: str) -> None:
    """Mean and cv of the family that talk was drawn from lie in their intervals; nothing is called short."""
    chance = np.random.default_rng(7)
    cv = {
        "lognormal": 0.9,
        "gamma": 1.2,
        "weibull": np.sqrt(gamma(1 + 2 / 2.3) / gamma(1 + 1 / 2.3) ** 2 - 1),
    }[family]
    if family == "lognormal":
        spread = np.log(1 + cv**2)
        times = chance.lognormal(np.log(200) - spread / 2, np.sqrt(spread), NUMBER)
    elif family == "gamma":
        times = chance.gamma(1 / cv**2, 200 * cv**2, NUMBER)
    else:
        times = 200 / gamma(1 + 1 / 2.3) * chance.weibull(2.3, NUMBER)
    found = talk(times, _days())
    assert found is not None
    assert family == found.family
    assert found.short is None
    assert found.mean.low < 200 < found.mean.high
    assert found.cv.low < cv < found.cv.high


def test_short_calls_are_a_component() -> None:
    """Six in a hundred talks of some seconds are told from a lognormal that has none."""
    chance = np.random.default_rng(18)
    times = np.where(
        chance.random(NUMBER) < 0.06, chance.uniform(1, 9, NUMBER), chance.lognormal(5, 0.8, NUMBER)
    )
    found = talk(times, _days())
    assert found is not None
    assert found.short is not None
    assert (times < 10).mean() == pytest.approx(found.short.value)
    assert found.short.low < 0.06 < found.short.high
    assert times.mean() == pytest.approx(found.mean.value)
    written = found.written()
    assert {"mixture"} == set(written)
    assert [round(found.short.value, 4), round(1 - found.short.value, 4)] == [
        p["share"] for p in written["mixture"]
    ]


def test_no_family_fits() -> None:
    """Two lumps are no family; the observed times are taken, with their mean."""
    chance = np.random.default_rng(9)
    times = np.where(
        chance.random(NUMBER) < 0.5, chance.normal(100, 5, NUMBER), chance.normal(600, 5, NUMBER)
    )
    found = talk(times, _days())
    assert found is not None
    assert "empirical" == found.family
    assert times.mean() == pytest.approx(np.mean(found.quantiles), rel=1e-3)


def test_quantiles_have_the_mean() -> None:
    """Equally likely times keep the mean of what was seen, tails and all."""
    times = np.random.default_rng(10).lognormal(4, 1.3, 5000)
    assert times.mean() == pytest.approx(quantiles(times, 50).mean(), rel=1e-3)


def test_level_of_a_month_that_drifts() -> None:
    """Talk that is 10% longer in the second half has a factor of 1.1 / 1.05 there."""
    chance = np.random.default_rng(11)
    days = _days()
    part = (days >= DAYS / 2).astype(int)
    times = chance.gamma(4, 50, NUMBER) * np.where(part == 1, 1.1, 1.0)
    relative = relative_to_tier(times, np.zeros(NUMBER, np.int32), 1)
    first, second = levels(relative, part, days, ["June", "July"])
    assert first.factor.low < 1 / 1.05 < first.factor.high
    assert second.factor.low < 1.1 / 1.05 < second.factor.high


def test_day_factor_of_talk() -> None:
    """The cv of the day factor is found beneath the chance of single calls, and is 0 without one."""
    chance = np.random.default_rng(12)
    days = _days()
    factor = chance.gamma(1 / 0.08**2, 0.08**2, DAYS)
    plain = chance.gamma(1, 200, NUMBER)
    with_factor = day_variation(plain / 200 * factor[days], days)
    without = day_variation(plain / 200, days)
    assert with_factor.low < 0.08 < with_factor.high
    assert 0.0 == without.low
