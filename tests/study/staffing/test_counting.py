"""Counting a finished floor gives what the tally of its log gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from callcenter.engine import floor_plan, simulate
from callcenter.engine.compiled import Rerun
from callcenter.measure import DEFINITIONS, stack, tally
from callcenter.measure.figures import groups
from callcenter.scenario import Scenario
from callcenter.study.staffing.counting import answer_rates
from tests.engine.strategies import runs
from tests.engine.timeline import Caller, tape


@pytest.mark.parametrize("definition", DEFINITIONS)
@settings(max_examples=40, deadline=None)
@given(run=runs())
def test_the_answer_rates_are_those_of_the_tally(run: tuple[Scenario, list[Caller]], definition: str) -> None:
    """Numerators and denominators, tier by tier and cell by cell, by every definition."""
    scenario, people = run
    scenario = scenario.with_(
        {"service_level": {"definition": definition, "short_abandon": "30 s"}, "warm_up": "10 min"}
    )
    calls, plan = tape(scenario, *people), floor_plan(scenario)
    finished = Rerun(plan, calls).run(plan)
    tallied = groups(scenario, stack([tally(scenario, simulate(scenario, calls, "compiled"))]))
    rates = [DEFINITIONS[definition](tallied[tier].figures) for tier in scenario.tiers]

    for expected, counted in zip(
        zip(*rates, strict=True),
        answer_rates(scenario, finished.calls, finished.arrived, finished.end),
        strict=True,
    ):
        assert np.array_equal(np.concatenate(expected), counted)
