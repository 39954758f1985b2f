"""Everything recorded by an engine, replayed with everything taken, is the same log (contract 8.2)."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from callcenter.calllog import CallLog
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure.tables import call_table
from callcenter.replay.recorded import recorded
from callcenter.replay.stage import staged
from callcenter.replay.taking import TAKES, taking
from callcenter.scenario import Scenario, load
from callcenter.scenario.parts.by_day import ByDay
from tests.engine.genes import callers
from tests.engine.strategies import scenarios
from tests.engine.taping import Caller, tape
from tests.fit.desk import TRUTH

EXAMPLES = int(os.environ.get("REPLAYS", "150"))

HELD = ("tier", "arrived", "joined", "answered", "left", "released", "outcome", "pool")
"""What call records hold of a log; which call led to which is the business of redials."""
ENGINES = ("compiled", "simpy")


def records_of(scenario: Scenario, log: CallLog) -> pd.DataFrame:
    """Return what `--calls` writes of one replication."""
    return call_table(scenario, [(1, log)])


def again(scenario: Scenario, log: CallLog, engine: str, take: str | None = None) -> CallLog:
    """Return the log of a replay."""
    found = recorded(records_of(scenario, log), scenario)
    return staged(scenario, found, taking(take or ",".join(TAKES)), seed=7)[0].run(0, 0, engine)


def different(a: CallLog, b: CallLog) -> list[str]:
    """Return the columns held by records in which two logs differ."""
    pairs = [(name, getattr(a, name), getattr(b, name)) for name in HELD]
    return [name for name, x, y in pairs if not np.array_equal(x, y, equal_nan=x.dtype.kind == "f")]


@st.composite
def hotlines(draw: st.DrawFn) -> Scenario:
    """Draw a hotline that call records can hold.

    They hold no callbacks, no unscheduled breaks, no places held in vain, and not how many contacts an agent
    had in hand.
    """
    data: dict[str, Any] = draw(scenarios()).to_dict() | {"days": 1, "cool_down": "0 h"}
    for name, tier in data["tiers"].items():
        for key in ("callback", "offer", "slow_down", "concurrency", "silent"):
            tier.pop(key, None)
        if name == "mail":
            tier.pop("channel", None)
    for pool in data["pools"].values():
        pool.pop("breaks", None)
    return load(data)


@st.composite
def runs(draw: st.DrawFn) -> tuple[Scenario, list[Caller]]:
    """Draw a hotline and its callers."""
    scenario = draw(hotlines())
    return scenario, [held(caller, number) for number, caller in enumerate(draw(callers(scenario)))]


def held(caller: Caller, number: int) -> Caller:
    """Return a caller whose calls are held as they are, each a call of its own.

    Nobody is transferred: the second leg would have a line of its own.  Nobody calls again in an instant in
    which anything else happens: a first call has another turn in it than a redial.
    """
    apart = (7_919 * number + 1) % 65_521 / 65_536
    again = None if caller.next is None else held(caller.next, 31 * number + 17)
    return caller._replace(
        transfer=None,
        next=again,
        redial_after=caller.redial_after + apart,
        repeat_after=caller.repeat_after + apart,
    )


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(runs())
def test_random_hotlines(run: tuple[Scenario, list[Caller]]) -> None:
    """Records of random hotlines full of ties give the same log again, on both engines.

    Agents may differ by date and weekday; rosters that chance draws (R18a) are drawn anew, and left out.
    """
    scenario, people = run
    assume(
        not any(isinstance(pool.agents, ByDay) and pool.agents.drawn_from for pool in scenario.pools.values())
    )
    log = simulate(scenario, tape(scenario, *people))
    if log.arrived.size:
        assert [[], []] == [different(log, again(scenario, log, engine)) for engine in ENGINES]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_drawn_day(engine: str) -> None:
    """A drawn day, with its IVR and a slow pool, is the same again; also from what a CSV file holds."""
    scenario = load(TRUTH, {"pools.desk.speed": 1.3, "pools.desk.agents": 6})
    log = simulate(scenario, draw(scenario, 3, 0), engine)
    assert [] == different(log, again(scenario, log, engine))
