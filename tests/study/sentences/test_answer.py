"""The sentence a sweep ends with."""

from __future__ import annotations

from typing import Any, NamedTuple

from callcenter.scenario import Scenario
from callcenter.study.designs.design import Design, point
from callcenter.study.sentences.answer import answer, callback_answer
from callcenter.study.sentences.headline import headline


class Study(NamedTuple):
    """What the answer is made of."""

    design: Design
    summaries: list[dict[str, Any]]


RATES = {"m": 0.93, "x": 0.8, "u": 0.89, "-": None}
"""Answer rate by verdict; the target is 90%."""


def judged(verdicts: str) -> dict[str, Any]:
    """Return what the answer reads of a summary: a letter a tier, m(et), x (missed), u(nclear), - (none)."""
    words = {"m": "met", "x": "missed", "u": "unclear", "-": None}
    levels = {
        name: {
            "verdict": words[letter],
            "value": RATES[letter],
            **({"low": 0.87, "high": 0.91} if letter == "u" else {}),
            "target": None if letter == "-" else 0.9,
            "within_s": 20.0,
        }
        for name, letter in zip(("vip", "mid", "regular"), verdicts, strict=False)
    }
    tiers = {name: {"service_level": each} for name, each in levels.items()}
    targets = [{"verdict": each["verdict"]} for each in levels.values() if each["verdict"]]
    return {"replications": 30, "tiers": tiers, "targets": targets}


def sweep_of(scenario: Scenario, verdicts: dict[tuple[float, int], str]) -> list[str]:
    """Return the sentences of the answer of a grid volume x agents with these verdicts."""
    settings = [{"demand.volume": volume, "pools.desk.agents": agents} for volume, agents in verdicts]
    design = Design("grid", tuple(point(scenario.with_(setting), setting) for setting in settings), 1, 2)
    return answer(Study(design, [judged(verdicts) for verdicts in verdicts.values()])).splitlines()


def test_the_fewest_agents_at_each_volume(scenario: Scenario) -> None:
    """At each volume the smallest staffing counts at which every tier with a target met it."""
    verdicts = {(0.9, 12): "mm-", (0.9, 8): "mm-", (0.9, 6): "mx-", (1.1, 8): "xm-", (1.1, 12): "mm-"}

    assert sweep_of(scenario, verdicts) == [
        "Every target is met at 3 of 5 points.",
        "The fewest agents that met every target: "
        "at volume 0.9, 32 agent-hours a day, 8 at the peak (desk.agents 8); "
        "at volume 1.1, 48 agent-hours a day, 12 at the peak (desk.agents 12).",
    ]


def test_none_met_at_some_volume(scenario: Scenario) -> None:
    """A volume at which no staffing will do is named, with the nearest and what that misses, and how far."""
    assert sweep_of(scenario, {(1.0, 8): "mm", (1.2, 8): "xm", (1.2, 9): "mx"})[1] == (
        "The fewest agents that met every target: "
        "at volume 1.0, 32 agent-hours a day, 8 at the peak (desk.agents 8); "
        "at volume 1.2, none of the staffings tried "
        "(nearest 8: vip 80.0%, target 90% in 20 s, 10.0 points short)."
    )


def test_unclear_is_said(scenario: Scenario) -> None:
    """A smaller staffing that might do with more replications is mentioned."""
    assert sweep_of(scenario, {(1.0, 8): "um", (1.0, 9): "mm", (1.2, 8): "xu", (1.2, 9): "uu"}) == [
        "Every target is met at 1 of 4 points; 2 unclear.",
        "The fewest agents that met every target: "
        "at volume 1.0, 36 agent-hours a day, 9 at the peak (desk.agents 9; unclear with 8); "
        "at volume 1.2, none of the staffings tried (unclear with 9).",
    ]


def test_staffing_alone(scenario: Scenario) -> None:
    """Without another condition no condition is named."""
    assert sweep_of(scenario, {(1.0, 8): "xx", (1.0, 9): "mm"})[1] == (
        "The fewest agents that met every target: 36 agent-hours a day, 9 at the peak (desk.agents 9)."
    )


def test_many_conditions_with_one_staffing_each(scenario: Scenario) -> None:
    """Points strewn over a space have no fewest agents at each volume; the cheapest that will do is named."""
    verdicts = {(0.8 + 0.1 * step, 12 - step): "mm" for step in range(4)}
    verdicts |= {(1.2 + 0.1 * step, 8 - step): "mx" for step in range(5)}

    assert sweep_of(scenario, verdicts) == [
        "Every target is met at 4 of 9 points.",
        "With the fewest agents: point 3 (volume 1.1; desk.agents 9), 36 agent-hours a day, 9 at the peak.",
    ]


def test_without_varied_staffing(scenario: Scenario) -> None:
    """When agents stay the same, the conditions that keep the promise are listed."""
    assert sweep_of(scenario, {(0.8, 8): "mm", (0.9, 8): "mm", (1.0, 8): "um", (1.1, 8): "xu"}) == [
        "Every target is met at 2 of 4 points; 1 unclear.",
        "Met with volume 0.8; volume 0.9; unclear with volume 1.0.",
    ]
    assert sweep_of(scenario, {(0.8, 8): "mm", (0.9, 8): "mm"}) == ["Every target is met at 2 of 2 points."]


def test_no_point_meets_every_target(scenario: Scenario) -> None:
    """The nearest point, which target it misses, how far it is from it, and what to do, as of a run."""
    verdicts = {(1.0, 8): "xm", (1.1, 8): "xx", (0.9, 8): "um"}
    nearest = headline(scenario.with_({"demand.volume": 0.9, "pools.desk.agents": 8}), judged("um"))

    assert sweep_of(scenario, verdicts) == [
        "None of the 3 points meets every target; 1 unclear.",
        "The nearest is point 2 (volume 0.9):",
        *nearest.splitlines(),
    ]
    assert nearest.startswith("Unclear: vip 89.0% (87.0 – 91.0%), target 90% in 20 s: ")


def test_a_single_point(scenario: Scenario) -> None:
    """A run is judged by itself."""
    summary = {
        "replications": 4,
        "tiers": {
            name: {"service_level": {"verdict": "met", "value": 0.9, "target": 0.8, "within_s": 20.0}}
            for name in scenario.tiers
        },
        "targets": [{"verdict": "met"} for _ in scenario.tiers],
    }
    design = Design("single", (point(scenario, {}),), 1, 2)

    assert headline(scenario, summary) == answer(Study(design, [summary]))
    assert answer(Study(design, [summary])).startswith("Every target is met")


def test_no_targets(scenario: Scenario) -> None:
    """Where nothing is promised, nothing is judged."""
    assert sweep_of(scenario, {(1.0, 8): "--"}) == ["No tier has a target, so there is nothing to meet."]


def callbacks(created: float, late: float, not_due: float) -> dict[str, Any]:
    """Return the part of a summary that the callback sentence reads."""
    decided = created - not_due
    on_time = 1 - late / decided if decided else None
    figures = {"created": created, "late": late, "not_due": not_due, "on_time": on_time}
    return {"callbacks": {name: {"value": figure} for name, figure in figures.items()}}


def test_callbacks() -> None:
    """Late callbacks are counted by point; what is not due yet is not called done."""
    assert callback_answer([callbacks(0, 0, 0)]) == ""
    every = "Every callback was begun within the promise."
    assert callback_answer([callbacks(0, 0, 0), callbacks(10, 0, 0)]) == every
    assert callback_answer([callbacks(10, 0, 1)]) == (
        "No callback was late; up to 10.0% were neither begun nor due when the run ended."
    )
    assert callback_answer([callbacks(10, 1, 0), callbacks(10, 0, 0)]) == (
        "Callbacks were late at 1 of 2 points, up to 10.0% of those begun or due."
    )
