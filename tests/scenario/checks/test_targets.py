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


def test_bounds_that_hold_whatever_happens() -> None:
    """At least 0% and at most 100% are no promise; 100% and 0% the other way round cannot be proven."""
    free = "cannot be missed: no share is below 0% or above 100%"
    strict = (
        "is broken by a single call, and no number of simulated days can prove that there is none: it is "
        "missed or unclear, never met; write for example `99%`, or `1%` for what must not happen"
    )
    assert [f"tiers.vip.targets.{place}: {free}" for place in (0, 1)] == said(
        {"answered": "0%", "within": "20 s"}, {"abandoned": "100%"}
    )
    data = promised({"answered": "100%", "within": "20 s"}, {"mean_wait": "0 s"}, {"abandoned": "0%"})
    data["tiers"]["vip"]["patience"] = "1 min"
    assert [f"tiers.vip.targets.{place}: {strict}" for place in range(3)] == warnings(load(data))


def test_a_rule_whose_clock_starts_on_dialling() -> None:
    """Time in the IVR is not in a wait here; without an IVR both clocks are one."""
    data = promised({"preset": "us-nfpa-1225"}, {"preset": "in-trai-2014"})
    expected = (
        "the rule's clock starts on dialling, here it starts on joining the line: time in the IVR comes on "
        "top; take it off, with `answered` and `within` instead of the preset"
    )
    assert [] == warnings(load(data))
    assert [f"tiers.vip.targets.0: {expected}"] == warnings(load(data | {"ivr": {"time": "40 s"}}))


def test_hanging_up_later_follows_from_hanging_up() -> None:
    """5% who hang up at all are at most 5% who hang up after 30 s; not the other way round."""
    limits = [{"abandoned": "5%"}, {"abandoned": "5%", "after": "30 s"}]
    data = promised(*limits)
    data["tiers"]["vip"]["patience"] = "1 min"
    assert ["tiers.vip.targets.1: adds nothing: it holds whenever `tiers.vip.targets.0` does"] == warnings(
        load(data)
    )


def test_targets_that_follow_from_another() -> None:
    """95% within 15 s are also 90% within 20 s, and connected."""
    assert [
        "tiers.vip.targets.1: adds nothing: it holds whenever `tiers.vip.targets.0` does",
        "tiers.vip.targets.2: adds nothing: it holds whenever `tiers.vip.targets.0` does",
    ] == said(
        {"answered": "95%", "within": "15 s"}, {"answered": "90%", "within": "20 s"}, {"connected": "95%"}
    )
