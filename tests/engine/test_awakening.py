"""Calls that follow and callbacks are drawn when they are needed, and staffing does not matter (R2)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from callcenter.calllog import CallLog, Kind, Outcome
from callcenter.demand import draw
from callcenter.engine import ledger, simulate
from callcenter.scenario import ScenarioError, load
from tests.engine.timeline import hotline, tier

CHAIN = {
    "redial": {"after": {"exponential": "1 min"}, "when": {"abandoned": "80%"}, "attempts": 6},
    "repeat": {"share": "40%", "after": {"exponential": "2 min"}},
    "transfer": {"share": "20%", "to": "second"},
    "callback": {"on": ["abandoned"], "share": "50%"},
    "patience": {"exponential": "1 min"},
    "talk": {"exponential": "2 min"},
    "wrap_up": {"exponential": "20 s"},
}


def chains(agents: int, calls: float = 300) -> dict[str, Any]:
    """Return an hour of customers who come back in every way."""
    tiers = {"first": tier(0) | CHAIN, "second": tier(1, talk={"exponential": "3 min"})}
    pools = {"desk": {"serves": list(tiers), "agents": agents, "callbacks": {}}}
    calls_an_interval = {"tiers": {"first": {"calls": calls / 6}}}
    return hotline(tiers=tiers, pools=pools, demand=calls_an_interval, callbacks={"reached": "60%"})


def draws_of(log: CallLog) -> dict[tuple[int, str], tuple[float, float]]:
    """Return talk and wrap-up of each answered call, by customer and the way from the first call."""
    way = {-1: ""}
    customers = {row: number for number, row in enumerate(np.flatnonzero(log.parent < 0).tolist())}
    drawn = {}
    for row, parent in enumerate(log.parent.tolist()):
        step = {Kind.FIRST: "", Kind.TRANSFER: "m"}.get(Kind(log.kind[row]), "a")
        way[row] = way[parent] + step
        if log.outcome[row] == Outcome.ANSWERED:
            times = float(log.left[row] - log.answered[row]), float(log.released[row] - log.left[row])
            drawn[customers[int(log.customer[row])], way[row]] = times
    return drawn


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_same_customer_same_way_same_draws(engine: str) -> None:
    """Whatever else happened to them and to others, by either engine."""
    few, many = (load(chains(agents)) for agents in (6, 15))
    scarce = draws_of(simulate(few, draw(few, 1, 0), engine))
    ample = draws_of(simulate(many, draw(many, 1, 0), "compiled"))
    both = scarce.keys() & ample.keys()
    ways = {way for _, way in both}

    assert {"", "a", "m", "aa", "am"} < ways
    assert 50 < sum(way != "" for _, way in both)
    assert {key: scarce[key] for key in both} == {key: ample[key] for key in both}


def test_where_there_is_too_little_room_the_run_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more room, and with the same result."""
    scenario = load(chains(6))
    plain = simulate(scenario, draw(scenario, 1, 0), "compiled")
    monkeypatch.setattr("callcenter.engine.compiled.room_for", lambda tape: 1)
    narrow = simulate(scenario, draw(scenario, 1, 0), "compiled")

    assert 100 < np.count_nonzero(plain.kind != Kind.FIRST)
    for a, b in zip(plain[:13], narrow[:13], strict=True):
        np.testing.assert_array_equal(a, b)
    for before, after in zip(plain.callbacks, narrow.callbacks, strict=True):
        np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_too_many_calls_that_follow(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would eat all memory is refused with the keys to change."""
    monkeypatch.setattr(ledger, "MOST_LATER_CALLS", 20)
    monkeypatch.setattr("callcenter.engine.compiled.room_for", lambda tape: 16)
    scenario = load(chains(6))

    with pytest.raises(ScenarioError, match=r"tiers: .*`repeat`.* more than 20 calls .*`redial.attempts`"):
        simulate(scenario, draw(scenario, 1, 0), engine)
