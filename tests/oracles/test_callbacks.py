"""Agents who call back when no caller waits: callbacks for callers who abandon, and instead of waiting."""

from __future__ import annotations

import pytest

from callcenter.calllog import CallLog
from tests.oracles.hotline import Plain, Tier, assert_agrees, exponential, one_pool
from tests.oracles.observed import Counts, callbacks, calls, observe, occupancy
from tests.oracles.stages import OfficeBehind, OfficeFigures

INSTEAD_OF_WAITING = OfficeBehind(200, 180, 11, 240, diverted=0.5)
"""Case CB01."""
AFTER_ABANDONING = OfficeBehind(200, 180, 11, 120, owed=0.6)
"""Case CB05."""


def blended(queue: OfficeBehind, days: int) -> Plain:
    """Return the hotline of a chain; every attempt reaches the customer, at any hour."""
    callers = Tier(queue.calls_per_hour, exponential(queue.aht), exponential(queue.patience))
    hotline = one_pool({"callers": callers}, queue.agents, days)
    hotline["pools"]["floor"]["callbacks"] = {"keep_idle": queue.keep_idle}
    if queue.diverted:
        hotline["tiers"]["callers"]["offer"] = {"when_in_line": 0, "accepted": queue.diverted}
    if queue.owed:
        hotline["tiers"]["callers"]["callback"] = {"on": ["abandoned"], "share": queue.owed}
    return hotline


def assert_as_in_theory(queue: OfficeBehind, days: int, engine: str) -> None:
    """Callbacks owed, their delay, waits and losses of callers, and what the agents have to do."""

    def count(log: CallLog) -> Counts:
        return {**calls(log), **callbacks(log), **occupancy(log, queue.agents)}

    exact = queue.figures()
    others = [queue._replace(agents=queue.agents + n).figures() for n in (-1, 1)]
    reserve = queue._replace(keep_idle=queue.keep_idle + 1).figures()

    kpis = observe(blended(queue, days), engine, count)

    for name in OfficeFigures._fields:
        assert_agrees(kpis[name], getattr(exact, name), *(getattr(other, name) for other in others))
    assert_agrees(kpis["delay"], exact.delay, reserve.delay)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("queue", "days"),
    [
        pytest.param(INSTEAD_OF_WAITING, 6, id="offered-CB01"),
        pytest.param(AFTER_ABANDONING, 4, id="owed-CB05"),
        pytest.param(INSTEAD_OF_WAITING._replace(agents=12, keep_idle=2), 4, id="offered-two-kept-idle"),
        pytest.param(AFTER_ABANDONING._replace(agents=12, keep_idle=2), 4, id="owed-two-kept-idle"),
    ],
)
def test_callbacks(queue: OfficeBehind, days: int, length: int) -> None:
    """One agent more or less, or one more to be kept idle, would fail."""
    assert_as_in_theory(queue, days * length, "compiled")


def test_callbacks_in_either_engine(engine: str, length: int) -> None:
    """Both kinds, from a hotline small enough to be cheap."""
    small = OfficeBehind(30, 180, 2, 120, diverted=0.5, owed=0.6)
    assert_as_in_theory(small, 8 * length, engine)
