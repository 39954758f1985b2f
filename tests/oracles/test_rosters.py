"""Whole days that start empty, change, and drain after close."""

from __future__ import annotations

import math

import pytest

from tests.oracles.hotline import Plain, assert_agrees, exponential, run
from tests.oracles.rosters import DayFigures, Period, RosterDay

RAMP = [Period(3600, calls, 10) for calls in (80, 160, 240, 240, 200, 120)]
"""Case T01."""
FLAT = [Period(8 * 3600, 252, 12)]
"""Case T05."""
ROSTER = [Period(3600, *hour) for hour in ((80, 6), (200, 12), (240, 8), (120, 11), (200, 5))]
"""Staffing rises with callers waiting, and falls with every agent busy."""


def other_roster(day: RosterDay, agents: int) -> DayFigures:
    """Figures of the same day with so many more agents."""
    periods = [period._replace(agents=period.agents + agents) for period in day.periods]
    return day._replace(periods=periods).figures()


def hotline_of(day: RosterDay) -> Plain:
    """The same day in the scenario language, by the hour."""
    hours = [period for period in day.periods for _ in range(int(period.seconds // 3600))]
    patience = "never" if math.isinf(day.patience) else exponential(day.patience)
    callers = {
        "priority": 0,
        "target": {"within": "20 s", "share": "80%"},
        "talk": exponential(day.aht),
        "patience": patience,
    }
    return {
        "name": "day",
        "day": {"open": "00:00", "close": f"{len(hours):02}:00", "interval": "1 h"},
        "demand": {"tiers": {"callers": {"calls": [period.calls_per_hour for period in hours]}}},
        "tiers": {"callers": callers},
        "pools": {"floor": {"serves": ["callers"], "agents": [period.agents for period in hours]}},
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    "day",
    [
        pytest.param(RosterDay(RAMP, 180, 240), id="ramp-T01"),
        pytest.param(RosterDay(FLAT, 120, math.inf), id="empty-start-T05"),
    ],
)
def test_whole_day(day: RosterDay, engine: str, length: int) -> None:
    """Answered within 20 s, abandonment and mean wait of all calls of the day, the last included."""
    exact, fewer, more = day.figures(), other_roster(day, -1), other_roster(day, 1)
    replications = 150 * length

    tier = run(hotline_of(day), engine, replications)["tiers"]["callers"]

    for kpi, field in (
        ("service_level", "answered_within"),
        ("mean_wait_s", "mean_wait"),
        ("abandonment",) * 2,
    ):
        figures = [getattr(theory, field) for theory in (exact, fewer, more)]
        if any(figures):
            assert_agrees(tier[kpi], *figures, replications=replications)


@pytest.mark.slow
def test_agents_come_and_go(engine: str, length: int) -> None:
    """Waits, abandonment, hours worked and overtime of a day on which staffing changes every hour."""
    day = RosterDay(ROSTER, 180, 240)
    exact, fewer, more = day.figures(), other_roster(day, -1), other_roster(day, 1)
    replications = 150 * length

    result = run(hotline_of(day), engine, replications)
    tier, pool = result["tiers"]["callers"], result["pools"]["floor"]

    # Overtime hardly depends on one agent more or less in every hour.
    assert_agrees(pool["overtime_h"], exact.overtime_h, replications=replications)
    for kpi, field in (
        (tier["mean_wait_s"], "mean_wait"),
        (tier["abandonment"], "abandonment"),
        (pool["busy_h"], "busy_h"),
    ):
        assert_agrees(
            kpi, *(getattr(theory, field) for theory in (exact, fewer, more)), replications=replications
        )
