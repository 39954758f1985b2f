"""A run in short: one sentence on all targets, and at most five lines."""

from __future__ import annotations

from typing import Any

import pytest

import callcenter as cc
from callcenter.language import speaking
from callcenter.study.answers.points import roster
from callcenter.study.sentences.brief import brief_lines, verdict_sentence
from tests.chinese import not_chinese
from tests.report.test_every_target import TARGETS
from tests.study.sentences.test_targets import entry


def sentence(*targets: dict[str, Any]) -> str:
    """Return the verdict on these targets; in Chinese it has no English."""
    summary = {"targets": targets, "tiers": {"vip": {"service_level": {"value": 0.9}}}}
    with speaking("zh-CN"):
        assert [] == not_chinese([verdict_sentence(summary)])
    return verdict_sentence(summary)


def rate(tier: str, verdict: str, **more: Any) -> dict[str, Any]:
    """Return a target of a share answered in time."""
    return entry(tiers=[tier], measure="answered", within_s=20.0, verdict=verdict, **more)


def test_one_target() -> None:
    """What came of it, what it asks, and that nobody knows yet."""
    assert "The target is met: vip 91.0% (target: 90% connected)." == sentence(entry())
    assert "The target is missed: vip 91.0% (target: 90% answered in 20 s)." == sentence(
        rate("vip", "missed")
    )
    unclear = sentence(rate("vip", "unclear"))
    assert "It is unclear whether the target is met: vip 91.0% (target: 90% answered in 20 s)." == unclear


def test_several_targets() -> None:
    """The missed come first with their figures, then the unclear; of those met it is said what they ask."""
    days = entry(over="day", on_days=0.95, verdict="unclear")
    desk = entry(tiers=[], pool="desk", measure="occupancy", verdict="met")

    assert (
        "Of 3 targets 1 is missed: vip 91.0% (target: 90% answered in 20 s); 1 is unclear: vip 91.0% of days "
        "(target: 90% connected, on 95% of days); 1 is met: desk (occupancy of at most 90%)."
    ) == sentence(desk, days, rate("vip", "missed"))
    assert (
        "Every target is met: vip 91.0% (target: 90% connected), mid 91.0% (target: 90% answered in 20 s)."
    ) == sentence(entry(), rate("mid", "met"))


def test_many_targets_are_counted() -> None:
    """No more than three are named, and those that are met only while they are few."""
    many = [rate(f"t{number}", "missed") for number in range(5)]

    text = sentence(*many, entry())

    assert text.startswith("Of 6 targets 5 are missed: t0 91.0% (")
    assert "t2 91.0% (target: 90% answered in 20 s) and 2 more; 1 is met: vip" in text
    assert "t3" not in text
    assert sentence(rate("vip", "missed"), *[entry()] * 3).endswith("answered in 20 s); 3 are met.")


def test_nothing_to_judge() -> None:
    """No target, or callbacks that nobody is owed."""
    assert "Nothing is promised, so there is nothing to keep." == sentence()
    assert sentence() == sentence(entry(measure="callbacks", within_s=60.0, verdict=None))


@pytest.fixture(scope="module")
def run() -> cc.Result:
    """A run with every kind of target, callbacks, lines and a price."""
    scenario = cc.load(TARGETS, {"pools.desk.cost_per_hour": 60, "pools.desk.agents": 5})
    return cc.run(scenario, replications=4, engine="simpy")


def lines(run: cc.Result) -> dict[str, str]:
    """Return the lines of a run by what they are about."""
    return dict(brief_lines(run))


def test_five_lines_with_the_figures_of_the_summary(run: cc.Result) -> None:
    """Each figure is that of the JSON, by day."""
    said, summary = lines(run), run.summary
    counts = [summary["tiers"][name]["counts"] for name in ("vip", "regular")]
    offered = sum(each["offered"] for each in counts)
    callbacks = {key: figure["value"] for key, figure in summary["callbacks"].items()}

    assert ["callers", "agents", "days", "callbacks", "counted"] == list(said)
    assert said["callers"].startswith(f"{offered / 2:,.0f} a day ask for a person: ")
    assert f"{sum(each['abandoned'] for each in counts) / offered:.1%} hang up" in said["callers"]
    assert f"{roster(run.scenario).hours:g} agent-hours a day, 5 at the peak" in said["agents"]
    assert f"busy for {summary['pools']['desk']['occupancy']['value']:.1%} of the time" in said["agents"]
    assert f"costs {summary['economics']['cost']['value'] / 2:,.0f} a day" in said["agents"]
    assert f"hold on {summary['joint']['days_met']['value']:.1%}" in said["days"]
    assert f"{callbacks['on_time']:.1%} first tried within 24 h" in said["callbacks"]
    assert "4 replications, seed 7" in said["counted"]
    with speaking("zh-CN"):
        assert [] == not_chinese(text for line in brief_lines(run) for text in line)


def test_only_what_there_is() -> None:
    """No callbacks: no such line; no target: no days to count, and still who calls."""
    changes: dict[str, Any] = {"tiers.regular.callback": None, "tiers.vip.target": "none", "targets": []}
    changes |= {"tiers.regular.targets": [], "pools.desk.targets": [], "pools.desk.callbacks": None}
    run = cc.run(cc.load(TARGETS, changes), replications=1, engine="simpy")

    assert ["callers", "agents", "counted"] == list(lines(run))


def test_a_rule_says_where_it_is_from() -> None:
    """Published rules are not taken on trust."""
    scenario = cc.load(TARGETS, {"targets": [{"preset": "in-trai-2014"}]})

    said = lines(cc.run(scenario, replications=1, engine="simpy"))

    assert "`callcenter presets` has the source of in-trai-2014" in said["counted"]


def test_mail_is_no_caller() -> None:
    """Work that waits for days has no part in how long callers wait."""
    mail = {"priority": 9, "talk": "1 min", "channel": "deferred"}
    changes = {"demand.mix": {"vip": "20%", "regular": "40%", "mail": "40%"}, "tiers.mail": mail}
    changes |= {"pools.desk.serves": ["vip", "regular", "mail"], "targets": []}
    run = cc.run(cc.load(TARGETS, changes), replications=2, engine="simpy")
    counts = [run.summary["tiers"][name]["counts"]["offered"] for name in ("vip", "regular")]

    assert lines(run)["callers"].startswith(f"{sum(counts) / 2:.1f} a day ")
