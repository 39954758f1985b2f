"""A run that is cut at any moment and goes on from its state equals the run that was never cut (rule R22)."""

from __future__ import annotations

import os
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.demand import CallTape, draw
from callcenter.engine import Routing, cut, floor_plan, simulate
from callcenter.engine.compiled import layout
from callcenter.scenario import Scenario, load
from tests.engine.busy_days import busy_days
from tests.engine.strategies import drawn_scenarios, runs
from tests.engine.test_twins import different, of_many
from tests.engine.timeline import Caller, hotline, tape, tier

EXAMPLES = int(os.environ.get("TWINS", "300"))
MOMENTS = st.one_of(st.integers(0, 72).map(lambda n: 50.0 * n), st.integers(0, 8640).map(lambda n: 20.0 * n))
"""On the grid of the random hotlines, within the first hour or the first two days."""


def assert_goes_on(scenario: Scenario, calls: CallTape, at: float) -> None:
    """Cut a run and go on with both engines."""
    whole = simulate(scenario, calls, "compiled")
    state = cut(scenario, calls, at)
    assert [] == different(whole, simulate(scenario, calls, "compiled", state=state))
    with of_many():
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


@pytest.mark.slow
@settings(max_examples=EXAMPLES // 3, deadline=None)
@given(run=runs(), first=MOMENTS, second=MOMENTS)
def test_a_state_may_be_cut_again(run: tuple[Scenario, list[Caller]], first: float, second: float) -> None:
    """Cutting what goes on from a state is cutting the run itself."""
    scenario, people = run
    calls, (early, late) = tape(scenario, *people), sorted((first, second))

    again = cut(scenario, calls, late, state=cut(scenario, calls, early))

    assert [] == different(
        simulate(scenario, calls, "compiled"), simulate(scenario, calls, "compiled", state=again)
    )


class Littered:
    """NumPy, but memory that nobody has written to holds signalling NaN, which no sum may touch."""

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)

    def empty(self, shape: Any, dtype: Any = float) -> Any:
        """Return memory as somebody else may have left it."""
        room = np.empty(shape, dtype)
        room.view(np.uint8).reshape(-1)[:] = np.resize(np.frombuffer(b"\xf4\x7f", np.uint8), room.nbytes)
        return room


@pytest.mark.slow
@settings(max_examples=EXAMPLES // 3, deadline=None)
@given(scenario=drawn_scenarios(), at=MOMENTS)
def test_only_what_was_written_is_read(scenario: Scenario, at: float) -> None:
    """Logs and states are the same whatever the memory of the floor held before."""
    calls = draw(scenario, 1, 0)
    log, state = simulate(scenario, calls, "compiled"), cut(scenario, calls, at)

    with patch.object(layout, "np", Littered()):
        assert [] == different(log, simulate(scenario, calls, "compiled"))
        assert [] == different(state, cut(scenario, calls, at))
        assert [] == different(log, simulate(scenario, calls, "compiled", state=state))


@pytest.mark.parametrize("after_close", ["drain", "drop"])
@pytest.mark.parametrize("hour", [9, 20.37, 33])
def test_busy_days_go_on(after_close: str, hour: float) -> None:
    """Three overloaded days of drawn callers, with everything a scenario can say."""
    scenario = load(busy_days(after_close))
    assert_goes_on(scenario, draw(scenario, 3, 0), 3600.0 * hour)


def _one_agent(**keys: Any) -> Scenario:
    return load(hotline(tiers={"vip": tier(0)}, pools={"desk": {"serves": ["vip"], "agents": 1}}, **keys))


def test_who_is_inside_by_hand() -> None:
    """One agent: at 70 s A has hung up and is wrapped up until 80 s, B waits since 30 s, C has given up."""
    scenario = _one_agent()
    people = [
        Caller("vip", 0, talk=60, wrap_up=20),
        Caller("vip", 30, talk=60),
        Caller("vip", 40, talk=60, patience=25),
        Caller("vip", 90, talk=60),
    ]
    calls = tape(scenario, *people)

    state = cut(scenario, calls, 70.0)
    log = simulate(scenario, calls, "simpy", state=state)

    assert [3, [1], [0]] == [state.firsts, state.in_line.tolist(), state.with_agent.tolist()]
    assert 65.0 == state.ledger.left[2]
    assert [0.0, 80.0, 140.0] == log.answered[[0, 1, 3]].tolist()


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_others_may_be_there_from_then_on(engine: str) -> None:
    """A run with an agent more from a moment on is the state at that moment and the other plan."""
    data = hotline(
        tiers={"vip": tier(0)},
        pools={"desk": {"serves": ["vip"], "agents": [1, 1, 1, 1, 1, 1]}},
        day={"open": "00:00", "close": "01:00", "interval": "10 min"},
    )
    scenario = load(data)
    more = scenario.with_({"pools.desk.agents": [1, 1, 2, 2, 2, 2]})
    calls = tape(scenario, *(Caller("vip", 60.0 * n, talk=100) for n in range(40)))
    state = cut(scenario, calls, 1200.0)

    continued = simulate(more, calls, engine, plan=floor_plan(more), state=state)

    assert [] == different(simulate(more, calls, "compiled"), continued)


def test_a_state_needs_its_own_tape_and_the_rules() -> None:
    """A tape of other callers is refused, and so is a routing rule, which keeps notes of its own."""
    scenario = _one_agent()
    calls = tape(scenario, Caller("vip", 0), Caller("vip", 50))
    state = cut(scenario, calls, 40.0)

    with pytest.raises(ValueError, match="does not begin with the calls of the state"):
        simulate(scenario, tape(scenario, Caller("vip", 10), Caller("vip", 50)), state=state)
    with pytest.raises(ValueError, match="keeps notes of its own"):
        simulate(scenario, calls, routing=Routing, state=state)


def test_a_state_holds_no_future() -> None:
    """Calls that have not come are not in it, and neither is what the IVR will decide."""
    scenario = _one_agent()
    calls = tape(scenario, Caller("vip", 0, ivr_s=60, ivr_exit=1), Caller("vip", 50))

    state = cut(scenario, calls, 40.0)

    assert 1 == state.firsts == state.ledger.tier.size
    assert np.isnan(state.ledger.left[0])
