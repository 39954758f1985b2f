"""What one more agent in the worst stretch changes: the same callers, paired."""

from __future__ import annotations

from typing import Any

import pytest

import callcenter as cc
from callcenter.study.insights import Miss, Stretch
from callcenter.study.insights.bench import Bench
from callcenter.study.insights.gains import gains, gains_of, with_more
from callcenter.study.insights.misses import misses
from callcenter.study.result import Result
from tests.study.insights.hotlines import INTERVALS, agents, hotline

REPLICATIONS = 6

NOON = {
    "pools.desk.agents": agents(20, at_8=6, at_9=6),
    "pools.help": {"serves": ["caller"], "agents": 1},
    "tiers.caller.target.share": "93%",
}
"""Too few from 12:00 to 13:00; two pools serve."""

SHIFTS = [
    {"start": "08:00", "end": "16:00", "agents": 6},
    {"start": "08:00", "end": "12:00", "agents": 12},
    {"start": "13:00", "end": "16:00", "agents": 12},
]
"""The same lack as a roster of shifts."""


@pytest.fixture(scope="module")
def result() -> Result:
    """The lack at noon."""
    return cc.run(hotline(NOON), REPLICATIONS)


@pytest.fixture(scope="module")
def miss(result: Result) -> Miss:
    """What is missed by it."""
    (missed,) = misses(result)
    return missed


def test_a_gain_is_the_difference_that_compare_finds(result: Result, miss: Miss) -> None:
    """Of the roster with one agent more at noon, written by hand, on the same callers."""
    (desk,) = (gain for gain in gains(result, [miss]) if gain.pool == "desk")
    more = hotline(NOON | {"pools.desk.agents": agents(20, at_8=7, at_9=7), "name": "more"})

    comparison = cc.compare(result.scenario, more, replications=REPLICATIONS)

    rates = {
        difference.part: difference
        for difference in comparison.differences
        if difference.figure == "service_level"
    }
    assert {"caller", "all"} == set(desk.rises)
    for tier, rise in desk.rises.items():
        expected = rates[tier].difference, rates[tier].low, rates[tier].high
        assert expected == pytest.approx(rise)
    assert ("12:00", "13:00", 1.0, False) == (
        *(desk.stretch.start, desk.stretch.end),
        *(desk.hours, desk.every_day),
    )


def test_a_stretch_of_all_day_is_one_more_agent(result: Result, miss: Miss) -> None:
    """Pool by pool the figures of `one_more_agent`."""
    whole = Stretch(None, 0, INTERVALS - 1, "08:00", "16:00", 1.0, 1.0, 1.0, 0.0)
    expected = cc.one_more_agent(result.scenario, REPLICATIONS).set_index(["pool", "tier"])

    gained = gains(result, [miss._replace(stretches=(whole,))])

    assert {"desk", "help"} == {gain.pool for gain in gained}
    for gain in gained:
        for tier, rise in gain.rises.items():
            row: Any = expected.loc[(gain.pool, tier)]
            names = ("service_level", "service_level_low", "service_level_high")
            assert [row[name] for name in names] == pytest.approx(list(rise))


def test_the_fewest_agents_that_reach_the_target(result: Result, miss: Miss) -> None:
    """Run by itself, the roster with so many reaches it, with one fewer it does not."""
    best = gains(result, [miss])[0]

    assert best.needed is not None
    rates = [
        cc.run(with_more(result.scenario, best.pool, best.stretch, number), REPLICATIONS).summary["tiers"][
            "caller"
        ]["service_level"]["value"]
        for number in (best.needed - 1, best.needed)
    ]
    assert rates[0] < miss.target <= rates[1]
    assert pytest.approx(rates[1]) == best.needed_rate
    assert sorted(trial.agents for trial in best.trials) == [trial.agents for trial in best.trials]


def test_the_pool_that_earns_most_comes_first_and_is_searched_alone(result: Result, miss: Miss) -> None:
    """The others have no trials."""
    first, second = gains(result, [miss])

    assert first.rises["caller"].value >= second.rises["caller"].value
    assert first.trials
    assert ((), None) == (second.trials, second.needed)


def test_a_target_out_of_reach_is_not_reached(result: Result, miss: Miss) -> None:
    """All the agents of the world at noon do not mend the rest of the day."""
    best = gains(result, [miss._replace(target=0.9999)])[0]

    assert (None, None) == (best.needed, best.needed_rate)
    assert best.trials[-1].stretch_rate > best.trials[0].stretch_rate


def test_shifts_get_a_shift_that_covers_the_stretch() -> None:
    """An hour more of one agent, as the roster counts it."""
    scenario = hotline({"pools.desk.agents": None, "pools.desk.shifts": SHIFTS})
    stretch = Stretch(None, 8, 9, "12:00", "13:00", 1.0, 1.0, 1.0, 0.0)

    more = with_more(scenario, "desk", stretch, 3)

    expected = [have + 3 * (place in (8, 9)) for place, have in enumerate(scenario.staffed("desk"))]
    assert expected == list(more.staffed("desk"))


def test_shifts_of_another_day_stay() -> None:
    """On the second of two days only: half of it, on average."""
    scenario = hotline({"days": 2, "pools.desk.agents": None, "pools.desk.shifts": SHIFTS})
    stretch = Stretch(1, 15, 15, "15:30", "16:00", 1.0, 1.0, 1.0, 0.0)

    more = with_more(scenario, "desk", stretch, 4)

    assert scenario.staffed("desk")[15] + 2 == more.staffed("desk")[15]


def test_shifts_gain_as_a_series_does(miss: Miss) -> None:
    """The same agents at the same times are the same gain."""
    target = {"tiers.caller.target.share": "93%"}
    roster = cc.run(hotline({**target, "pools.desk.agents": None, "pools.desk.shifts": SHIFTS}), 3)
    series = cc.run(hotline({**target, "pools.desk.agents": agents(18, at_8=6, at_9=6)}), 3)
    desk = miss._replace(pools=miss.pools[:1])

    (by_shift,), (by_interval,) = (gains(result, [desk]) for result in (roster, series))

    assert by_interval.rises == by_shift.rises
    assert by_interval.trials == by_shift.trials


def test_nothing_missed_nothing_gained(result: Result, miss: Miss) -> None:
    """A rate that may be above its target needs no agent."""
    gained, left = gains_of(result, miss._replace(missing=-1.0))

    assert [] == gained
    assert left is not None
    assert ("gains", "nothing_missed", "caller") == left[:3]


def test_a_budget_that_ends_the_search_is_told(result: Result, miss: Miss) -> None:
    """Room for one agent in each of the two pools, and one trial more."""
    tight = Bench(result, 2, most_calls=2 * 3 * 2200)

    gained, left = gains_of(result, miss._replace(target=0.99), tight)

    assert [1, 2] == [trial.agents for trial in gained[0].trials]
    assert left is not None
    assert "over_budget" == left.reason
    assert tight.calls <= tight.most_calls


def test_no_budget_no_gain(result: Result, miss: Miss) -> None:
    """Not even one variant."""
    gained, left = gains_of(result, miss, Bench(result, 2, most_calls=10))

    assert [] == gained
    assert left is not None
    assert "over_budget" == left.reason
