"""Dotted changes, as after `--set`."""

from __future__ import annotations

from typing import Any

import pytest

from callcenter.scenario import Exponential, Serve, load
from tests.scenario.hotline import hotline, messages


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("demand.volume", 1.2),
        ("demand.volume", "1.2"),
        ("seed", "7"),
        ("callbacks.attempts", 5),
        ("name", "10010"),
    ],
)
def test_values_are_python_or_text(path: str, value: object) -> None:
    """What comes from a command line is read like YAML; a name stays text."""
    node: Any = load(hotline(), {path: value})
    for step in path.split("."):
        node = getattr(node, step)
    assert (str(value), type(node)(value)) == (str(node), node)


def test_a_change_replaces_the_whole_value() -> None:
    """A distribution, a list, a mapping."""
    scenario = load(
        hotline(), {"tiers.vip.talk": "{exponential: 1 min}", "demand.mix": {"vip": 0.5, "regular": 0.5}}
    )
    assert Exponential(mean=60) == scenario.tiers["vip"].talk
    assert {"vip": 0.5, "regular": 0.5} == scenario.demand.mix


def test_a_change_may_lead_into_a_distribution() -> None:
    """One figure of a family."""
    assert (
        Exponential(mean=60)
        == load(hotline(), {"tiers.regular.talk.exponential": "1 min"}).tiers["regular"].talk
    )


def test_a_change_may_address_an_item() -> None:
    """Items of a list count from 0."""
    assert (2, 3, 9, 2) == load(hotline(), {"pools.desk.agents.2": "9"}).pools["desk"].agents


def test_a_condition_in_a_list_of_tiers() -> None:
    """`serves: [vip, regular]` takes a condition for one of them."""
    serves = load(hotline(), {"pools.desk.serves.regular.keep_idle": 2}).pools["desk"].serves
    assert {"vip": Serve(), "regular": Serve(keep_idle=2)} == serves


def test_changes_build_on_each_other() -> None:
    """They are made in order, one upon the other."""
    changes = {"pools.desk.agents": 10, "pools.desk.agents.1": 7}
    assert (10, 7, 10, 10) == load(hotline(), changes | {"pools.desk.agents": [10] * 4}).pools["desk"].agents


@pytest.mark.parametrize(
    ("factor", "agents"),
    [(1.0, (2, 3, 3, 2)), (1.5, (3, 5, 5, 3)), (0.5, (1, 2, 2, 1)), (0.9, (2, 3, 3, 2)), (0, (0, 0, 0, 0))],
)
def test_scaled_agents_are_whole(factor: float, agents: tuple[int, ...]) -> None:
    """To the nearest agent, halves up."""
    assert agents == load(hotline(), {"pools.desk.agents": {"scale": factor}}).pools["desk"].agents


def test_scaling_is_free_of_float_noise() -> None:
    """15 x 1.1 is 16.5, of which the half goes up; so does 1.005 x 100."""
    scenario = load(hotline(), {"pools.desk.agents": [15, 5, 25, 45]})
    assert (17, 6, 28, 50) == scenario.with_({"pools.desk.agents": {"scale": 1.1}}).pools["desk"].agents


def test_scaling_of_other_values() -> None:
    """Calls stay fractions; durations and shares keep their unit."""
    changes = {
        "demand.calls": "{scale: 1.25}",
        "tiers.vip.talk": {"scale": 1.5},
        "tiers.vip.target.share": {"scale": 0.5},
    }
    scenario = load(hotline(), changes)
    assert (25, 37.5, 37.5, 25) == scenario.demand.calls
    assert (360, 0.45) == (scenario.tiers["vip"].talk.mean, scenario.tiers["vip"].target.share)  # type: ignore[union-attr]


def test_an_empty_change_removes_the_key() -> None:
    """So that the default holds again."""
    assert load(hotline(), {"tiers.vip.target": None}).tiers["vip"].target is None


def test_a_change_switches_the_way_calls_are_stated() -> None:
    """Calls by tier take the place of calls and mix."""
    scenario = load(hotline(), {"demand.tiers": {"vip": {"calls": 1}, "regular": {"calls": 2}}})
    assert ((1,) * 4, None) == (scenario.demand.expected("vip"), scenario.demand.calls)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("demand.volum", 1, "unknown key `volum`; did you mean `volume`?"),
        ("demnd.volume", 1, "unknown key `demnd`; did you mean `demand`?"),
        ("pools.dekc.agents", 1, "there is no `dekc`; did you mean `desk`?"),
        ("tiers.gold.priority", 1, "there is no `gold`; known names: vip, regular"),
        (
            "pools.desk.agents.4",
            1,
            "there is no such place in the list, given '4'; write a number from 0 to 3",
        ),
        (
            "pools.desk.agents.x",
            1,
            "there is no such place in the list, given 'x'; write a number from 0 to 3",
        ),
        (
            "tiers.vip.talk.mean",
            1,
            "`mean` leads nowhere, `talk` has no keys, given '4 min'; change it as a whole",
        ),
        (
            "tiers.vip.priority",
            "high",
            "is not a number, given 'high'; write a whole number, such as 0; smaller is served first",
        ),
        ("tiers.vip.priority", "[1", "the list that begins here is not closed; check its commas and `]`"),
        (
            "demand.volume",
            {"scale": 2},
            "there is nothing to scale, the scenario leaves it out; give the value itself",
        ),
        (
            "tiers.vip",
            {"scale": 2},
            "cannot be scaled, given a mapping of `priority`, `talk`, `target`; scale a figure or a series",
        ),
        ("demand.calls", {"scale": -1}, "cannot be negative, given -1; write 0 or more"),
        ("extends", "x.yaml", "can only stand in a file; name the scenario itself instead"),
    ],
)
def test_refused_changes(path: str, value: object, expected: str) -> None:
    """A change that leads nowhere says so, with the nearest name; it has no line."""
    (message,) = messages(hotline(), {path: value})
    place = "demnd" if path == "demnd.volume" else path
    assert f"--set: {place}: {expected}" == message


def test_problems_of_several_changes_come_together() -> None:
    """All at once, like those of a file."""
    lines = messages(hotline(), {"demand.volum": 1, "pools.dekc.agents": 1, "tiers.vip.talk": 4})
    assert 3 == len(lines)


def test_a_change_does_not_touch_the_original() -> None:
    """Scenarios are immutable, whatever is made of them."""
    scenario = load(hotline())
    before = scenario.fingerprint
    scenario.with_({"pools.desk.agents": 40, "pools.desk.serves.vip.after": "5 s"})
    assert (before, ["vip", "regular"]) == (
        scenario.fingerprint,
        scenario.to_dict()["pools"]["desk"]["serves"],
    )
