"""Targets as planners write them: what they say, and what is refused."""

from __future__ import annotations

from typing import Any

from callcenter.scenario import Goal, Target, load
from tests.scenario.hotline import Data, hotline, messages


def promised(*targets: Any, **sections: Any) -> Data:
    """Return the hotline whose VIPs have these targets."""
    data = hotline(**sections)
    del data["tiers"]["vip"]["target"]
    data["tiers"]["vip"]["targets"] = list(targets)
    return data


def test_the_short_form_is_one_target() -> None:
    """`target: {within, share}` says what `targets: [{answered, within}]` says."""
    short = load(hotline())
    listed = load(promised({"answered": "90%", "within": "20 s"}))
    goal = Goal("tiers.vip.target", "answered", 0.9, 20.0, "run", None, ("vip",))
    assert (goal,) == short.goals
    assert (goal._replace(path="tiers.vip.targets.0"),) == listed.goals
    assert Target(within=20, share=0.9) == short.tiers["vip"].target == listed.tiers["vip"].target


def test_targets_stand_in_the_order_of_the_file() -> None:
    """Those of the tiers, then those of several tiers together, then those of the pools."""
    data = promised(
        {"mean_wait": "30 s"},
        {"callbacks": "95%", "within": "24 h"},
        {"abandoned": "5%", "on": "90% of days"},
        targets=[{"connected": "95%", "over": "interval"}, {"blocked": "2%", "tiers": ["vip"]}],
    )
    data["pools"]["desk"]["targets"] = [{"occupancy": "88%", "over": "busiest_hour"}]
    expected = [
        Goal("tiers.vip.targets.0", "mean_wait", 30.0, None, "run", None, ("vip",)),
        Goal("tiers.vip.targets.1", "callbacks", 0.95, 86_400.0, "run", None, ("vip",)),
        Goal("tiers.vip.targets.2", "abandoned", 0.05, None, "day", 0.9, ("vip",)),
        Goal("targets.0", "connected", 0.95, None, "interval", None, ("vip", "regular")),
        Goal("targets.1", "blocked", 0.02, None, "run", None, ("vip",)),
        Goal("pools.desk.targets.0", "occupancy", 0.88, None, "busiest_hour", None, (), pool="desk"),
    ]
    assert expected == list(load(data).goals)


def test_figures_with_one_threshold_take_the_first_about_answers() -> None:
    """A tier that is only promised a mean wait has no threshold of its own."""
    two = load(promised({"abandoned": "5%"}, {"answered": "80%", "within": "12 s"}))
    assert Target(within=12, share=0.8) == two.tiers["vip"].target
    assert load(promised({"mean_wait": "30 s"})).tiers["vip"].target is None


def test_a_change_of_one_form_takes_the_place_of_the_other() -> None:
    """`--set` and a file that extends another may say it in the other form."""
    scenario = load(hotline(), {"tiers.vip.targets": [{"connected": "95%"}]})
    assert ["connected"] == [goal.measure for goal in scenario.goals]
    back = scenario.with_({"tiers.vip.target": {"within": "30 s", "share": "80%"}})
    assert [("answered", 0.8)] == [(goal.measure, goal.bound) for goal in back.goals]
    raised = load(promised({"connected": "95%"}), {"tiers.vip.targets.0.connected": "97%"})
    assert [0.97] == [goal.bound for goal in raised.goals]


def test_a_preset_is_what_it_says() -> None:
    """`target: {preset: ...}` stands for the targets of a published rule, and says which."""
    scenario = load(hotline(), {"tiers.vip.target": {"preset": "us-nena-911"}})
    path, name = "tiers.vip.target", "us-nena-911"
    expected = [
        Goal(path, "answered", 0.9, 15.0, "run", None, ("vip",), preset=name),
        Goal(path, "answered", 0.95, 20.0, "run", None, ("vip",), preset=name),
    ]
    assert expected == list(scenario.goals)


def test_a_preset_may_stand_in_a_list_and_say_when() -> None:
    """Beside other targets, for tiers together, and judged over another period where the file says so."""
    data = promised(
        {"preset": "uk-nhs-111"},
        {"mean_wait": "30 s"},
        targets=[{"preset": "tz-gn416-2018", "tiers": ["vip", "regular"], "on": "90% of days"}],
    )
    path, rule = "tiers.vip.targets.0", "uk-nhs-111"
    together = Goal("targets.0", "connected", 0.98, None, "day", 0.9, ("vip", "regular"), "", "tz-gn416-2018")
    assert [
        Goal(path, "answered", 0.95, 60.0, "run", None, ("vip",), preset=rule),
        Goal(path, "abandoned", 0.05, None, "run", None, ("vip",), preset=rule, after=30.0),
        Goal("tiers.vip.targets.1", "mean_wait", 30.0, None, "run", None, ("vip",)),
        together,
        together._replace(measure="mean_wait", bound=300.0),
    ] == list(load(data).goals)
    short = load(hotline(), {"tiers.vip.target": {"preset": "us-nfpa-1225", "over": "busiest_hour"}})
    assert [("busiest_hour", None)] == [(goal.over, goal.on) for goal in short.goals]


def test_variants_of_a_target_have_the_same_callers() -> None:
    """What is promised to tiers together does not decide who calls; stored results tell all apart."""
    one, other = load(promised({"connected": "95%"})), load(promised({"connected": "90%"}))
    together = load(promised({"connected": "95%"}, targets=[{"abandoned": "5%"}]))
    assert one.callers_fingerprint == together.callers_fingerprint
    assert 3 == len({one.fingerprint, other.fingerprint, together.fingerprint})


def test_a_target_that_says_too_much_or_too_little() -> None:
    """One measure, with a time where it needs one and nowhere else."""
    wrong = promised(
        {"answered": "90%"},
        {"connected": "95%", "within": "3 s"},
        {"within": "2 s"},
        {"answered": "9%", "blocked": "2%", "within": "3 s"},
    )
    assert [
        "tiers.vip.targets.0.within: is missing; write `within: 20 s`, or `connected` for answered after "
        "whatever wait",
        "tiers.vip.targets.1.within: only `answered` and `callbacks` are judged by a time; remove it",
        "tiers.vip.targets.2: says nothing that can be kept; write for example "
        "`{answered: 90%, within: 20 s}` "
        "(measures: answered, connected, abandoned, blocked, callbacks, mean_wait)",
        "tiers.vip.targets.3.blocked: one target has one measure, beside it stands `answered`; "
        "write two targets",
    ] == messages(wrong)


def test_both_forms_at_once_are_refused() -> None:
    """A tier says what it promises in one place."""
    data = hotline()
    data["tiers"]["vip"]["targets"] = [{"connected": "95%"}]
    assert ["tiers.vip.targets: says what `target` says in another way; keep one of the two"] == messages(
        data
    )
