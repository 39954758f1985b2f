"""The preview by formula: it moves as the simulation will."""

from __future__ import annotations

import pytest

import callcenter as cc
from callcenter.scenario import Scenario
from callcenter.theory.erlang import erlang_a
from callcenter.web.knobs import Knobs
from callcenter.web.preview import formula_rates, preview
from callcenter.web.view import preview_of, render
from callcenter.web.whatif import WhatIf


def test_the_reference_is_expected_to_be_what_it_is(scenario: Scenario) -> None:
    """Nothing changed, nothing moved: the preview is the simulated rate."""
    result = WhatIf(scenario).result(scenario, 5)
    rates = {name: result.summary["tiers"][name]["service_level"]["value"] for name in scenario.tiers}

    assert pytest.approx(rates) == preview(result, scenario)


def test_it_is_erlang_a_of_one_line(scenario: Scenario) -> None:
    """The last tier is in line with all others: 120 calls an hour of 4 min, 3 min of patience, 10 agents."""
    expected = erlang_a(120, 240, 10, 180, 20).answered_within

    assert pytest.approx(expected) == formula_rates(scenario)["regular"]
    assert formula_rates(scenario)["vip"] > formula_rates(scenario)["mid"] > expected


@pytest.mark.parametrize("knobs", [Knobs(agents={"desk": 2}), Knobs(volume=115), Knobs(handle_time=120)])
def test_it_comes_near_the_simulation(scenario: Scenario, knobs: Knobs) -> None:
    """Within six points, and on the right side of where it was."""
    variant = WhatIf(scenario).variant(knobs)
    before, after = (cc.run(each, 40, 7) for each in (scenario, variant))
    expected = preview(before, variant)["regular"]
    was, is_now = (each.summary["tiers"]["regular"]["service_level"]["value"] for each in (before, after))

    assert abs(expected - is_now) < 0.06
    assert (expected - was) * (is_now - was) > 0


def test_it_says_that_it_is_the_formula(scenario: Scenario) -> None:
    """Nobody takes it for the simulation, and it has no verdict."""
    result = WhatIf(scenario).result(scenario, 5)
    shown = render(preview_of(preview(result, scenario), result))

    assert shown.count("by formula") >= 3
    assert "≈ " in shown
    assert "✓" not in shown
