"""`check` explains targets that cannot be missed, cannot be proven, or add nothing."""

from __future__ import annotations

from typing import Any

from callcenter.scenario import load
from callcenter.scenario.checks import warnings
from tests.scenario.parts.test_targets import promised


def said(*targets: Any, **sections: Any) -> list[str]:
    """Return what `check` says about these targets of VIPs."""
    return [text for text in warnings(load(promised(*targets, **sections))) if "target" in text]


def test_losses_that_never_happen() -> None:
    """VIPs never hang up, and there is always a line: such limits hold by themselves."""
    assert [
        "tiers.vip.targets.0: cannot be missed: `patience` is never",
        "tiers.vip.targets.1: cannot be missed: there is no limit of `lines`",
        "tiers.vip.targets.2: nobody is ever owed a callback here; give the tier `callback` or `offer`",
    ] == said({"abandoned": "5%"}, {"blocked": "1%"}, {"callbacks": "95%"})


def test_every_day_cannot_be_proven() -> None:
    """However many days are simulated, the next one may miss."""
    expected = (
        "asks for every day, which no number of simulated days can prove: it is missed or unclear, "
        "never met; write for example `on: 95% of days`"
    )
    assert [f"tiers.vip.targets.0: {expected}"] == said({"connected": "95%", "over": "day"})
    assert [] == said({"connected": "95%", "over": "day", "on": "95% of days"})


def test_an_hour_of_uneven_intervals() -> None:
    """Intervals of 40 minutes make no hour."""
    day = {"open": "08:00", "close": "10:00", "interval": "40 min"}
    demand = {"calls": [20, 30, 20], "mix": {"vip": "10%", "regular": "90%"}}
    pools = {"desk": {"serves": ["vip", "regular"], "agents": 3}}
    target = {"connected": "95%", "over": "busiest_hour"}
    assert [
        "tiers.vip.targets.0: `day.interval` of 40 min does not divide an hour, so the busiest hour is no "
        "whole hour"
    ] == said(target, day=day, demand=demand, pools=pools)


def test_a_rule_with_another_definition() -> None:
    """The rule of NHS 111 is about answered calls; the scenario counts those offered."""
    data = promised()
    del data["tiers"]["vip"]["targets"]
    data["tiers"]["vip"] |= {"target": {"preset": "uk-nhs-111"}, "patience": "1 min"}
    assert [
        "tiers.vip.target: the rule means of_answered, here of_offered is counted; "
        "write `service_level.definition: of_answered`"
    ] == warnings(load(data))


def test_targets_that_follow_from_another() -> None:
    """95% within 15 s are also 90% within 20 s, and connected."""
    assert [
        "tiers.vip.targets.1: adds nothing: it holds whenever `tiers.vip.targets.0` does",
        "tiers.vip.targets.2: adds nothing: it holds whenever `tiers.vip.targets.0` does",
    ] == said(
        {"answered": "95%", "within": "15 s"}, {"answered": "90%", "within": "20 s"}, {"connected": "95%"}
    )
