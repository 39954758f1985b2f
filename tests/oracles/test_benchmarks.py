"""The textbook model that speed is measured against simulates the same day, and rightly."""

from __future__ import annotations

import math

import pytest

from benchmarks import engines, textbook
from callcenter.scenario import load
from callcenter.theory import erlang_a


def test_both_simulate_the_same_day() -> None:
    """The scenario file says what the constants of the textbook model say."""
    scenario = load(engines.TIER_DAY)
    tiers = list(scenario.tiers)
    talk = {scenario.tiers[name].talk.mean for name in tiers}
    patience = {scenario.tiers[name].patience.mean for name in tiers}

    assert [sum(scenario.demand.expected(name)) for name in tiers] == [
        rate * 1440 for rate in textbook.CALLS_PER_MINUTE
    ]
    assert ({textbook.MEAN_TALK}, {textbook.MEAN_PATIENCE}) == (talk, patience)
    assert [set(pool.staffed) for pool in scenario.pools.values()] == [{textbook.AGENTS}]


def test_textbook_abandonment() -> None:
    """Abandonment of a few days is near Erlang A; the tolerance is 4 standard errors between the days."""
    days = [textbook.simulate_day(seed) for seed in range(6)]
    shares = [sum(not call.answered for call in day) / len(day) for day in days]
    mean = sum(shares) / len(shares)
    error = math.sqrt(sum((share - mean) ** 2 for share in shares) / (len(shares) * (len(shares) - 1)))

    exact = erlang_a(
        sum(textbook.CALLS_PER_MINUTE) * 60, textbook.MEAN_TALK, textbook.AGENTS, textbook.MEAN_PATIENCE
    )

    assert pytest.approx(exact.abandonment, abs=4 * error) == mean


def test_table_of_speeds() -> None:
    """One round gives a speed and a ratio to each."""
    speeds = engines.measure(load(engines.TIER_DAY), rounds=1)
    lines = engines.table(speeds).splitlines()

    assert [engines.TEXTBOOK, engines.ENGINE, engines.WHOLE_WAY] == list(speeds)
    assert [line[:25].strip() for line in lines[1:]] == list(speeds)
    assert lines[1].endswith("1.00")
