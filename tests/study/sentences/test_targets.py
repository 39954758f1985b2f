"""Targets of every kind in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import callcenter as cc
from callcenter.language import speaking
from callcenter.study.sentences.rules import rule_notes
from callcenter.study.sentences.targets import kept_text, target_text, targets_headline
from tests.chinese import not_chinese
from tests.scenario.hotline import hotline
from tests.scenario.parts.test_targets import promised


def entry(**more: Any) -> dict[str, Any]:
    """Return an entry of a summary: 91% connected of 90% asked, unless it says otherwise."""
    estimate = {"value": 0.91, "low": 0.905, "high": 0.915}
    plain: dict[str, Any] = {"tiers": ["vip"], "pool": None, "measure": "connected", "bound": 0.9}
    plain |= {"within_s": None, "after_s": None}
    judged = {"over": "run", "on_days": None, "days_met": estimate, "verdict": "met"}
    return {**plain, **judged, **estimate, **more}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "90% connected"),
        ({"measure": "answered", "within_s": 20.0}, "90% answered in 20 s"),
        ({"measure": "abandoned", "bound": 0.05, "after_s": 30.0}, "at most 5% abandoned after 30 s"),
        (
            {"measure": "abandoned", "bound": 0.05, "over": "day", "on_days": 0.9},
            "at most 5% abandoned, on 90% of days",
        ),
        (
            {"measure": "blocked", "bound": 0.025, "over": "interval"},
            "at most 2.5% blocked, in each interval",
        ),
        ({"measure": "mean_wait", "bound": 150.0}, "mean wait of at most 2 min 30 s"),
        ({"measure": "callbacks", "within_s": 86_400.0}, "90% of callbacks in 24 h"),
        ({"measure": "occupancy", "over": "busiest_hour"}, "occupancy of at most 90%, in the busiest hour"),
        ({"over": "day", "on_days": 1.0}, "90% connected, each day"),
        ({"over": "interval", "on_days": 0.8}, "90% connected, in each interval, on 80% of days"),
    ],
)
def test_a_target_in_words(more: dict[str, Any], expected: str) -> None:
    """Measure, bound and time, then when it must hold."""
    assert expected == target_text(entry(**more))
    with speaking("zh-CN"):
        assert [] == not_chinese([target_text(entry(**more))])


def test_what_is_missed_comes_first() -> None:
    """Then what is unclear with its interval, what is met in one line, and all together."""
    entries = [
        entry(),
        entry(verdict="unclear", bound=0.91),
        entry(measure="abandoned", over="day", on_days=0.95, verdict="missed", bound=0.05),
    ]
    assert [
        "Missed: vip: at most 5% abandoned, on 95% of days: on 91.0% (90.5 – 91.5%) of days.",
        "Unclear: vip: 91% connected: 91.0% (90.5 – 91.5%).",
        "Met: vip: 90% connected.",
        "All targets together hold on 91.0% (90.5 – 91.5%) of days.",
    ] == targets_headline({"targets": entries, "joint": {"days_met": entries[0]["days_met"]}}).splitlines()


def test_the_chance_of_enough_days() -> None:
    """As `--days-kept` prints it."""
    kept = {"kept": 28, "of": 30, "value": 0.71, "low": 0.6, "high": 0.8}
    assert "Chance that all targets hold on at least 28 of 30 days: 71.0% (60.0 – 80.0%)." == kept_text(kept)


def test_a_rule_is_told_with_its_source() -> None:
    """What it says, where it stands, when it was read, and how sure that is."""
    (note,) = rule_notes(cc.load(hotline(), {"tiers.vip.target": {"preset": "tz-gn416-2018"}}))
    assert note.startswith("tz-gn416-2018: At least 98% of calls answered; mean wait of at most 5 minutes. ")
    assert "read on 2026-11-28; the text itself was read" in note
    assert [] == rule_notes(cc.load(hotline()))


def test_a_sweep_says_at_which_points_all_targets_hold(tmp_path: Path) -> None:
    """Its table has a verdict over all of them, which a sweep with short targets has not."""
    file = tmp_path / "hotline.yaml"
    sweep = {"scenario": "hotline.yaml", "replications": 3, "vary": {"pools.desk.agents": [1, 20]}}
    (tmp_path / "sweep.yaml").write_text(json.dumps(sweep), encoding="utf-8")
    file.write_text(json.dumps(promised({"connected": "90%"}, {"mean_wait": "10 s"})), encoding="utf-8")
    study = cc.sweep(tmp_path / "sweep.yaml")
    assert [0.0, 1.0] == study.points.groupby("point")["all_targets_days"].first().tolist()
    assert ["mean_wait"] == [target["measure"] for target in study.summary["points"][1]["targets"][1:]]
    file.write_text(json.dumps(hotline()), encoding="utf-8")
    assert "all_targets" not in cc.sweep(tmp_path / "sweep.yaml").points


def test_short_targets_are_told_as_ever() -> None:
    """A scenario with one answer rate for each tier has neither the table nor its sentences."""
    from callcenter.report.tables.targets import targets_table

    short = cc.run(hotline(), replications=2)
    longer = cc.run(promised({"connected": "90%"}, {"mean_wait": "1 min"}), replications=2)
    assert targets_table(short) is None
    table = targets_table(longer)
    assert table is not None
    assert ["vip", "vip", "all"] == [row.cells[0].value for row in table.rows]
    assert ["90% connected", "mean wait of at most 1 min"] == [row.cells[1].value for row in table.rows[:2]]
    assert list(longer.targets["measure"]) == ["connected", "mean_wait"]
