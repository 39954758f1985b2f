"""Simulation beside the formula: they agree where it holds, and the reasons are said where it does not."""

from __future__ import annotations

from typing import Any

import pytest

from callcenter.scenario import load
from callcenter.study import run, theory_beside
from callcenter.study.sentences.assumptions import reasons
from callcenter.theory import erlang_a
from callcenter.theory.situation import is_one_line
from tests.report.studies import DESK

PLAIN: dict[str, Any] = {
    "name": "plain",
    "day": {"open": "00:00", "close": "24:00", "interval": "1 h"},
    "days": 3,
    "warm_up": "6 h",
    "demand": {"calls": 150},
    "tiers": {
        "callers": {
            "priority": 0,
            "target": {"within": "20 s", "share": "80%"},
            "patience": {"exponential": "5 min"},
            "talk": {"exponential": "3 min"},
        }
    },
    "pools": {"floor": {"serves": ["callers"], "agents": 8}},
}


def test_the_formula_is_inside_where_it_holds() -> None:
    """M/M/n+M: the gaps lie inside their intervals, over the run and in most hours; no reason is listed."""
    beside = theory_beside(run(load(PLAIN), replications=25, seed=4))
    exact = erlang_a(150, 180, 8, 300)
    (row,) = beside.tiers

    assert () == beside.reasons
    assert beside.is_one_line
    assert pytest.approx((exact.answered_within, exact.abandonment, exact.asa)) == (
        row.service_level.theory,
        row.abandonment.theory,
        row.asa_s.theory,
    )
    assert row.service_level.is_inside
    assert row.abandonment.is_inside
    assert row.asa_s.is_inside
    assert 24 == len(beside.intervals)
    assert 20 <= sum(hour.service_level.is_inside for hour in beside.intervals)


@pytest.mark.parametrize("definition", ["ignoring_quick_abandons", "of_answered", "excluding_short_abandons"])
def test_every_definition_has_its_formula(definition: str) -> None:
    """The formula's figures are put together as the simulated counts are."""
    plain = load(PLAIN, {"service_level.definition": definition})

    assert theory_beside(run(plain, replications=25, seed=4)).tiers[0].service_level.is_inside


def test_two_plain_pools_are_one_line() -> None:
    """An agent is an agent: pools that take everybody alike are added up, and tiers of one rank pooled."""
    tiers = {"a": PLAIN["tiers"]["callers"], "b": PLAIN["tiers"]["callers"]}
    pools = {name: {"serves": ["a", "b"], "agents": 4} for name in ("left", "right")}
    both = load(
        {**PLAIN, "tiers": tiers, "pools": pools, "demand": {"calls": 150, "mix": {"a": 0.3, "b": 0.7}}}
    )
    beside = theory_beside(run(both, replications=20, seed=3))

    assert () == beside.reasons
    assert ["a", "b", "all in one line"] == [row.name for row in beside.tiers]
    assert 3 == len({round(row.service_level.theory, 12) for row in beside.tiers} | {0, 1})
    assert all(row.service_level.is_inside for row in beside.tiers)


def test_without_one_line_each_tier_has_its_pools_to_itself() -> None:
    """The VIPs of the desk by Erlang A of their own calls and all agents of the desk."""
    beside = theory_beside(run(load(DESK), replications=3, engine="simpy"))
    vip, regular, together = beside.tiers

    assert not beside.is_one_line
    assert () == beside.intervals
    assert [3, 4, 4] == [vip.agents, regular.agents, together.agents]
    assert regular.service_level.theory > together.service_level.theory
    assert {"name", "service_level_theory", "service_level", "service_level_low"} <= set(beside.table.columns)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"tiers.callers.patience": {"lognormal": {"mean": "5 min", "cv": 1}}},
            "Patience is not exponential",
        ),
        (
            {"tiers.callers.patience": {"exponential": "5 min", "at_most": "9 min"}},
            "Patience is not exponential",
        ),
        ({"tiers.callers.talk": "3 min"}, "Talk and wrap-up together are not exponential"),
        ({"tiers.callers.wrap_up": {"exponential": "20 s"}}, "Talk and wrap-up together are not exponential"),
        ({"demand.calls": [140, 160] * 12}, "Calls or agents change from interval to interval"),
        ({"pools.floor.agents": [8] * 12 + [7] * 12}, "Calls or agents change from interval to interval"),
        ({"warm_up": 0, "days": 1, "day.open": "20:00"}, "The day begins with idle agents"),
        ({"demand.day_factor_cv": "10%"}, "Days are busy or quiet as a whole (cv 10%)"),
        ({"demand.interval_factor": {"cv": "17%"}}, "Intervals scatter more than Poisson (cv 17%)"),
        (
            {"pools.floor.breaks": {"after_call": "5%", "length": "5 min"}},
            "Agents take unscheduled breaks (floor)",
        ),
        ({"demand.talk_factor_cv": "5%"}, "Days are slow or quick as a whole (handle times with a cv of 5%)"),
        ({"pools.floor.absence": "6%"}, "Agents are absent by chance (floor)"),
        ({"lines": 12}, "There are 12 lines"),
        ({"tiers.callers.balk_above": "1 min"}, "because of the announced wait (callers)"),
        (
            {"tiers.callers.redial": {"after": "5 min", "when": {"abandoned": 0.5}}},
            "more calls than the formula counts (redials)",
        ),
        (
            {"tiers.callers.callback": {"on": ["abandoned"]}, "pools.floor.callbacks": {}},
            "Agents of floor also make callbacks",
        ),
        ({"day.after_close": "drop"}, "Callers in line at close are cut off"),
        ({"tiers.callers.patience": "never", "pools.floor.agents": 7}, "In 24 intervals there is more work"),
        ({"tiers.callers.escalate": [{"after": "1 min", "priority": -1}]}, "change the order of the line"),
        ({"pools.floor.serves": {"callers": {"keep_idle": 1}}}, "`keep_idle` or `after` hold agents back"),
    ],
)
def test_each_property_is_a_reason(changes: dict[str, Any], reason: str) -> None:
    """One change of the plain scenario gives one reason, about that change."""
    (sentence,) = reasons(load(PLAIN, changes))

    assert reason in sentence


def test_agents_who_dial_out_of_the_line_make_callbacks() -> None:
    """Whoever serves a tier whose callbacks keep their place dials, too."""
    offer = {"when_in_line": 3, "accepted": "50%"}

    assert (
        "Agents of floor also make callbacks.",
        "Callers leave or take a callback because of the announced wait (callers).",
    ) == reasons(load(PLAIN, {"tiers.callers.offer": offer | {"keeps_place": True}}))
    assert 1 == len(reasons(load(PLAIN, {"tiers.callers.offer": offer})))


def test_many_pools_are_not_all_listed() -> None:
    """Of thirty the first seven are named, and the others counted."""
    pool = {"serves": {"callers": {"keep_idle": 1}}, "agents": 1}
    (reason,) = reasons(load({**PLAIN, "pools": {f"p{number}": pool for number in range(30)}}))

    assert "p6 takes callers and 23 more only under a condition" in reason
    assert "p7" not in reason


def test_reasons_of_several_tiers_and_pools() -> None:
    """Shared agents, priorities and pools that take different tiers."""
    desk = load(DESK, {"pools.office.speed": 1.2})
    sentences = reasons(desk)

    assert not is_one_line(desk)
    assert sentences[0].startswith("Tiers share the agents of desk.")
    assert "Priorities: vip, then regular. The formula knows one line, first come first served." in sentences
    assert any(reason.startswith("Pools take different tiers (desk and office)") for reason in sentences)
    assert "Agents differ in speed; the formula takes their mean." in sentences
