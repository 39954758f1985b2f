"""The IVR and the online channel: whose it is, and how many ask for a person in the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from callcenter.scenario import Ivr, Online, load
from tests.scenario.hotline import hotline

MENUS: dict[str, Any] = {
    "main": {
        "time": "20 s",
        "self_service": "20%",
        "choices": {"bill": "50%", "help": "30%", "agent": "20%"},
    },
    "bill": {"time": "30 s", "self_service": "50%", "choices": {"help": "100%"}},
    "help": {"time": "30 s", "hangs_up": "10%"},
}


@pytest.mark.parametrize(
    ("ivr", "asking"),
    [
        ({"time": "40 s"}, 1),
        ({"time": "40 s", "self_service": "30%", "hangs_up": "3%"}, 0.67),
        ({"menus": {"main": {"time": "20 s", "self_service": "30%"}}}, 0.7),
        ({"menus": MENUS}, 0.8 * (0.2 + 0.3 * 0.9 + 0.5 * 0.5 * 0.9)),
    ],
)
def test_who_asks_for_a_person(ivr: dict[str, Any], asking: float) -> None:
    """Through all menus."""
    scenario = load(hotline(ivr=ivr))
    assert pytest.approx(asking) == scenario.asking("vip")


def test_who_is_solved_online_never_asks() -> None:
    """Of the 40 % who start online half are solved; the rest pass the IVR."""
    data = hotline(online={"share": "40%", "solves": "50%"}, ivr={"time": "40 s", "self_service": "30%"})
    data["tiers"]["vip"] |= {"online": "none"}
    scenario = load(data)
    assert pytest.approx([0.7, 0.8 * 0.7]) == [scenario.asking(tier) for tier in ("vip", "regular")]


def test_the_online_channel_of_a_tier() -> None:
    """The scenario's, unless the tier has its own or none, or is deferred work."""
    data = hotline(online={"share": "40%", "solves": "50%"})
    data["tiers"]["vip"]["online"] = "none"
    data["tiers"]["own"] = {
        "priority": 2,
        "talk": "1 min",
        "online": {"share": "1%", "solves": 0, "time": "5 min"},
    }
    data["tiers"]["case"] = {"priority": 2, "talk": "1 min", "channel": "deferred"}
    scenario = load(data)
    shared, own = Online(share=0.4, solves=0.5), Online(share=0.01, solves=0, time=300)
    assert [None, shared, own, None] == [scenario.online_of(tier) for tier in scenario.tiers]


@pytest.mark.parametrize("channel", ["chat", "deferred"])
def test_only_the_phone_has_an_ivr(channel: str) -> None:
    """The scenario's does not concern the others."""
    scenario = load(hotline(ivr={"time": "40 s"}), {"tiers.vip.channel": channel})
    assert [None, Ivr(time="40 s")] == [scenario.ivr_of(tier) for tier in scenario.tiers]


def test_menus_from_python_are_those_of_a_file() -> None:
    """The first is the entry, whatever it is called."""
    ivr = load(hotline(ivr={"authentication": "15 s", "menus": MENUS})).ivr
    assert ivr == Ivr(authentication=15, menus=MENUS)
    assert ["main", "bill", "help"] == list(ivr.menus or {})


def test_a_variant_switches_between_menus_and_one_stop(tmp_path: Path) -> None:
    """Menus take the place of time and shares, and the other way round; distributions are replaced."""
    (tmp_path / "base.yaml").write_text(
        "name: base\nday: {open: 08:00, close: 10:00, interval: 30 min}\ndemand: {calls: 20}\n"
        "ivr: {time: {exponential: 40 s}, self_service: 30%, hangs_up: 3%}\n"
        "tiers: {all: {priority: 0, talk: 4 min}}\npools: {desk: {serves: [all], agents: 3}}"
    )
    menus, again = tmp_path / "menus.yaml", tmp_path / "again.yaml"
    menus.write_text("extends: base.yaml\nivr: {menus: {main: {time: {exponential: 20 s}}}}")
    again.write_text("extends: menus.yaml\nivr: {menus: {main: {time: {gamma: {mean: 9 s, cv: 2}}}}}")
    assert [None, None, 40] == [
        load(menus).ivr.time,  # type: ignore[union-attr]
        load(again).ivr.time,  # type: ignore[union-attr]
        load(again, {"ivr.time": "40 s"}).ivr.time.mean,  # type: ignore[union-attr]
    ]
    assert 9 == load(again).ivr.menus["main"].time.mean  # type: ignore[union-attr,index]
