"""The fewest agents: beside Erlang A, proven minimal, monotone, and written as a scenario that runs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import pytest

import callcenter as cc
from callcenter.measure.tally import COUNTS
from callcenter.scenario import Scenario, ScenarioError
from callcenter.scenario.parts.by_day import mean_day
from callcenter.study.sentences.staffing import proof
from callcenter.study.staffing import Staffing, StaffingError, breaks, load_catalogue, staff
from callcenter.study.staffing.choices import Choices, Plan
from callcenter.study.staffing.shifts import cover
from callcenter.study.staffing.trials import Subject, Task, Trials, try_out, unstaffed
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce
from callcenter.theory import erlang_a

ROOT = Path(__file__).parents[3]
WEEKDAY = ROOT / "scenarios/unicom_10010.yaml"


def single_line(calls_per_hour: float, patience: float, target: float = 0.8, hours: int = 12) -> Scenario:
    """Return one tier and one pool in one long interval: M/M/n+M."""
    return cc.load(
        {
            "name": "line",
            "seed": 3,
            "day": {"open": "08:00", "close": f"{8 + hours}:00", "interval": f"{hours} h"},
            "warm_up": "1 h",
            "demand": {"calls": calls_per_hour * hours},
            "tiers": {
                "any": {
                    "priority": 0,
                    "target": {"within": "20 s", "share": target},
                    "patience": {"exponential": f"{patience} s"},
                    "talk": {"exponential": "200 s"},
                }
            },
            "pools": {"desk": {"serves": ["any"], "agents": 1}},
        }
    )


def two_tiers(**changes: Any) -> Scenario:
    """Return a VIP desk beside a desk for everybody, four hours of quiet and rush."""
    scenario = cc.load(
        {
            "name": "two",
            "seed": 11,
            "day": {"open": "08:00", "close": "12:00", "interval": "1 h"},
            "demand": {"calls": [40, 90, 120, 60], "mix": {"vip": "15%", "regular": "85%"}},
            "tiers": {
                name: {
                    "priority": priority,
                    "target": {"within": "20 s", "share": share},
                    "patience": {"exponential": "3 min"},
                    "talk": {"exponential": "4 min"},
                }
                for name, priority, share in (("vip", 0, 0.9), ("regular", 1, 0.8))
            },
            "pools": {
                "vip_desk": {"serves": ["vip"], "agents": 2},
                "desk": {"serves": ["vip", "regular"], "agents": 8},
            },
        }
    )
    return scenario.with_(changes) if changes else scenario


def levels_of(staffing: Staffing) -> list[list[float]]:
    """Return the agents by pool and interval."""
    return [list(mean_day(pool.agents or ())) for pool in staffing.need.pools.values()]


def hours_of(staffing: Staffing) -> float:
    """Return the agent-hours of a day."""
    return float(np.sum(levels_of(staffing)) * staffing.given.day.interval / 3600)


@pytest.mark.slow
@pytest.mark.parametrize(("calls", "patience"), [(30, 300), (120, 120), (600, 300), (1500, 600)])
def test_a_single_line_agrees_with_erlang_a(calls: float, patience: float) -> None:
    """To one agent, over small and large loads."""
    exact = next(
        agents for agents in range(1, 200) if erlang_a(calls, 200, agents, patience).answered_within >= 0.8
    )

    staffing = staff(single_line(calls, patience), replications=20)

    assert exact == pytest.approx(levels_of(staffing)[0][0], abs=1)


@pytest.mark.slow
@pytest.mark.parametrize("meet", ["mean", "75%-of-days"])
def test_it_holds_and_nobody_can_be_spared(meet: str) -> None:
    """On 1,000 days of another seed, by the verdict of `run`: without any agent a target is not met."""
    staffing = staff(two_tiers(), meet, replications=12)

    assert staffing.certainty.is_met
    assert _is_met(two_tiers(), levels_of(staffing), meet, slack=0.002)
    spared = [
        levels
        for levels in _one_less(levels_of(staffing))
        if _is_met(two_tiers(), levels, meet, slack=-0.002)
    ]
    assert [] == spared
    assert staffing.proof.tried == np.count_nonzero(levels_of(staffing))


def _one_less(levels: list[list[float]]) -> list[list[list[float]]]:
    variants = []
    for pool, interval in np.argwhere(np.array(levels) > 0):
        fewer = [list(agents) for agents in levels]
        fewer[pool][interval] -= 1
        variants.append(fewer)
    return variants


def _is_met(scenario: Scenario, levels: list[list[float]], meet: str, slack: float) -> bool:
    changes = {f"pools.{name}.agents": agents for name, agents in zip(scenario.pools, levels, strict=True)}
    tiers = cc.run(scenario.with_(changes), 1000, seed=77).summary["tiers"]
    levels_ = [tier["service_level"] for name, tier in tiers.items() if name != "all"]
    if meet == "mean":
        return all(level["value"] >= level["target"] - slack for level in levels_)
    return all(level["days_met"] >= 0.75 - 5 * slack for level in levels_)


def test_a_mean_wait_takes_somebody_who_answers() -> None:
    """Who never answers lets nobody wait until they are answered; that keeps no promise."""
    waits = {"tiers.any.target": None, "tiers.any.targets": [{"mean_wait": "3 min"}]}

    assert hours_of(staff(single_line(6, 120, hours=2).with_(waits), replications=3)) > 0


def test_days_of_the_verdict_had_no_part_in_the_search() -> None:
    """Search, mending and verdict have days of their own, and the headline says what the verdict is."""
    staffing = staff(two_tiers(**{"demand.day_factor_cv": "8%"}), replications=16)

    made_on = set(staffing.basis.made_on)
    assert len(made_on) == len(staffing.basis.made_on) == staffing.replications
    verdicts = {each["verdict"] for each in staffing.verdicts.fresh["targets"]}
    assert staffing.certainty.is_met == (verdicts == {"met"})
    assert staffing.certainty.just_hours <= staffing.certainty.hours


@pytest.mark.slow
def test_too_few_days_are_made_more() -> None:
    """Three busy days tell nothing: as many are searched as it takes, and it is said."""
    staffing = staff(two_tiers(**{"demand.day_factor_cv": "20%"}), replications=3)

    assert staffing.basis.searched > staffing.basis.asked == 3
    assert any("3 days are too few" in sentence for sentence in proof(staffing))


@pytest.mark.slow
def test_days_to_keep() -> None:
    """28 of 30 days with a chance of 90%: a share of days of 96.3% by the binomial distribution."""
    staffing = staff(two_tiers(), "28-of-30-days", replications=12)

    days = cc.run(staffing.need, 1000, seed=78).days_kept(28, 30)
    assert staffing.certainty.is_met
    assert days["value"] is not None
    assert days["value"] >= 0.88


def test_other_pools_stay_as_they_are() -> None:
    """Only the agents of the pool named are looked for."""
    given = two_tiers(**{"pools.vip_desk.agents": [3, 3, 3, 3]})
    staffing = staff(given, replications=10, only=["desk"])

    assert [3, 3, 3, 3] == levels_of(staffing)[0]
    with pytest.raises(StaffingError, match="there is no pool nobody; the pools are vip_desk, desk"):
        staff(given, replications=10, only=["nobody"])


@pytest.mark.slow
def test_a_bound_of_one_pool_is_kept_by_enumeration() -> None:
    """Two intervals of one pool: no pair of levels with fewer agents keeps the target, tried one by one."""
    one = single_line(60, 240)
    scenario = one.with_({"day.interval": "6 h", "demand.calls": [300, 420], "warm_up": "0 h"})
    staffing = staff(scenario, replications=10)

    assert staffing.bound is not None
    found = levels_of(staffing)[0]
    fewer = [[a, b] for a in range(30) for b in range(30) if a + b < sum(found)]
    with workforce(Effort()) as force:
        trials = Trials(scenario, staffing.seed, force(0.0))
        near = [np.array([each]) for each in fewer if sum(each) >= sum(found) - 2]
        counts = trials.counts(near, staffing.basis.made_on)
    best = max(float(staffing.goals.margins(counts.of(row)).min()) for row in range(len(near)))
    assert best < 0
    assert 6 * (sum(found) - 1) < staffing.bound.hours <= 6 * sum(found)


@pytest.mark.slow
def test_the_weekday_is_minimal() -> None:
    """The 10010 weekday, thinned: every single agent is needed for a target or for the callbacks."""
    _assert_minimal(staff(_by_four_hours(cc.load(WEEKDAY)), replications=8))


def _by_four_hours(scenario: Scenario) -> Scenario:
    """Return a tenth of the calls, staffed by four hours."""
    calls = np.reshape(scenario.demand.calls or (), (6, -1)).sum(axis=1).tolist()
    pools = {f"pools.{name}.agents": [2] * 6 for name in scenario.pools}
    return scenario.with_({"day.interval": "4 h", "demand.calls": calls, "demand.volume": 0.1, **pools})


@pytest.mark.skipif("STAFF_PROOF" not in os.environ, reason="takes a minute of two cores: make staff-proof")
def test_the_whole_weekday_is_minimal() -> None:
    """45,000 calls, 48 half-hours, three pools: each agent taken away once more, apart from the search."""
    begun = monotonic()

    staffing = staff(cc.load(WEEKDAY), workers=2)

    took = f"{staffing.days:,} days simulated in {monotonic() - begun:.0f} s"
    print(f"\n{staffing}, {staffing.proof}, {took}")  # noqa: T201 (what this was run for)
    _assert_minimal(staffing)


def _assert_minimal(staffing: Staffing) -> None:
    places = np.argwhere(np.array(levels_of(staffing)) > 0)
    names = list(staffing.need.pools)

    assert [] == [
        (names[pool], interval) for pool, interval in places if not breaks(staffing, names[pool], interval)
    ]
    assert len(places) == staffing.proof.tried


def test_trials_count_as_the_tally_does() -> None:
    """Answered in time and offered, by tier and interval, on redials and a warm-up too."""
    scenario = two_tiers(
        **{
            "warm_up": "30 min",
            "tiers.regular.redial": {"after": "5 min", "when": {"abandoned": "60%"}},
            "service_level.definition": "excluding_short_abandons",
            "pools.desk.agents": [4, 6, 8, 5],
        }
    )
    run = cc.run(scenario, 2)
    levels = np.array([pool.agents for pool in scenario.pools.values()])

    counts = try_out(Task(Subject(unstaffed(scenario), "key", scenario.seed), levels[None], (0, 1)))

    for number, tally in enumerate(run.tallies):
        named = dict(zip(COUNTS, tally.counts, strict=True))
        assert np.array_equal(named["answered_within"], counts.within[0, number])
        assert np.array_equal(named["offered"] - named["abandoned_short"], counts.asked[0, number])


@pytest.mark.slow
def test_workers_find_the_same() -> None:
    """One process or two: the same agents."""
    alone, together = (staff(two_tiers(), replications=6, workers=workers) for workers in (1, 2))

    assert levels_of(alone) == levels_of(together)


@pytest.mark.slow
def test_more_calls_need_more_agents() -> None:
    """So do higher targets, longer calls, and targets in every interval."""
    usual = hours_of(staff(two_tiers(), replications=10))
    harder = [
        staff(two_tiers(**{"demand.volume": 1.3}), replications=10),
        staff(two_tiers(**{"tiers.regular.target.share": "95%"}), replications=10),
        staff(two_tiers(**{"tiers.regular.talk": {"exponential": "6 min"}}), replications=10),
        staff(two_tiers(), replications=10, every_interval=True),
    ]

    assert all(usual < hours_of(staffing) for staffing in harder)


def test_each_interval_meets_its_targets_if_asked() -> None:
    """Not only the day."""
    staffing = staff(two_tiers(), replications=10, every_interval=True)

    assert (np.array(staffing.answered) >= np.array([[0.9], [0.8]])).all()


def test_a_desk_of_its_own_is_not_dearer_for_being_there() -> None:
    """With a VIP desk to use or not, no more agents are needed than without one."""
    with_desk = staff(two_tiers(), replications=10)
    alone = cc.load({**two_tiers().to_dict(), "pools": {"desk": {"serves": ["vip", "regular"], "agents": 8}}})

    assert hours_of(with_desk) <= hours_of(staff(alone, replications=10)) + 2


def test_dear_agents_are_spared() -> None:
    """Where an agent of the VIP desk costs ten times as much, there are fewer of them."""
    cheap = staff(
        two_tiers(**{"pools.vip_desk.cost_per_hour": 1, "pools.desk.cost_per_hour": 10}), replications=8
    )
    dear = staff(
        two_tiers(**{"pools.vip_desk.cost_per_hour": 10, "pools.desk.cost_per_hour": 1}), replications=8
    )

    assert sum(levels_of(dear)[0]) < sum(levels_of(cheap)[0])


def test_fresh_replications_judge_apart() -> None:
    """What was searched on meets by construction; the other figures are those of other days."""
    staffing = staff(two_tiers(), replications=8)
    made_for, fresh = (
        {name: tier["service_level"]["value"] for name, tier in each["tiers"].items()}
        for each in staffing.verdicts
    )

    assert made_for["vip"] >= 0.9
    assert made_for["regular"] >= 0.8
    assert made_for != fresh


def test_prices_say_what_a_target_costs() -> None:
    """Five points more for the regular calls, and a share of one's own choice."""
    staffing = staff(two_tiers(), replications=8, price={"regular": [0.85, 0.95]})

    assert [("regular", 0.85), ("regular", 0.95)] == [
        (price.tier, price.moved_to) for price in staffing.prices
    ]
    first, second = (price.hours for price in staffing.prices)
    assert 0 < first < second
    assert first / 4 == staffing.prices[0].agents


def test_the_written_need_runs_to_the_same_figures(tmp_path: Path) -> None:
    """The file extends the scenario, and `run` gives the verdicts that were printed."""
    source = tmp_path / "two.yaml"
    source.write_text(json.dumps(two_tiers().to_dict()), encoding="utf-8")
    staffing = staff(cc.load(source), replications=6, seed=5)

    written = staffing.write(tmp_path / "out")

    again = cc.load(written[0])
    assert "extends: ../two.yaml" in Path(written[0]).read_text(encoding="utf-8")
    assert levels_of(staffing) == [list(mean_day(pool.agents or ())) for pool in again.pools.values()]
    assert cc.run(again, 400, seed=9).summary["tiers"]["vip"]["service_level"]["verdict"] != "missed"
    assert 4 == len(Path(written[-1]).read_text(encoding="utf-8").splitlines()) - 1


def test_a_changed_scenario_is_written_as_a_whole(tmp_path: Path) -> None:
    """What --set changed is not in the file that could be extended."""
    source = tmp_path / "two.yaml"
    source.write_text(json.dumps(two_tiers().to_dict()), encoding="utf-8")
    staffing = staff(cc.load(source, {"demand.volume": "0.5"}), replications=4)

    again = cc.load(staffing.write(tmp_path)[0])

    assert 0.5 == again.demand.volume
    assert staffing.need.fingerprint == again.fingerprint


NOBODY_IN_TIME = {
    f"pools.{pool}.serves": {tier: {"after": "30 s"} for tier in tiers}
    for pool, tiers in (("vip_desk", ["vip"]), ("desk", ["vip", "regular"]))
}
"""Calls are only taken when the promise is broken already."""


@pytest.mark.parametrize(
    ("changes", "meet", "message"),
    [
        ({}, "90%", "write mean, or a share of days such as 90%-of-days"),
        ({"tiers.vip.target": "none", "tiers.regular.target": "none"}, "mean", "no tier has a target"),
        (NOBODY_IN_TIME, "mean", "no number of agents was found"),
    ],
)
def test_what_cannot_be_is_said(changes: dict[str, Any], meet: str, message: str) -> None:
    """With the remedy."""
    with pytest.raises(StaffingError, match=message):
        staff(two_tiers(**changes), meet, replications=2)


CATALOGUE = """\
shifts:
  - {start: 08:00, end: 10:00}
  - {start: 10:00, end: 12:00}
  - {start: 08:00, end: 12:00, cost: 3}
  - {start: 22:00, end: 09:00, at_most: 1, cost: 0.5, pools: [desk]}
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A catalogue of halves, a whole and a night."""
    path = tmp_path / "catalogue.yaml"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_shifts_cover_at_least_cost(catalogue: Path) -> None:
    """By hand: need 3 3 2 2; the whole shift at 3 beats two halves at 2 + 2, so two whole and a half."""
    choices = Choices(load_catalogue(catalogue).shifts[:3], two_tiers().day)

    assert {0: 1, 2: 2} == _numbers(cover(np.array([3, 3, 2, 2]), choices, 0.0))


def test_a_night_shift_counts_for_the_next_morning(catalogue: Path) -> None:
    """It ends at 09:00, so its agent is there in the first hour of the day; and takes no second one."""
    choices = Choices(load_catalogue(catalogue).shifts, two_tiers().day)

    assert [1.0, 0.0, 0.0, 0.0] == choices.presence[:, 3].tolist()
    assert {3: 1} == _numbers(cover(np.array([1, 0, 0, 0]), choices, 0.0))
    assert {0: 1, 3: 1} == _numbers(cover(np.array([2, 0, 0, 0]), choices, 0.0))


def _numbers(plan: Plan) -> dict[int, int]:
    """Return the agents of each shift that is worked."""
    return {pattern.shift: number for pattern, number in plan.items()}


def test_a_need_without_a_shift_is_said(tmp_path: Path) -> None:
    """When, how many, and what to do."""
    path = tmp_path / "late.yaml"
    path.write_text("shifts: [{start: 10:00, end: 12:00}]", encoding="utf-8")

    with pytest.raises(StaffingError, match=r"agents are needed at 0[89]:00"):
        staff(two_tiers(), shifts=path, replications=2)


def test_a_catalogue_decides_no_agents(tmp_path: Path) -> None:
    """Agents and days are what the search decides; the message has file and line."""
    path = tmp_path / "wrong.yaml"
    path.write_text("shifts:\n  - {start: 10:00, end: 12:00, agents: 3}\n", encoding="utf-8")

    with pytest.raises(ScenarioError, match=r"wrong.yaml:2:\d+: shifts.0.agents: .* leave it out"):
        load_catalogue(path)


def test_the_roster_is_proven(catalogue: Path, tmp_path: Path) -> None:
    """Simulated with its shifts it keeps the targets, and so does the file that is written."""
    staffing = staff(two_tiers(), shifts=catalogue, replications=8)

    assert staffing.roster is not None
    assert staffing.roster.holds
    again = cc.load(next(name for name in staffing.write(tmp_path) if name.endswith("roster.yaml")))
    tiers = cc.run(again, 1000, seed=9).summary["tiers"]
    assert tiers["vip"]["service_level"]["value"] >= 0.9
    assert tiers["regular"]["service_level"]["value"] >= 0.8


def test_the_weekdays_catalogue_covers_every_hour() -> None:
    """Somebody can be there in every half-hour of the day."""
    catalogue = load_catalogue(ROOT / "scenarios/staff/shift_catalogue.yaml")

    assert (Choices(catalogue.shifts, cc.load(WEEKDAY).day).presence.max(axis=1) == 1).all()


def test_callbacks_owed_keep_the_back_office() -> None:
    """A pool that only calls back is not emptied: its jobs would be left over in the evening."""
    scenario = two_tiers(
        **{
            "tiers.regular.callback": {"on": ["abandoned"]},
            "pools.desk.agents": [5, 10, 12, 7],
        }
    )
    data = scenario.to_dict()
    data["pools"]["office"] = {"serves": [], "callbacks": {}, "agents": 2}

    staffing = staff(cc.load({**data, "callbacks": {"hours": "08:00-12:00"}}), replications=8)

    assert sum(levels_of(staffing)[2]) > 0


def test_the_json_says_how_late_the_latest_callback_is() -> None:
    """As in the call logs of the days it was made on; nothing where no callbacks are owed."""
    scenario = two_tiers(**{"tiers.regular.callback": {"on": ["abandoned"]}, "pools.desk.callbacks": {}})

    staffing = staff(scenario, replications=3)

    made_on = staffing.basis.made_on
    logs = cc.run(staffing.need, replications=max(made_on) + 1, seed=staffing.seed, keep="calls")
    jobs = logs.only(made_on).callbacks
    callbacks = staffing.summary["callbacks"]
    assert callbacks["made_for"]["longest_delay_s"] == (jobs["first_attempt"] - jobs["created"]).max()
    assert callbacks["fresh"]["longest_delay_s"] > 0
    assert staff(single_line(30, 300, hours=2), replications=2).summary["callbacks"] is None


def test_trials_report_what_they_simulate() -> None:
    """For the progress bar: every staffing on every replication."""
    reported: list[int] = []
    with workforce(Effort()) as force:
        trials = Trials(two_tiers(), 1, force(0.0), reported.append)
        trials.counts([np.full((2, 4), 5), np.full((2, 4), 6)], range(3))

    assert 6 == reported[-1]
