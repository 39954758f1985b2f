"""The tally of random hotlines, against every figure taken straight from its definition."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.calllog import CallLog
from callcenter.engine import simulate
from callcenter.measure import tally
from callcenter.measure.pools import POOL_SUMS
from callcenter.scenario import Scenario, SharedTarget
from tests.engine.strategies import runs
from tests.engine.taping import Caller
from tests.engine.timeline import tape
from tests.measure.reference import reference

EXAMPLES = int(os.environ.get("TWINS", "300")) // 5
"""Random hotlines; `make twins` takes 400."""


TARGETS = (
    SharedTarget(answered=0.9, within=7.0),
    SharedTarget(answered=0.9, within=90.0),
    SharedTarget(callbacks=0.9, within=120.0),
)
"""At thresholds that no tier has of its own."""


def assert_as_defined(scenario: Scenario, log: CallLog) -> None:
    """Compare all arrays: equal, but for the levels of half agents, which are no whole ticks."""
    expected, actual = reference(scenario, log), tally(scenario, log)
    rostered = POOL_SUMS.index("rostered_s")

    for name, one, other in zip(expected._fields, expected, actual, strict=True):
        if name == "pool_sums":
            np.testing.assert_allclose(one[rostered], other[rostered], rtol=1e-14)
            one[rostered] = other[rostered]
        np.testing.assert_array_equal(one, other, err_msg=name, strict=True)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(run=runs(), warm_up=st.sampled_from([0.0, 600.0, 1900.0]))
def test_every_figure_is_as_defined(run: tuple[Scenario, list[Caller]], warm_up: float) -> None:
    """With follow-ups, callbacks, lines, chat, e-mail, shifts, warm-up and cool-down."""
    scenario, people = run
    shorter = scenario.model_copy(update={"warm_up": warm_up, "targets": TARGETS})

    assert_as_defined(shorter, simulate(shorter, tape(shorter, *people)))
