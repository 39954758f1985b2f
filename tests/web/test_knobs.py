"""Where the sliders stand, and the scenario that comes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import callcenter as cc
from callcenter.arrays import Floats
from callcenter.demand import draw
from callcenter.scenario import Scenario
from callcenter.web.knobs import Knobs, changes, owed, reserves

ALL_KNOBS = Knobs(
    volume=110,
    handle_time=120,
    patience=80,
    agents={"desk": 2},
    called_back=frozenset({"vip"}),
    callback_share=50,
    callback_idle={"desk": 1},
    priorities={"mid": 2},
)


def variant(scenario: Scenario, knobs: Knobs) -> Scenario:
    """Return the scenario with the knobs where they are."""
    return scenario.with_(changes(scenario, knobs))


def test_at_rest_it_is_the_scenario_as_written(scenario: Scenario) -> None:
    """No knob moved, or each moved to where it stood: nothing is changed."""
    spelled_out = Knobs(
        agents={"desk": 0},
        called_back=owed(scenario),
        callback_idle={"desk": 2},
        priorities={"vip": 0, "mid": 1, "regular": 2},
    )

    assert {} == changes(scenario, Knobs()) == changes(scenario, spelled_out)


def test_every_knob_is_a_path_of_the_scenario(scenario: Scenario) -> None:
    """What the knobs change can be written after --set."""
    assert {
        "demand.volume": 1.1,
        "pools.desk.agents": [12] * 8,
        "pools.desk.speed": 1.2,
        "tiers.vip.patience.per_interval": 0.8,
        "tiers.mid.patience.per_interval": 0.8,
        "tiers.regular.patience.per_interval": 0.8,
        "tiers.vip.callback": {"on": ["abandoned"], "share": 0.5},
        "tiers.mid.callback": "none",
        "pools.desk.callbacks.keep_idle": 1,
        "tiers.mid.priority": 2,
    } == changes(scenario, ALL_KNOBS)


def test_the_variant_has_them(scenario: Scenario) -> None:
    """The scenario with the changes made is what the knobs say."""
    changed = variant(scenario, ALL_KNOBS)

    assert 66 == sum(changed.demand.expected(tier)[0] for tier in changed.tiers)
    assert ("vip",) == tuple(owed(changed))
    assert (0, 2, 2) == tuple(tier.priority for tier in changed.tiers.values())
    assert (12,) * 8 == changed.pools["desk"].agents


@pytest.mark.parametrize(
    ("more", "percent", "expected"),
    [(2, 100, [12, 0, 5]), (-4, 100, [6, 0, 0]), (0, 150, [15, 0, 5]), (1, 50, [6, 0, 3])],
)
def test_agents_come_where_there_are_some(
    scenario: Scenario, more: int, percent: int, expected: list[int]
) -> None:
    """Nobody comes at hours without agents, and nobody can be below none; halves are rounded up."""
    some = scenario.with_({"pools.desk.agents": [10, 0, 3] + [0] * 5})
    knobs = Knobs(staffing=percent, agents={"desk": more})

    assert expected == list(variant(some, knobs).pools["desk"].agents or ())[:3]


def test_shifts_are_scaled(scenario: Scenario) -> None:
    """A pool that works in shifts has a factor in place of agents more."""
    shifts = [
        {"start": "08:00", "end": "12:00", "agents": 10},
        {"start": "09:00", "end": "10:00", "agents": 5},
    ]
    shorter = variant(scenario.with_({"pools.desk.shifts": shifts}), Knobs(staffing=80, shifts={"desk": 150}))

    assert [12, 6] == [shift.agents for shift in shorter.pools["desk"].shifts or ()]


@pytest.mark.parametrize(
    "patience",
    [
        "3 min",
        {"exponential": "3 min"},
        {"lognormal": {"mean": "3 min", "cv": 1.1}, "per_interval": [1, 2, 1, 1, 1, 1, 1, 1]},
        {"exponential": "3 min", "at_least": "30 s", "at_most": "5 min"},
        {"mixture": [{"share": "10%", "of": 0}, {"share": "90%", "of": {"exponential": "1000 s"}}]},
    ],
)
def test_every_caller_waits_so_much_longer(scenario: Scenario, patience: object) -> None:
    """The same callers have the same draws, each times the factor, to a rounding of the clock."""
    written = scenario.with_({"tiers.mid.patience": patience})
    before, after = (draw(each, 7, 0).patience for each in (written, variant(written, Knobs(patience=150))))

    np.testing.assert_allclose(after, 1.5 * before, rtol=0, atol=2**-19)


def test_who_never_hangs_up_stays(scenario: Scenario) -> None:
    """Endless patience has no factor."""
    patient = scenario.with_({f"tiers.{name}.patience": "never" for name in scenario.tiers})

    assert {} == changes(patient, Knobs(patience=150))


def test_every_call_takes_so_much_longer(scenario: Scenario) -> None:
    """Handle times of the same callers are times the factor, in every pool, its own speeds kept."""
    quick = scenario.with_({"pools.desk.serves.vip.speed": 0.5, "pools.desk.agents": 100})
    before, after = (_handle_times(each) for each in (quick, variant(quick, Knobs(handle_time=120))))

    assert 100 < before.size == after.size
    np.testing.assert_allclose(after, 1.2 * before, rtol=0, atol=2**-18)


def _handle_times(scenario: Scenario) -> Floats:
    logs = cc.run(scenario, 1, keep="calls").logs
    assert logs is not None
    return logs[0].released - logs[0].answered


def test_the_reserve_can_go(scenario: Scenario) -> None:
    """Without the reserve no pool keeps agents idle for those who go first."""
    kept = scenario.with_({"pools.desk.serves.regular.keep_idle": 3})

    assert [("desk", "regular")] == reserves(kept)
    assert [] == reserves(variant(kept, Knobs(reserve=False)))


def test_knobs_are_told_apart() -> None:
    """Two settings are equal when all knobs stand alike."""
    assert ALL_KNOBS == replace(ALL_KNOBS)
    assert ALL_KNOBS != replace(ALL_KNOBS, volume=105)
