"""Breaks that a log of agents' pauses holds: found again in a hotline of our own, and simulated anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import callcenter as cc
from callcenter.calllog import CallLog
from callcenter.clock import SECONDS_PER_DAY
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.fit import Fit, fit
from callcenter.records import records
from callcenter.records.writers import write_log

DAYS, AGENTS = 20, 6
SHARE, LENGTH = 0.15, 300.0
DESK = {
    "name": "desk",
    "seed": 3,
    "day": {"open": "08:00", "close": "18:00", "interval": "30 min"},
    "demand": {"calls": 40},
    "tiers": {
        "all": {
            "priority": 0,
            "patience": {"exponential": "4 min"},
            "talk": {"gamma": {"mean": "180 s", "cv": 0.8}},
            "target": {"within": "20 s", "share": "80%"},
        }
    },
    "pools": {
        "desk": {
            "serves": ["all"],
            "agents": AGENTS,
            "breaks": {"after_call": SHARE, "length": {"exponential": f"{LENGTH:g} s"}},
        }
    },
}


def day_of(log: CallLog, day: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return calls and what agents did: who is free first takes the next call, and the break after it."""
    rests = dict(zip(log.breaks.start.tolist(), log.breaks.end.tolist(), strict=True))
    free, agent, events = [0.0] * AGENTS, {}, []
    answered = np.flatnonzero(~np.isnan(log.answered))
    for call in answered[np.argsort(log.answered[answered], kind="stable")]:
        number = int(np.argmin(free))
        assert free[number] <= log.answered[call]
        agent[call], released = f"Agent/{number}", float(log.released[call])
        free[number] = rests.pop(released, released)
        if free[number] > released:
            events += [(released, agent[call], "pause"), (free[number], agent[call], "unpause")]
    opening = 8 * 3600.0
    for number in range(AGENTS):
        events += [(opening, f"Agent/{number}", "login"), (log.end + 3600, f"Agent/{number}", "logout")]
    assert not rests
    times = {name: getattr(log, name) for name in ("arrived", "joined", "answered", "left", "released")}
    calls = pd.DataFrame(times | {"agent": pd.Series(agent, dtype=object).reindex(range(len(log.arrived)))})
    calls["outcome"] = np.where(np.isnan(log.answered), "abandoned", "answered")
    calls[list(times)] += day * SECONDS_PER_DAY
    calls["call"] = [f"{day}.{row}" for row in range(len(calls))]
    frame = pd.DataFrame(events, columns=["at", "agent", "event"])
    return calls.assign(tier="all", pool="all"), frame.assign(at=frame["at"] + day * SECONDS_PER_DAY)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Fit:
    """A fit of the queue_log of a desk whose agents log in, pause after calls, and log out."""
    scenario = cc.load(DESK)
    pairs = [day_of(simulate(scenario, draw(scenario, 3, day)), day) for day in range(DAYS)]
    calls, events = (pd.concat(frames, ignore_index=True) for frames in zip(*pairs, strict=True))
    log = write_log(
        calls,
        tmp_path_factory.mktemp("pbx") / "queue_log",
        "queue_log",
        agent_events=events.assign(pool="all", reason="break"),
    )
    return fit(records(log, {"source": "queue_log", "time_zone": "as written"}), days="all", name="desk")


def test_breaks_are_found_again(desk: Fit) -> None:
    """15% of calls and five minutes lie in the intervals; all six agents are staffed."""
    pool = desk.scenario.pools["all"]
    breaks = desk.model.breaks
    assert breaks is not None
    assert breaks.after_call.low <= SHARE <= breaks.after_call.high
    assert breaks.length.low <= LENGTH <= breaks.length.high
    assert breaks.not_while_waiting is None
    assert {AGENTS} == set(desk.scenario.staffed("all"))
    assert pool.breaks is not None
    assert breaks.after_call.value == pytest.approx(pool.breaks.after_call, abs=1e-4)


def test_the_fitted_desk_is_as_busy_as_the_true_one(desk: Fit, tmp_path: Path) -> None:
    """Simulated with breaks of its own the desk answers as many; who is paused is not there when replayed."""
    found, true = (
        cc.run(scenario, replications=60).summary["tiers"]["all"]["service_level"]
        for scenario in (
            cc.load(desk.save(tmp_path)).with_({"tiers.all.target": {"within": "20 s", "share": "80%"}}),
            cc.load(DESK),
        )
    )
    assert found["low"] - 0.03 < true["value"] < found["high"] + 0.03
    assert "breaks:" in (tmp_path / "scenario.yaml").read_text(encoding="utf-8")
    mean = desk.model.levels.agents.mean()
    assert mean < AGENTS - 0.5
