"""Staffing: days of a few calls worked out by hand, and levels that the engine had."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from callcenter.fit.calls import Calls, calls_of
from callcenter.fit.staffing.breaks import recorded_breaks
from callcenter.fit.staffing.inference import staffing
from callcenter.fit.staffing.levels import levels, whole
from callcenter.fit.staffing.logins import is_outside, spells_of_events
from callcenter.fit.staffing.skills import pool_names, team_of
from callcenter.fit.staffing.spells import Gaps, Spells, as_rostered, from_opening, spells, work
from callcenter.fit.staffing.waiting import Presence, presence
from callcenter.fit.tiers import kinds_of_tiers
from tests.fit.desk import log

NINE = 9 * 3600.0


def _calls(*rows: tuple[str, float, float, float]) -> Calls:
    """Return answered calls of one tier: agent, seconds after nine at joining, wait and talk."""
    agent, joined, wait, talk = zip(*rows, strict=True)
    arrived = NINE + np.array(joined)
    answered = arrived + np.array(wait)
    frame = {
        "arrived": arrived,
        "answered": answered,
        "left": answered + np.array(talk),
        "outcome": "answered",
        "agent": agent,
        "tier": "all",
    }
    return calls_of(pd.DataFrame(frame))


def _spells(calls: Calls, rule: Gaps) -> list[tuple[float, float]]:
    found = team_of(calls, np.array([0]))
    there = spells(work(calls, found, [presence(calls, np.array([True]))]), rule)
    return [(start - NINE, end - NINE) for start, end in zip(there.start, there.end, strict=True)]


def test_presence_by_hand() -> None:
    """Two intervals that overlap cover their union; a moment sees those that have begun and not ended."""
    found = Presence(np.array([0.0, 5.0, 20.0]), np.array([10.0, 12.0, 30.0]))
    assert [12, 5, 0] == found.covered(np.array([0.0, 15.0, 13.0]), np.array([15.0, 25.0, 20.0])).tolist()
    assert [1, 2, 0, 1] == found.number(np.array([1.0, 6.0, 15.0, 25.0])).tolist()


def test_short_gaps_are_presence() -> None:
    """A gap of 100 s is idle time whoever waits; one of 20 min is an absence."""
    calls = _calls(("ann", 0, 0, 60), ("ann", 160, 0, 60), ("ann", 1420, 0, 60))
    assert [(0, 220), (1420, 1480)] == _spells(calls, Gaps())


def test_who_lets_callers_wait_is_away() -> None:
    """A gap of 10 min is idle time while nobody waits, and an absence while somebody waits through it."""
    quiet = _calls(("ann", 0, 0, 60), ("ann", 660, 0, 60))
    assert [(0, 720)] == _spells(quiet, Gaps())
    busy = _calls(("ann", 0, 0, 60), ("ann", 100, 560, 60))
    assert [(0, 60), (660, 720)] == _spells(busy, Gaps())


def test_who_is_idle_up_to_the_first_call_was_there_at_the_opening() -> None:
    """A first call that finds the agent idle tells that they were there; one that waited does not."""
    lines_of = {0.0: 0.0, 240.0: 300.0}
    for wait, start in lines_of.items():
        calls = _calls(("ann", 300 - wait, wait, 60), ("ann", 400, 0, 60))
        lines = [presence(calls, np.array([True]))]
        team = team_of(calls, np.array([0]))
        found = from_opening(spells(work(calls, team, lines), Gaps()), NINE, lines, Gaps())
        assert [(start, 460.0)] == [(a - NINE, b - NINE) for a, b in zip(found.start, found.end, strict=True)]


def test_a_roster_falls_before_the_call_ends_that_is_finished() -> None:
    """Ann leaves at 100 s; the event before it is the end of Bob's call at 60 s: the roster falls at 80 s."""
    calls = _calls(("ann", 0, 0, 100), ("bob", 10, 0, 50), ("bob", 200, 0, 50))
    lines = [presence(calls, np.array([True]))]
    busy = work(calls, team_of(calls, np.array([0])), lines)
    found = as_rostered(spells(busy, Gaps(short=30, long=30)), busy)
    assert [80, 35, 225] == (found.end - NINE).tolist()
    assert [0, 10, 200] == (found.start - NINE).tolist()


def test_overlapping_calls_are_joined() -> None:
    """An agent with two calls at once is one agent."""
    calls = _calls(("ann", 0, 0, 100), ("ann", 50, 0, 20), ("ann", 100, 0, 30))
    assert [(0, 130)] == _spells(calls, Gaps())


def test_levels_by_hand() -> None:
    """One agent there for seven and a half minutes is one agent for five and half a one for the next five."""
    found = Spells(np.array([0]), np.array([0]), np.array([0]), np.array([NINE]), np.array([NINE + 450]))
    result = levels(found, ["1"], ["desk"], (NINE, NINE + 900), "served calls")
    assert [1.0, 0.5, 0.0] == result.agents[0, 0].tolist()
    assert 450 / 3600 == pytest.approx(result.hours().value)
    assert [[0.5]] == result.roster(900).tolist()
    assert ["09:00", "09:05", "09:10"] == result.frame()["start"].tolist()


def test_skills() -> None:
    """Who takes a kind at a fifth of the rate of all, or more, has the skill: 2% is enough of 3%."""
    rows = _rows_of({("ann", "sales"): 95, ("ann", "care"): 5, ("bob", "sales"): 50, ("bob", "care"): 50})
    assert {"all_kinds", "sales"} == _pools_of(rows)
    rare = _rows_of({("ann", "sales"): 980, ("ann", "care"): 20, ("bob", "sales"): 960, ("bob", "care"): 40})
    assert {"all_kinds"} == _pools_of(rare)


def _pools_of(rows: list[dict[str, Any]]) -> set[str]:
    calls = calls_of(pd.DataFrame(rows))
    kinds, kind_of = kinds_of_tiers(calls)
    return set(pool_names(team_of(calls, kind_of).pools, kinds))


def _rows_of(table: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [
        {
            "agent": agent,
            "tier": tier,
            "arrived": NINE,
            "answered": NINE,
            "left": NINE + 1,
            "outcome": "answered",
        }
        for (agent, tier), number in table.items()
        for _ in range(number)
    ]


def _events() -> pd.DataFrame:
    rows = [
        (NINE, "ann", "a", "login"),
        (NINE + 100, "ann", "b", "login"),
        (NINE + 300, "ann", "", "pause"),
        (NINE + 400, "ann", "", "unpause"),
        (NINE + 500, "ann", "a", "logout"),
        (NINE + 900, "ann", "b", "logout"),
    ]
    return pd.DataFrame(rows, columns=["at", "agent", "pool", "event"]).assign(day=0)


def test_log_ins_are_exact() -> None:
    """An agent is there while logged in to any group and not paused, whatever calls they took."""
    calls = _calls(("ann", 10, 0, 20), ("ann", 350, 0, 20))
    found = spells_of_events(_events(), calls, team_of(calls, np.array([0])), 0)
    assert [(0, 300), (400, 900)] == _since_nine(found.present)
    assert [(300, 400)] == _since_nine(found.pauses)
    assert [False, True] == is_outside(calls, found.present).tolist()


def _since_nine(spells: Spells) -> list[tuple[float, float]]:
    return [(start - NINE, end - NINE) for start, end in zip(spells.start, spells.end, strict=True)]


def test_pauses_between_calls_are_breaks() -> None:
    """Ann pauses 100 s after the first of her three calls; lunch of more than an hour is no break."""
    calls = _calls(("ann", 10, 0, 20), ("ann", 350, 60, 20), ("ann", 5000, 0, 20))
    events: list[Any] = [*_events().itertuples(index=False)][:-2]
    events += [(NINE + 500, "ann", "", "pause", 0), (NINE + 4500, "ann", "", "unpause", 0)]
    team = team_of(calls, np.array([0]))
    lines = [presence(calls, np.array([True]))]
    pauses = spells_of_events(pd.DataFrame(events, columns=_events().columns), calls, team, 0).pauses
    found = recorded_breaks(calls, np.zeros(3, np.int32), pauses, lines)
    assert pytest.approx(1 / 3) == found.after_call.value
    assert 3 == found.after_call.n
    assert 100.0 == found.length.value


@pytest.mark.slow
def test_levels_of_the_engine() -> None:
    """Where no agent is named, the levels of the roster come out of calls at a time."""
    agents = [3, 4, 5, 6, 5, 4, 5, 6, 5, 4, 3, 4, 5, 6, 6, 6, 5, 4, 4, 3]
    calls = calls_of(log(12, 3, {"pools.desk.agents": agents, "demand.calls": 45}))
    found = staffing(calls, kinds_of_tiers(calls), (8 * 3600.0, 18 * 3600.0), 1800.0)
    assert ("desk",) == found.pools
    assert agents == pytest.approx(found.levels.roster(1800.0)[0].tolist(), abs=0.25)


def test_whole_agents() -> None:
    """Remainders are carried: every step has its agents to within a half, every pool nearly its hours."""
    parts = np.random.default_rng(19).uniform(0, 1.3, (4, 7, 200))
    found = whole(parts)
    assert (found >= 0).all()
    assert np.abs((found - parts).sum(axis=1).cumsum(axis=1)).max() <= 0.5
    assert np.abs((found - parts).sum(axis=2)).max() < 1.5
    assert [[8, 9, 8, 9]] == whole(np.array([[8.4, 8.4, 8.4, 8.4]])).tolist()
