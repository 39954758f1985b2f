"""Priority waits against exact cases, hand computation and limits."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from callcenter.theory import cobham_mg1, erlang_a, erlang_c, priority_queue
from tests.oracles.exact_cases import Case, cases_of


def test_priorities_by_hand() -> None:
    """M/M/1 with loads 1/6, 1/3, 1/4 of 60 s calls: 45 s of work found, over (1 - above) (1 - up to own)."""
    expected = [45 / (5 / 6), 45 / (5 / 6 * 1 / 2), 45 / (1 / 2 * 1 / 4)]

    assert pytest.approx(expected) == [tier.mean_wait for tier in priority_queue([10, 20, 15], 60, 1)]
    assert pytest.approx(expected) == list(cobham_mg1([10, 20, 15], [60] * 3, [1] * 3))


@pytest.mark.parametrize("case", [*cases_of("M/M/n non-preemptive"), *cases_of("M/M/n+M non-preemptive")])
def test_tiers_wait_as_in_the_exact_cases(case: Case) -> None:
    """Waits and abandonment of every tier agree to 1e-8."""
    patience = case.params.get("patience_mean_s", math.inf)
    calls, aht, agents = (case.params[name] for name in ("class_calls_per_hour", "aht_s", "n"))
    tiers = priority_queue(calls, aht, agents, patience)
    actual = {"p_wait": tiers[0].p_wait}
    for number, tier in enumerate(tiers, 1):
        actual[f"class{number}.mean_wait"] = actual[f"class{number}.w_all"] = tier.mean_wait
        actual[f"class{number}.p_ab"] = tier.abandonment
    known = {metric: value for metric, value in actual.items() if metric in case.values}

    assert len(tiers) < len(known)
    assert pytest.approx({metric: case.values[metric] for metric in known}, rel=1e-8) == known


def test_tiers_together_are_one_queue() -> None:
    """Priorities only share out the waiting: weighted by calls it is Erlang A's."""
    calls = [100.0, 400.0, 560.0]
    tiers = priority_queue(calls, 180, 50, 240)
    together = sum(rate * tier.mean_wait for rate, tier in zip(calls, tiers, strict=True)) / sum(calls)

    assert pytest.approx(erlang_a(sum(calls), 180, 50, 240).mean_wait) == together


def test_one_tier_is_erlang_c() -> None:
    """Without others to overtake, priority is nothing."""
    (tier,) = priority_queue([252], 120, 12)

    assert pytest.approx((erlang_c(252, 120, 12).p_wait, 0, erlang_c(252, 120, 12).asa)) == tuple(tier)


def test_lower_tiers_wait_longer() -> None:
    """From the first tier to the last each waits and abandons more."""
    for above, below in pairwise(priority_queue([50, 50, 50, 50], 180, 9, 120)):
        assert above.mean_wait < below.mean_wait
        assert above.abandonment < below.abandonment


def test_overload_stops_at_the_tier_that_causes_it() -> None:
    """The tiers that the agents can keep up with wait as if the work below were just endless."""
    first, second, third = priority_queue([100, 150, 10], 180, 10)

    assert pytest.approx((1.0, 0.0, 18 / 0.5)) == tuple(first)
    assert (math.inf, math.inf) == (second.mean_wait, third.mean_wait)
    assert math.inf == cobham_mg1([10, 80], [180, 120], [1, 1])[1]
    assert pytest.approx((180 * 0.5 + 120 * 0.5) / 0.5) == cobham_mg1([10, 80], [180, 120], [1, 1])[0]


def test_tier_without_calls_has_no_wait() -> None:
    """Nothing offered, no value."""
    empty, other = priority_queue([0, 252], 120, 12)

    assert math.isnan(empty.mean_wait)
    assert pytest.approx(erlang_c(252, 120, 12).asa) == other.mean_wait


def test_pollaczek_khinchine() -> None:
    """One tier of hyperexponential calls (mean 60 s, 1 in 5 of mean 180 s) at load 3/4 waits 360 s."""
    cv = math.sqrt(2 * (0.2 * 180**2 + 0.8 * 30**2) / 60**2 - 1)

    assert pytest.approx((360.0,)) == cobham_mg1([45], [60], [cv])


SQUARED_CV = {"exp": 1.0, "erl2": 0.5, "hyp": 2 * (0.2 * 3**2 + 0.8 * 0.5**2) - 1}


@pytest.mark.parametrize("case", cases_of("M/G/1"))
def test_cobham_is_exact(case: Case) -> None:
    """Tiers of one agent with exponential, Erlang, hyperexponential and lognormal handle times."""
    classes = case.params["classes"]
    calls, aht = [tier["calls_per_hour"] for tier in classes], [tier["mean_s"] for tier in classes]
    cv = [math.sqrt(tier.get("scv") or SQUARED_CV[tier["dist"]]) for tier in classes]
    expected = [case.values[f"class{number}.mean_wait"] for number in range(1, len(classes) + 1)]

    assert pytest.approx(expected, rel=1e-8) == list(cobham_mg1(calls, aht, cv))
