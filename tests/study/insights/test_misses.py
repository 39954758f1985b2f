"""Why a promise is missed, where the answer is evident."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

import callcenter as cc
from callcenter.study.insights import Miss
from callcenter.study.insights.misses import misses
from callcenter.study.insights.stretches import stretches_of
from tests.study.insights.hotlines import TWO_TIERS, agents, hotline

REPLICATIONS = 20


def missed(changes: Mapping[str, object], replications: int = REPLICATIONS, tier: str = "caller") -> Miss:
    """Return the miss of a tier in a changed hotline."""
    return {miss.tier: miss for miss in misses(cc.run(hotline(changes), replications))}[tier]


def test_nothing_is_missed() -> None:
    """16 agents for 12 Erlang."""
    assert () == misses(cc.run(hotline(), REPLICATIONS))


def test_a_hole_at_noon() -> None:
    """Nobody is there from 12:00 to 13:00, and nobody waits for longer than some minutes."""
    miss = missed({"pools.desk.agents": agents(20, at_8=0, at_9=0), "tiers.caller.target.share": "90%"})

    worst = miss.stretches[0]
    assert ("nobody_staffed", "missed") == (miss.cause, miss.verdict)
    assert ("12:00", "13:00", None) == (worst.start, worst.end, worst.day)
    assert (1, 0.0) == (len(miss.stretches), miss.pools[0].scheduled)
    assert worst.share > 0.8
    assert worst.rate < 0.05


def test_too_few_at_noon() -> None:
    """Half of the agents, and callers who soon hang up."""
    miss = missed({"pools.desk.agents": agents(20, at_8=6, at_9=6), "tiers.caller.target.share": "90%"})

    assert "too_few_agents" == miss.cause
    assert ("12:00", "13:00") == (miss.stretches[0].start, miss.stretches[0].end)
    assert miss.evidence["lack"] == miss.pools[0].required - 6
    assert miss.pools[0].occupancy > 0.9


def test_a_line_that_remains_from_noon() -> None:
    """Nobody hangs up: the line of an hour without enough agents takes hours to serve."""
    miss = missed(
        {"pools.desk.agents": agents(16, at_4=4, at_5=4), "tiers.caller.patience": "never"}, replications=10
    )

    assert "after_peak" == miss.cause
    assert miss.evidence["backlog"] > 0.5
    assert "10:00" == miss.stretches[0].start
    assert miss.stretches[0].last > 6


def test_agents_kept_idle() -> None:
    """Eight of 18 agents wait for somebody else."""
    miss = missed({"pools.desk.agents": 18, "pools.desk.serves": {"caller": {"keep_idle": 8}}})

    assert ("held_back", True) == (miss.cause, miss.is_held_back)
    assert miss.pools[0].idle > 7
    assert miss.pools[0].scheduled >= miss.pools[0].required


def test_conditions_that_only_order_callers_hold_nobody_back() -> None:
    """Far too few agents: who keeps none idle for others overtakes them, but serves no more."""
    two = {**TWO_TIERS, "tiers.vip.priority": 1, "pools.desk.agents": 8}
    keeping = {"pools.desk.serves": {tier: {"keep_idle": 1} for tier in ("caller", "vip")}}

    assert "too_few_agents" == missed({**two, **keeping}, 5).cause


def test_others_go_first() -> None:
    """One caller in ten stands behind the others, who do not hang up; alike, all would be in time."""
    busy: dict[str, object] = {
        **TWO_TIERS,
        "demand": {"calls": 600, "mix": {"caller": "10%", "vip": "90%"}},
        "pools.desk.agents": 67,
        "tiers.caller.target.share": "85%",
        **{f"tiers.{tier}.patience": "never" for tier in ("caller", "vip")},
    }
    miss = missed(busy, 10)

    alike = cc.run(hotline({**busy, "tiers.vip.priority": 1, "tiers.caller.priority": 1}), 10)
    rate = alike.summary["tiers"]["caller"]["service_level"]["value"]
    assert ("outranked", False) == (miss.cause, miss.is_held_back)
    assert pytest.approx(rate - miss.rate.value) == miss.evidence["rise"]
    assert rate > 0.85


def test_agents_of_another_skill() -> None:
    """The desk has four too few, the other desk has nothing to do."""
    miss = missed(
        {
            "demand": {"tiers": {"caller": {"calls": 120}, "other": {"calls": 10}}},
            "tiers.other": {"priority": 1, "talk": "1 min"},
            "pools.desk.agents": 11,
            "pools.other": {"serves": ["other"], "agents": 20},
        }
    )

    assert "skill_split" == miss.cause
    assert miss.evidence["spare"] > miss.evidence["lack"] > 0
    assert ["desk"] == [then.pool for then in miss.pools]


def test_busy_days() -> None:
    """Enough agents for an ordinary day, but days vary by half."""
    busy = {"demand.day_factor_cv": "50%", "tiers.caller.target.share": "85%"}
    miss = missed(busy, replications=60)

    assert "busy_days" == miss.cause
    assert miss.busy_days is not None
    assert miss.busy_days.busier < 0.85 <= miss.busy_days.quieter
    assert miss.busy_days.busier_offered > miss.busy_days.quieter_offered
    assert 60 == miss.busy_days.days


def test_too_few_agents_all_day() -> None:
    """11 agents for 12 Erlang, every day."""
    miss = missed({"pools.desk.agents": 11})

    assert ("too_few_agents", "missed") == (miss.cause, miss.verdict)
    assert {"lack"} == set(miss.evidence)


def test_unclear_above_the_target() -> None:
    """Few days that differ: the rate is above the target, its interval is not."""
    rate = cc.run(hotline({"demand.day_factor_cv": "20%"}), 5).summary["tiers"]["caller"]["service_level"]
    target = (rate["low"] + rate["value"]) / 2

    miss = missed({"demand.day_factor_cv": "20%", "tiers.caller.target.share": target}, 5)

    assert ("too_few_replications", "unclear") == (miss.cause, miss.verdict)
    assert miss.missing < 0


def test_calls_missing_by_the_definition() -> None:
    """Counted from the call logs: what the promise asks for less what was kept, by each definition."""
    for definition in ("of_offered", "counting_quick_abandons", "of_answered"):
        scenario = hotline({"pools.desk.agents": 10, "service_level.definition": definition})
        result = cc.run(scenario, 3, keep="calls")
        calls, limit = result.calls, 20
        is_kept = calls["outcome"].eq("answered") & calls["wait"].le(limit)
        is_asked = np.ones(len(calls), bool)
        if definition == "counting_quick_abandons":
            is_kept |= calls["outcome"].eq("abandoned") & calls["wait"].le(limit)
        if definition == "of_answered":
            is_asked = calls["outcome"].eq("answered").to_numpy()

        (miss,) = misses(result)

        assert pytest.approx((0.8 * is_asked.sum() - is_kept.sum()) / 3) == miss.missing
        assert pytest.approx((is_asked.sum() - is_kept.sum()) / 3) == miss.late


def test_halves_of_the_days() -> None:
    """The three days with most calls, and the three with fewest, from the call logs."""
    result = cc.run(hotline({"pools.desk.agents": 11}), 6, keep="calls")
    calls = result.calls
    calls["in_time"] = calls["outcome"].eq("answered") & calls["wait"].le(20)
    days = calls.groupby("replication")["in_time"].agg(["sum", "count"]).sort_values("count")

    (miss,) = misses(result)

    halves = [days.iloc[some] for some in (slice(3, None), slice(0, 3))]
    busier, quieter = (half["sum"].sum() / half["count"].sum() for half in halves)
    assert miss.busy_days is not None
    assert (busier, quieter) == pytest.approx((miss.busy_days.busier, miss.busy_days.quieter))
    assert pytest.approx(halves[0]["count"].mean()) == miss.busy_days.busier_offered


def test_largest_shortfall_first() -> None:
    """Nine of ten callers are VIPs, so their tier lacks more calls."""
    vip: dict[str, Any] = {"tiers.vip.target": {"within": "20 s", "share": "80%"}, "tiers.vip.priority": 1}
    missed = misses(cc.run(hotline({**TWO_TIERS, "pools.desk.agents": 10} | vip), 5))

    assert ["vip", "caller"] == [miss.tier for miss in missed]
    assert missed[0].missing > missed[1].missing > 0


def test_stretches_by_hand() -> None:
    """Beyond the promised 80 %: 10 and 8 of 20, then 2; the interval between the first two joins them."""
    asked = np.full(16, 20.0)
    late = np.array([0, 0, 14, 4, 12, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0], float)

    (stretches,) = stretches_of(hotline(), 0.8, asked, late)

    assert (2, 4, "09:00", "10:30") == (stretches.first, stretches.last, stretches.start, stretches.end)
    assert (60.0, 30.0, 30 / 36, 0.5) == pytest.approx(
        (stretches.offered, stretches.late, stretches.share, stretches.rate)
    )


def test_stretches_do_not_reach_over_night() -> None:
    """The last interval of one day and the first of the next are two stretches, the worse first."""
    asked, late = np.full(32, 20.0), np.zeros(32)
    late[15], late[16] = 10, 12

    stretches = stretches_of(hotline({"days": 2}), 0.8, asked, late)

    assert [(1, 0, 0), (0, 15, 15)] == [(one.day, one.first, one.last) for one in stretches]


def test_at_most_five_stretches() -> None:
    """Every third interval alike: the earliest of those that weigh the same come first."""
    late = np.where(np.arange(48) % 3 == 0, 10.0, 0.0)

    stretches = stretches_of(hotline({"days": 3}), 0.8, np.full(48, 20.0), late)

    assert [0, 3, 6, 9, 12] == [one.first for one in stretches]


def test_a_promise_kept_has_no_stretch() -> None:
    """Four of 20 late are what 80 % allows."""
    assert () == stretches_of(hotline(), 0.8, np.full(16, 20.0), np.full(16, 4.0))


def test_calls_cut_off_by_the_end_are_named() -> None:
    """Too few agents for the cases: most are overdue and still open when the run of one day ends."""
    changes = {
        "tiers.caller.channel": "deferred",
        "tiers.caller.target": {"within": "10 min", "share": "80%"},
        "tiers.caller.patience": "never",
        "pools.desk.agents": 1,
    }
    result = cc.run(hotline(changes), 4)
    (miss,) = misses(result)
    counts = result.summary["tiers"]["caller"]["counts"]

    assert "cut_off" == miss.cause
    overdue = (counts["open"] - counts["undecided"]) / (counts["offered"] - counts["answered_within"])
    assert overdue == pytest.approx(miss.evidence["cut_off"])
    assert overdue > 0.8


def test_who_is_not_yet_late_is_undecided() -> None:
    """Cases that may wait for a day are no miss when a run of one day ends, and are counted in no rate."""
    changes = {
        "tiers.caller.channel": "deferred",
        "tiers.caller.target": {"within": "24 h", "share": "80%"},
        "tiers.caller.patience": "never",
        "pools.desk.agents": 1,
    }
    result = cc.run(hotline(changes), 4)
    case = result.summary["tiers"]["caller"]

    assert () == misses(result)
    assert case["counts"]["undecided"] == case["counts"]["open"] > 0
    assert 1 == case["service_level"]["value"]
    assert case["counts"]["offered"] == case["counts"]["answered"]
