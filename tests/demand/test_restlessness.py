"""Restless demand: intervals that scatter more than Poisson, and slow days (rules R3e and R2c)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from callcenter.arrays import Floats
from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand import draw
from callcenter.demand.awakening import Awakening, Origin
from callcenter.demand.later_calls import AGAIN
from callcenter.demand.purposes import NOBODY
from callcenter.demand.restlessness import quantile
from callcenter.demand.tables import log_quantiles
from callcenter.scenario import Scenario, ScenarioError, load

CALLS = (30, 60, 90)
DAY, INTERVAL, CORRELATION = 0.10, 0.25, 0.6


def hotline(**demand: Any) -> Scenario:
    """Return three short intervals of two tiers, whose talk is certain."""
    return load(
        {
            "name": "restless",
            "day": {"open": "08:00", "close": "08:30", "interval": "10 min"},
            "demand": {"calls": list(CALLS), "mix": {"vip": "40%", "regular": "60%"}} | demand,
            "tiers": {
                name: {"priority": 0, "talk": "100 s", "wrap_up": "7 s"} for name in ("vip", "regular")
            },
            "pools": {"desk": {"serves": ["vip", "regular"], "agents": 2}},
        }
    )


def restless() -> Scenario:
    """Return one that is restless in all three ways."""
    factor = {"cv": INTERVAL, "correlation": CORRELATION}
    return hotline(day_factor_cv=DAY, interval_factor=factor, talk_factor_cv="20%")


def counts(scenario: Scenario, replications: int) -> Floats:
    """Return the calls of each interval, shape (replications, intervals)."""
    tapes = (draw(scenario, 3, number).arrived for number in range(replications))
    return np.array([np.bincount(((at - 8 * 3600) // 600).astype(int), minlength=3) for at in tapes], float)


def at_score(law: Any, score: Any) -> Any:
    """Return the quantile of a law that a Gaussian score stands for."""
    tail = stats.norm.sf(np.abs(score))
    return np.where(score > 0, law.isf(tail), law.ppf(tail))


def gamma_covariance(correlation: float) -> float:
    """Return the covariance of two Gamma factors of mean 1 whose Gaussian scores correlate, by quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    law = stats.gamma(INTERVAL**-2, scale=INTERVAL**2)
    first, news = np.meshgrid(nodes, nodes)
    second = correlation * first + math.sqrt(1 - correlation**2) * news
    product = at_score(law, first) * at_score(law, second)
    return float(weights @ product @ weights) / (2 * math.pi) - 1


@pytest.mark.slow
def test_variances_and_covariances_of_counts() -> None:
    """Var = l + l^2 (d^2 + s^2 + d^2 s^2) and Cov = l l' (d^2 + (1 + d^2) c) of calls by interval (5 SE).

    c is the covariance of the factors of two intervals; their scores correlate by rho to the power of the
    lag, and the factors of one interval by 1.
    """
    drawn = counts(restless(), 6000)
    spread = drawn - np.array(CALLS)
    assert (abs(spread.mean(axis=0)) < 5 * drawn.std(axis=0) / math.sqrt(len(drawn))).all()
    for one in range(3):
        for other in range(one, 3):
            lag = INTERVAL**2 if one == other else gamma_covariance(CORRELATION ** (other - one))
            expected = CALLS[one] * CALLS[other] * (DAY**2 + (1 + DAY**2) * lag)
            expected += CALLS[one] if one == other else 0
            products = spread[:, one] * spread[:, other]
            assert abs(products.mean() - expected) < 5 * products.std() / math.sqrt(len(drawn))


@pytest.mark.slow
def test_one_factor_for_all_tiers() -> None:
    """Counts of two tiers in an interval covary as much as the factor that they share: l1 l2 s^2 (5 SE)."""
    scenario = hotline(interval_factor={"cv": "50%"})
    tapes = [draw(scenario, 4, number) for number in range(2000)]
    first = np.array([np.bincount(t.tier[t.arrived < 8 * 3600 + 600], minlength=2) for t in tapes], float)
    products = (first[:, 0] - 12) * (first[:, 1] - 18)

    assert abs(products.mean() - 12 * 18 * 0.25) < 5 * products.std() / math.sqrt(len(tapes))


@pytest.mark.parametrize("cv", [1.0, 0.5, 0.17, 0.01])
def test_quantiles(cv: float) -> None:
    """The table of quantiles is right to 2 in 10^10, over all scores that ever come."""
    table, law = log_quantiles(cv), stats.gamma(cv**-2, scale=cv**2)
    for score in np.linspace(-8, 8, 331):
        assert abs(quantile(table, float(score)) / float(at_score(law, score)) - 1) < 2e-10


def test_talk_factor() -> None:
    """A slow day stretches all talks and wrap-ups alike, in whole ticks, and moves no arrival."""
    slow, plain = draw(hotline(talk_factor_cv="20%"), 5, 1), draw(hotline(), 5, 1)
    (talk,), (wrap_up,) = set(slow.talk.tolist()), set(slow.wrap_up.tolist())

    assert plain.arrived.tolist() == slow.arrived.tolist()
    assert talk != 100
    assert (talk * TICKS_PER_SECOND).is_integer()
    assert abs(wrap_up / 7 - talk / 100) < 1 / TICKS_PER_SECOND


@pytest.mark.slow
def test_talk_factors_are_gamma() -> None:
    """Over 2,000 days the factor has the law of a Gamma factor of mean 1 (Kolmogorov-Smirnov)."""
    scenario = hotline(talk_factor_cv="20%")
    factors = [draw(scenario, 6, number).talk[0] / 100 for number in range(2000)]

    assert stats.kstest(factors, stats.gamma(25, scale=1 / 25).cdf).pvalue > 1e-3


def test_later_calls_are_as_slow_as_the_first() -> None:
    """R2c: calls that follow, and callbacks, take the factor of the day of the customer's first call."""
    repeat = {"repeat": {"share": "50%", "after": "5 min"}, "callback": {"on": ["abandoned"]}}
    scenario = hotline(talk_factor_cv="20%").with_({f"tiers.vip.{key}": rule for key, rule in repeat.items()})
    tape = draw(scenario, 5, 1)
    later, again = Awakening(tape, 1), Origin(0, AGAIN, NOBODY)

    assert tape.talk[0] != 100
    assert {tape.talk[0]} == {*tape.talk, later.call(again, 0).talk, later.callback(again, 0).talk}
    assert {tape.wrap_up[0]} == {
        *tape.wrap_up,
        later.call(again, 0).wrap_up,
        later.callback(again, 0).wrap_up,
    }


def test_restless_days_have_streams_of_their_own() -> None:
    """R2: the factors of a day are its own: one more day changes none of those before."""
    alone, two_days = draw(restless(), 5, 1), draw(restless().with_({"days": 2}), 5, 1)

    assert alone.arrived.tolist() == two_days.arrived[two_days.arrived < 86_400].tolist()
    assert set(alone.talk.tolist()) < set(two_days.talk.tolist())


def test_intervals_of_their_own() -> None:
    """R3e: with a list, the factor of an interval is the one that its own cv gives all of them."""
    own = ("40%", "0%", "10%")
    for place, cv in enumerate(own):
        calls = [90 if place == each else 0 for each in range(3)]
        factors = ({"cv": each, "correlation": CORRELATION} for each in (list(own), cv))
        listed, alike = (draw(hotline(calls=calls, interval_factor=each), 5, 1).arrived for each in factors)
        assert alike.tolist() == listed.tolist()


@pytest.mark.parametrize(
    ("cv", "message"),
    [(["10%", "20%"], "expected 3"), ({"file": "x.csv"}, "a list of one per interval"), ([0, 0, 12], "12%")],
)
def test_lists_that_cannot_be(cv: Any, message: str) -> None:
    """One value is missing; a file; a per cent sign that was forgotten."""
    with pytest.raises(ScenarioError, match=message):
        hotline(interval_factor={"cv": cv})
