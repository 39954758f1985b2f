"""A run that is cut at any moment and goes on from its state equals the run that was never cut."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.demand import CallTape, draw
from callcenter.engine import cut, simulate
from callcenter.scenario import Scenario
from tests.engine.strategies import drawn_scenarios, runs
from tests.engine.test_twins import different
from tests.engine.timeline import Caller, tape

EXAMPLES = int(os.environ.get("TWINS", "300"))
MOMENTS = st.one_of(st.integers(0, 72).map(lambda n: 50.0 * n), st.integers(0, 8640).map(lambda n: 20.0 * n))
"""On the grid of the random hotlines, within the first hour or the first two days."""


def assert_goes_on(scenario: Scenario, calls: CallTape, at: float) -> None:
    """Cut a run and go on with both engines."""
    whole = simulate(scenario, calls, "compiled")
    state = cut(scenario, calls, at)
    assert [] == different(whole, simulate(scenario, calls, "compiled", state=state))
    assert [] == different(whole, simulate(scenario, calls, "simpy", state=state))


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(run=runs(), at=MOMENTS)
def test_cut_and_continued_on_a_grid(run: tuple[Scenario, list[Caller]], at: float) -> None:
    """Ties everywhere, also with the moment of the cut."""
    scenario, people = run
    assert_goes_on(scenario, tape(scenario, *people), at)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(scenario=drawn_scenarios(), replication=st.integers(0, 1000), at=MOMENTS)
def test_cut_and_continued_with_drawn_callers(scenario: Scenario, replication: int, at: float) -> None:
    """Callers of all kinds, with all that may become of them."""
    assert_goes_on(scenario, draw(scenario, 1, replication), at)
