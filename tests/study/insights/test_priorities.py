"""What priorities do: the same callers first come, first served."""

from __future__ import annotations

import pytest

import callcenter as cc
from callcenter.study.insights import without_priorities
from tests.study.insights.hotlines import PLAIN, TWO_TIERS, hotline

CALLER = PLAIN["tiers"]["caller"]

GREEN: dict[str, object] = {
    "demand": {"tiers": {tier: {"calls": 40} for tier in ("caller", "vip", "mail")}},
    "tiers.caller.escalate": [{"after": "1 min", "priority": 0}],
    "tiers.vip": {**CALLER, "priority": 0, "head_start": "30 s"},
    "tiers.mail": {"priority": 5, "channel": "deferred", "talk": "2 min"},
    "pools.desk": {"serves": {"vip": {}, "caller": {"keep_idle": 3}, "mail": {"keep_idle": 4}}, "agents": 9},
    "pools.help": {"serves": {"caller": {"after": "10 s"}}, "agents": 1},
}
"""Everything that prefers one tier to another, and mail."""

ALIKE: dict[str, object] = {
    **{path: value for path, value in GREEN.items() if path != "tiers.caller.escalate"},
    "name": "alike",
    "tiers.caller.priority": 0,
    "tiers.vip": {**CALLER, "priority": 0},
    "pools.desk": {"serves": {"vip": {}, "caller": {}, "mail": {"keep_idle": 4}}, "agents": 9},
    "pools.help": {"serves": ["caller"], "agents": 1},
}
"""The same by hand, without."""


def test_effects_are_the_differences_that_compare_finds() -> None:
    """Beside the scenario without priorities, written by hand."""
    result = cc.run(hotline(GREEN), 6)

    effect = without_priorities(result)

    assert effect is not None
    differences = cc.compare(result, cc.run(hotline(ALIKE), 6)).differences
    rates = {one.part: one for one in differences if one.figure == "service_level"}
    assert ["caller", "vip", "mail", "all"] == [one.tier for one in effect.tiers]
    for one in effect.tiers:
        expected = rates[one.tier]
        assert (expected.first_value, expected.second_value) == pytest.approx((one.rate, one.rate_without))
        assert (expected.difference, expected.low, expected.high) == pytest.approx(one.rate_change)


def test_waits_are_those_of_two_runs() -> None:
    """Mean waits with and without, and their difference."""
    result, alike = cc.run(hotline(GREEN), 4), cc.run(hotline(ALIKE), 4)

    effect = without_priorities(result)

    assert effect is not None
    for one in effect.tiers:
        before, after = (each.summary["tiers"][one.tier]["mean_wait_s"]["value"] for each in (result, alike))
        assert (before, after, after - before) == pytest.approx(
            (one.wait_s, one.wait_without_s, one.wait_change_s.value)
        )


def test_what_was_removed_is_told() -> None:
    """Every setting that prefers a tier; mail waits behind callers and keeps what it has."""
    effect = without_priorities(cc.run(hotline(GREEN), 2))

    assert effect is not None
    assert {
        "tiers.caller.priority",
        "tiers.caller.escalate",
        "tiers.vip.head_start",
        "pools.desk.serves.caller.keep_idle",
        "pools.help.serves.caller.after",
    } == set(effect.removed)


def test_vips_pay_when_everybody_is_alike() -> None:
    """Nine of ten callers are VIPs: without priorities they wait longer, the others less."""
    effect = without_priorities(cc.run(hotline({**TWO_TIERS, "pools.desk.agents": 12}), 10))

    assert effect is not None
    caller, vip, _ = effect.tiers
    assert caller.rate_change.low > 0 > vip.rate_change.high
    assert caller.wait_change_s.high < 0 < vip.wait_change_s.low


def test_no_priorities_no_effect() -> None:
    """One tier, one line; or two tiers alike."""
    assert without_priorities(cc.run(hotline(), 2)) is None
    assert without_priorities(cc.run(hotline({**TWO_TIERS, "tiers.vip.priority": 1}), 2)) is None
