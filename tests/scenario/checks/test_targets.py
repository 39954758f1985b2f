"""`check` explains targets that cannot be missed, cannot be proven, or add nothing."""

from __future__ import annotations

from typing import Any

from callcenter.scenario import load
from callcenter.scenario.checks import warnings
from tests.scenario.hotline import hotline
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


def test_a_rule_named_twice() -> None:
    """The second adds nothing; that a rule's own targets follow from each other is the rule's affair."""
    data = promised({"preset": "in-trai-2014"}, {"preset": "in-trai-2014"})
    assert ["tiers.vip.targets.1: adds nothing: it holds whenever `tiers.vip.targets.0` does"] == warnings(
        load(data)
    )
    data = promised({"preset": "gbt-33358-2016"})
    assert [] == warnings(load(data))


def test_callbacks_by_the_usual_time_and_by_another() -> None:
    """Without `within` it is that of `callbacks`: 24 h, by which more is kept than by 2 h."""
    usual, soon = {"callbacks": "95%"}, {"callbacks": "95%", "within": "2 h"}
    late = {"callbacks": "90%", "within": "48 h"}
    data = promised(usual, soon)
    data["tiers"]["vip"] |= {"patience": "1 min", "callback": {"on": ["abandoned"]}}
    data["pools"]["desk"]["callbacks"] = {}
    data["cool_down"] = "48 h"

    def added(*targets: Any, **usually: str) -> list[str]:
        data["tiers"]["vip"]["targets"] = list(targets)
        said = warnings(load(data | {"callbacks": usually}))
        return [text.partition(":")[0] for text in said if "adds nothing" in text]

    assert ["tiers.vip.targets.0"] == added(usual, soon)
    assert ["tiers.vip.targets.0"] == added(late, usual)
    assert [] == added({**late, "within": "23 h"}, usual)
    assert ["tiers.vip.targets.0"] == added({**late, "within": "23 h"}, usual, within="22 h")


def test_nobody_waits_so_long() -> None:
    """Patience that ends by itself: nobody hangs up later, and no mean is longer; of several all must."""
    reason = "cannot be missed: nobody waits longer than 60 s, as `patience` says"
    asked = [
        {"abandoned": "5%", "after": "1 min"},
        {"abandoned": "6%", "after": "59 s"},
        {"mean_wait": "1 min"},
    ]
    for patience in (
        "1 min",
        {"uniform": {"low": 0, "high": "1 min"}},
        {"exponential": "2 min", "at_most": "1 min"},
        {"empirical": ["5 s", "1 min"]},
        {"mixture": [{"share": "50%", "of": "10 s"}, {"share": "50%", "of": "1 min"}]},
    ):
        data = promised(*asked)
        data["tiers"]["vip"]["patience"] = patience
        assert [f"tiers.vip.targets.{place}: {reason}" for place in (0, 2)] == warnings(load(data)), patience
    factors = {"uniform": {"low": 0, "high": "1 min"}, "per_interval": [1, 2, 1, 1]}
    data["tiers"]["vip"]["patience"] = factors
    assert [] == warnings(load(data))
    shared = hotline(targets=[{"mean_wait": "1 min"}])
    shared["tiers"]["vip"]["patience"] = "1 min"
    assert [] == warnings(load(shared))


def test_a_pool_without_agents_is_not_judged() -> None:
    """There is no occupancy of nobody."""
    data = hotline()
    data["pools"]["spare"] = {"serves": ["vip"], "agents": 0, "targets": [{"occupancy": "80%"}]}
    assert [
        "pools.spare.targets.0: nobody of this pool is ever on the phones, so there is nothing to judge"
    ] == warnings(load(data))


def test_waits_of_callers_and_of_mail_are_two_things() -> None:
    """A promise to all counts mails too, which wait on purpose; one to callers does not."""
    data = hotline(cool_down="24 h")
    data["demand"]["mix"] = {"vip": "10%", "regular": "60%", "mail": "30%"}
    data["tiers"]["mail"] = {"priority": 9, "talk": "4 min", "channel": "deferred"}
    data["pools"]["desk"] = {"serves": ["vip", "regular", "mail"], "agents": 3}
    soon = {"answered": "80%", "within": "20 s"}
    expected = (
        "counts `mail` too, whose work may wait (`channel: deferred`); "
        "write `tiers: [vip, regular]` if it is about those"
    )

    assert [f"targets.0: {expected}", f"targets.1: {expected}"] == warnings(
        load(data | {"targets": [soon, {"mean_wait": "20 s"}]})
    )
    apart = [{**soon, "tiers": ["vip", "regular"]}, {**soon, "within": "20 h", "tiers": ["mail"]}]
    assert [] == warnings(load(data | {"targets": [*apart, {"connected": "90%"}]}))


def test_nobody_dials_for_longer_than_is_promised() -> None:
    """Calls come from 08:00, callbacks from 09:00: a promise of an hour can be kept, one of 59 min cannot."""
    data = promised({"callbacks": "90%", "within": "59 min"})
    data["tiers"]["vip"] |= {"patience": "1 min", "callback": {"on": ["abandoned"]}}
    data["pools"]["desk"]["callbacks"] = {}
    data |= {"callbacks": {"hours": "09:00-20:00"}, "cool_down": "24 h"}

    assert [
        "tiers.vip.targets.0: a call lost at 08:00 cannot be called back before 09:00, later than the 59 min "
        "promised"
    ] == warnings(load(data))
    data["tiers"]["vip"]["targets"][0]["within"] = "1 h"
    assert [] == warnings(load(data))
    data |= {"callbacks": {"hours": "06:00-09:15"}}
    assert [
        "tiers.vip.targets.0: a call lost at 09:15 cannot be called back before 08:00 on the next day, later "
        "than the 1 h promised"
    ] == warnings(load(data))


def test_a_promise_beyond_the_end_of_the_run() -> None:
    """Also one that a list of targets makes: of callbacks, and of deferred work."""
    data = promised({"callbacks": "90%", "within": "48 h"})
    data["tiers"]["vip"] |= {"patience": "1 min", "callback": {"on": ["abandoned"]}}
    data["tiers"]["regular"] |= {"channel": "deferred", "targets": [{"answered": "90%", "within": "30 h"}]}
    data["pools"]["desk"]["callbacks"] = {}
    beyond = (
        "the promise of {} h reaches beyond the end of the run of 2 h: what is left then is neither kept nor "
        "broken; write `cool_down: 48 h`"
    )

    assert [
        f"tiers.vip.targets.0.within: {beyond.format(48)}",
        f"tiers.regular.targets.0.within: {beyond.format(30)}",
    ] == warnings(load(data | {"cool_down": "24 h"}))
    assert [] == warnings(load(data | {"cool_down": "48 h"}))
