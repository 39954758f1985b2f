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


def judged(verdicts: str) -> dict[str, Any]:
    """Return what the answer reads of a summary: a letter a tier, m(et), x (missed), u(nclear), - (none)."""
    words = {"m": "met", "x": "missed", "u": "unclear", "-": None}
    tiers = {
        str(number): {"service_level": {"verdict": words[letter], "value": None, "target": None}}
        for number, letter in enumerate(verdicts)
    }
    return {"tiers": tiers}


def sweep_of(scenario: Scenario, verdicts: dict[tuple[float, int], str]) -> str:
    """Return the answer of a grid volume x agents with these verdicts."""
    settings = [{"demand.volume": volume, "pools.desk.agents": agents} for volume, agents in verdicts]
    design = Design("grid", tuple(point(scenario.with_(setting), setting) for setting in settings), 1, 2)
    return answer(Study(design, [judged(verdicts) for verdicts in verdicts.values()]))


def test_the_fewest_agents_at_each_volume(scenario: Scenario) -> None:
    """At each volume the smallest staffing counts at which every tier with a target met it."""
    verdicts = {(0.9, 12): "mm-", (0.9, 8): "mm-", (0.9, 6): "mx-", (1.1, 8): "xm-", (1.1, 12): "mm-"}

    assert sweep_of(scenario, verdicts) == (
        "The fewest agents that met every target: "
        "at volume 0.9, 32 agent-hours a day, 8 at the peak (desk.agents 8); "
        "at volume 1.1, 48 agent-hours a day, 12 at the peak (desk.agents 12)."
    )


def test_none_met(scenario: Scenario) -> None:
    """A volume at which no staffing will do is named."""
    assert sweep_of(scenario, {(1.0, 8): "mm", (1.2, 8): "xm", (1.2, 9): "mx"}) == (
        "The fewest agents that met every target: "
        "at volume 1.0, 32 agent-hours a day, 8 at the peak (desk.agents 8); "
        "at volume 1.2, none of the staffings tried."
    )


def test_unclear_is_said(scenario: Scenario) -> None:
    """A smaller staffing that might do with more replications is mentioned."""
    assert sweep_of(scenario, {(1.0, 8): "um", (1.0, 9): "mm", (1.2, 8): "xu", (1.2, 9): "uu"}) == (
        "The fewest agents that met every target: "
        "at volume 1.0, 36 agent-hours a day, 9 at the peak (desk.agents 9; unclear with 8); "
        "at volume 1.2, none of the staffings tried (unclear with 9)."
    )


def test_staffing_alone(scenario: Scenario) -> None:
    """Without another condition no condition is named."""
    assert sweep_of(scenario, {(1.0, 8): "xx", (1.0, 9): "mm"}) == (
        "The fewest agents that met every target: 36 agent-hours a day, 9 at the peak (desk.agents 9)."
    )


def test_without_varied_staffing(scenario: Scenario) -> None:
    """When agents stay the same, the conditions that keep the promise are listed."""
    assert sweep_of(scenario, {(0.8, 8): "mm", (0.9, 8): "mm", (1.0, 8): "um", (1.1, 8): "xu"}) == (
        "Every target was met with volume 0.8; volume 0.9; unclear with volume 1.0."
    )
    assert sweep_of(scenario, {(1.0, 8): "xm", (1.1, 8): "xx"}) == "No point met every target."


def test_a_single_point(scenario: Scenario) -> None:
    """A run is judged by itself."""
    summary = {
        "replications": 4,
        "tiers": {
            name: {"service_level": {"verdict": "met", "value": 0.9, "target": 0.8, "within_s": 20.0}}
            for name in scenario.tiers
        },
    }
    design = Design("single", (point(scenario, {}),), 1, 2)

    assert headline(scenario, summary) == answer(Study(design, [summary]))
    assert answer(Study(design, [summary])).startswith("Every target is met")


def test_no_targets(scenario: Scenario) -> None:
    """Where nothing is promised, nothing is judged."""
    assert sweep_of(scenario, {(1.0, 8): "--"}) == "No tier has a target, so there is nothing to meet."


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
