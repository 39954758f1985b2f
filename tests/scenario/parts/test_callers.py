"""What callers do beside waiting: keys of a tier, their defaults and what goes together."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from callcenter.scenario import (
    Constant,
    Escalation,
    Exponential,
    Offer,
    Redial,
    Repeat,
    Tier,
    Transfer,
    Value,
    load,
)
from callcenter.scenario.parts.cycles import cycle
from tests.scenario.hotline import hotline, messages


def vip(changes: dict[str, Any]) -> Tier:
    """Return the VIPs of the hotline with these keys."""
    return load(hotline(), {f"tiers.vip.{key}": value for key, value in changes.items()}).tiers["vip"]


def test_what_a_tier_does_if_nothing_is_said() -> None:
    """It phones, waits, and is never heard of again."""
    tier = vip({})
    assert ("phone", 1, 0, 0, (), math.inf) == (
        tier.channel,
        tier.concurrency,
        tier.slow_down,
        tier.head_start,
        tier.escalate,
        tier.balk_above,
    )
    assert (None, None, (), None, None, Value(answered=0, abandoned=0)) == (
        tier.redial,
        tier.repeat,
        tier.transfer,
        tier.offer,
        tier.online,
        tier.value,
    )


@pytest.mark.parametrize(
    ("key", "written", "read"),
    [
        ("head_start", "30 s", 30),
        ("balk_above", "5 min", 300),
        ("balk_above", "never", math.inf),
        ("concurrency", 1, 1),
        ("escalate", "[{after: 2 min, priority: -1}]", (Escalation(after=120, priority=-1),)),
        (
            "redial",
            {"after": {"exponential": "10 min"}, "when": {"abandoned": "40%", "left_ivr": 0.2}},
            Redial(after=Exponential(mean=600), when={"abandoned": 0.4, "left_ivr": 0.2}, attempts=3),
        ),
        ("repeat", "{share: 12%, after: 4 h}", Repeat(share=0.12, after=Constant(value=14_400))),
        ("transfer", "{share: 8%, to: regular}", (Transfer(share=0.08, to="regular"),)),
        ("transfer", "[{share: 8%, to: regular}]", (Transfer(share=0.08, to="regular"),)),
        ("transfer", "[]", ()),
        ("offer", "{when_in_line: 0, accepted: 40%}", Offer(when_in_line=0, accepted=0.4)),
        (
            "offer",
            "{when_announced_wait_exceeds: 1 min, accepted: 40%}",
            Offer(when_announced_wait_exceeds=60, accepted=0.4),
        ),
        (
            "offer",
            "{when_in_line: 5, accepted: 40%, keeps_place: true}",
            Offer(when_in_line=5, accepted=0.4, keeps_place=True),
        ),
        ("value", "{abandoned: -20}", Value(answered=0, abandoned=-20)),
        ("redial", "none", None),
        ("repeat", "none", None),
        ("offer", "none", None),
    ],
)
def test_keys_of_a_tier(key: str, written: object, read: object) -> None:
    """As a planner writes them, and what the simulator reads."""
    assert read == getattr(vip({key: written}), key)


@pytest.mark.parametrize("channel", ["chat", "deferred"])
def test_several_contacts_at_a_time(channel: str) -> None:
    """Off the phone an agent may have more than one in hand."""
    tier = vip({"channel": channel, "concurrency": 3, "slow_down": "20%"})
    assert (3, 0.2) == (tier.concurrency, tier.slow_down)


def test_deferred_work_may_say_that_it_has_no_callers() -> None:
    """`never` and `none` are no mistakes: a variant writes them to take away what its base has."""
    keys = {"patience": "never", "balk_above": "never", "online": "none"}
    keys |= dict.fromkeys(["offer", "redial", "callback", "ivr"], "none")
    assert math.isinf(vip({"channel": "deferred"} | keys).patience.mean)


def test_who_owes_callbacks() -> None:
    """A callback rule, or an offer taken."""
    rules: list[dict[str, Any]] = [
        {},
        {"callback": {"on": ["abandoned"]}},
        {"offer": {"when_in_line": 5, "accepted": "40%"}},
    ]
    assert [False, True, True] == [vip(rule).owes_callbacks for rule in rules]


BASE = """\
name: base
day: {open: 08:00, close: 10:00, interval: 30 min}
demand: {calls: 20, mix: {vip: 10%, regular: 90%}}
lines: 30
tiers:
  vip:
    priority: 0
    talk: 4 min
    redial: {after: {exponential: 10 min, at_most: 1 h}, when: {abandoned: 40%}, attempts: 5}
    repeat: {share: 10%, after: {exponential: 4 h}}
    transfer: {share: 8%, to: regular}
    offer: {when_in_line: 5, accepted: 40%}
  regular: {priority: 1, talk: 4 min}
pools: {desk: {serves: [vip, regular], agents: 3}}
"""


def variant(folder: Path, text: str) -> Tier:
    """Return the VIPs of a scenario that extends the base."""
    (folder / "base.yaml").write_text(BASE)
    (folder / "variant.yaml").write_text("extends: base.yaml\n" + text)
    return load(folder / "variant.yaml").tiers["vip"]


def test_extends_merges_behaviour(tmp_path: Path) -> None:
    """Figures merge, distributions do not."""
    text = (
        "tiers: {vip: {redial: {after: 5 min, when: {blocked: 70%}}, transfer: {share: 5%}, "
        "repeat: {after: {gamma: {mean: 1 h, cv: 2}}}}}"
    )
    tier = variant(tmp_path, text)
    when = {"abandoned": 0.4, "blocked": 0.7}
    assert Redial(after=Constant(value=300), when=when, attempts=5) == tier.redial
    assert (3600, 0.1) == (tier.repeat.after.mean, tier.repeat.share)  # type: ignore[union-attr]
    assert (Transfer(share=0.05, to="regular"),) == tier.transfer


def test_extends_switches_the_condition_of_an_offer(tmp_path: Path) -> None:
    """An announced wait takes the place of calls in line."""
    tier = variant(tmp_path, "tiers: {vip: {offer: {when_announced_wait_exceeds: 1 min}, redial: none}}")
    assert (Offer(when_announced_wait_exceeds=60, accepted=0.4), None) == (tier.offer, tier.redial)


def test_a_change_switches_the_condition_of_an_offer() -> None:
    """Also after `--set`."""
    tier = load(
        hotline(),
        {
            "tiers.vip.offer": {"when_announced_wait_exceeds": "1 min", "accepted": "40%"},
            "tiers.vip.offer.when_in_line": 5,
        },
    ).tiers["vip"]
    assert Offer(when_in_line=5, accepted=0.4) == tier.offer


@pytest.mark.parametrize(("written", "lines"), [(400, 400), ("400", 400), ("none", None)])
def test_lines(written: object, lines: int | None) -> None:
    """A number, or `none` for no limit."""
    assert lines == load(hotline(), {"lines": written}).lines


def test_scaled_lines_are_whole() -> None:
    """To the nearest line."""
    scenario = load(hotline(), {"lines": 25})
    assert 28 == scenario.with_({"lines": {"scale": 1.1}}).lines


def test_lines_do_not_change_who_calls() -> None:
    """Variants of the lines and of costs meet the same callers, but have other results."""
    plain, lined = load(hotline()), load(hotline(), {"lines": 3, "line_cost_per_minute": 0.1})
    assert plain.callers_fingerprint == lined.callers_fingerprint
    assert plain.fingerprint != lined.fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"tiers.vip.redial": {"after": "10 min", "when": {"abandoned": "40%"}}},
        {"tiers.vip.offer": {"when_in_line": 5, "accepted": "40%"}},
        {"online": {"share": "40%", "solves": "60%"}},
        {"ivr": {"menus": {"main": {"time": "20 s"}}}},
    ],
)
def test_behaviour_changes_who_calls(changes: dict[str, Any]) -> None:
    """Coins and times of callers are part of the tape."""
    assert load(hotline()).callers_fingerprint != load(hotline(), changes).callers_fingerprint


@pytest.mark.parametrize(
    ("leads", "loop"),
    [
        ({}, None),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, None),
        ({"a": ["a"]}, ["a", "a"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c", "b"]),
        ({"a": ["x"], "b": ["a"]}, None),
    ],
)
def test_cycles(leads: dict[str, list[str]], loop: list[str] | None) -> None:
    """The first one that closes; names that lead nowhere are fine."""
    assert loop == cycle(leads)


def test_a_long_chain_is_no_cycle() -> None:
    """Found without recursion, and in linear time."""
    leads = {str(n): [str(m) for m in range(n + 1, min(n + 20, 2000))] for n in range(2000)}
    assert cycle(leads) is None


def test_follow_ups_have_an_end() -> None:
    """Redials and repeats of everybody are bounded; too many are refused before anything runs."""
    endless = {
        "tiers.regular.redial": {"after": "1 min", "when": {"abandoned": "100%"}, "attempts": 20},
        "tiers.regular.repeat": {"share": "100%", "after": "1 min"},
    }
    assert 1 == load(hotline(), endless).tiers["regular"].repeat.share  # type: ignore[union-attr]
    (message,) = messages(hotline(), endless | {"demand.volume": 30_000})
    assert "tiers: may lead to" in message
