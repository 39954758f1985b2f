"""Series by date and by weekday as a planner writes them, and changes to them."""

from __future__ import annotations

from typing import Any

import pytest

from callcenter.scenario import Scenario, load
from callcenter.scenario.parts.by_day import ByDay
from tests.scenario.hotline import hotline, messages

PAST = {"by_date": {"2026-01-05": 3, "2026-01-06": [1, 2, 2.5, 0]}, "draw": "days"}


def week(agents: Any = 2, calls: Any = 20, **sections: Any) -> dict[str, Any]:
    """Return a week from a Monday."""
    day = hotline()["day"] | {"date": "2026-11-23"}
    demand = hotline()["demand"] | {"calls": calls}
    pools = {"desk": {"serves": ["vip", "regular"], "agents": agents}}
    return hotline(day=day, demand=demand, pools=pools, days=7) | sections


def agents_of(scenario: Scenario) -> tuple[tuple[float, ...], ...]:
    """Return the agents by day or past day."""
    agents = scenario.pools["desk"].agents
    assert isinstance(agents, ByDay)
    return agents.rows


def test_weekdays() -> None:
    """Spans of weekdays, one number for a day, a list; 5 x 4 + 2 + 0 is 22 agents a week."""
    scenario = load(week({"by_weekday": {"Mon-Fri": 4, "周六": [1, 2, 3, 2], "Sunday": 0}}))

    assert ((4,) * 4,) * 5 + ((1, 2, 3, 2), (0,) * 4) == agents_of(scenario)
    assert pytest.approx([21 / 7, 22 / 7, 23 / 7, 22 / 7]) == scenario.rostered("desk")
    assert 4 == scenario.peak("desk")


def test_changes() -> None:
    """`+2` adds to everybody who is there, `{scale: 2}` multiplies, a number takes the place of all days."""
    past, plain = load(week(PAST)), load(week([2, 0, 2, 2]))

    assert ((5,) * 4, (3, 4, 4.5, 0)) == agents_of(past.with_({"pools.desk.agents": "+2"}))
    assert ((1,) * 4, (0, 0, 0.5, 0)) == agents_of(past.with_({"pools.desk.agents": "-2"}))
    assert ((6,) * 4, (2, 4, 5, 0)) == agents_of(past.with_({"pools.desk.agents": {"scale": 2}}))
    assert (7,) * 4 == past.with_({"pools.desk.agents": 7}).pools["desk"].agents
    assert (3, 0, 3, 3) == plain.with_({"pools.desk.agents": "+1"}).pools["desk"].agents


def test_shifts_on_weekdays() -> None:
    """Day 1 is a Monday; the Sunday before it has its night shift, and the cool-down goes on with Monday."""
    shifts = [
        {"start": "22:00", "end": "09:00", "agents": 1, "days": "Sat, Sun"},
        {"start": "08:00", "end": "10:00", "agents": 2, "days": "Mon-Fri"},
    ]
    pools = {"desk": {"serves": ["vip", "regular"], "shifts": shifts}}
    scenario = load(week(pools=pools, cool_down="24 h"))

    assert [(0, 6, 7), (1, 2, 3, 4, 5, 8)] == [shift.days for shift in scenario.pools["desk"].shifts or ()]


@pytest.mark.parametrize(
    ("calls", "told"),
    [
        ({"by_weekday": {"Mon-Fri": [1, 2, 3, "x"], "Sat-Sun": 1}}, "by_weekday.Mon-Fri.3: is not a number"),
        ({"by_weekday": {"Mon-Fri": [1, 2], "Sat-Sun": 1}}, "Mon-Fri: has the wrong length, expected 4"),
        ({"by_weekday": {"Funday": 2}}, "by_weekday.Funday: is no weekday, given 'Funday'; write Mon to Sun"),
        ({"by_weekday": {"Mon-Sun": 2, "Sat": 1}}, "by_weekday.Sat: names a day that stands above"),
        ({"by_weekday": {"Mon-Sat": 2}}, "demand.calls: says nothing of Sun, on which days of the run fall"),
        ({"by_weekday": {}}, "by_weekday: must map days to their values, given"),
        ({"by_date": {"2026-02-30": 2}}, "by_date.2026-02-30: is no date of the calendar"),
        ({"by_date": {"2026-11-23": 2}}, "Wed 25 Nov 2026, Thu 26 Nov 2026 and 3 more"),
        ({"by_date": {}, "by_weekday": {}}, "by_weekday: says what `by_date` says in another way"),
        ({"by_date": {"2026-11-23": 2}, "draw": "days"}, "draw: unknown key"),
    ],
)  # fmt: skip
def test_messages(calls: Any, told: str) -> None:
    """Each slip is said at its place."""
    assert told in messages(week(calls=calls))[0]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"day.date": "2026-02-30"}, "is no date of the calendar, given '2026-02-30'"),
        ({"day.date": "Monday"}, "is no date, given 'Monday'; write year-month-day"),
        ({"day.date": None}, "differs from day to day, and nothing says which day"),
        ({"pools.desk.agents": {"by_weekday": {"Mon": 1}, "draw": "days"}}, "needs rosters by date"),
        ({"pools.desk.agents": PAST | {"draw": "weeks"}}, "given 'weeks'; write `draw: days`"),
        ({"pools.desk.shifts": [{"start": "08:00", "end": "10:00", "agents": 1}], "pools.desk.agents": "+2"},
         "there is nothing to add to, the pool has shifts; change `pools.desk.shifts.0.agents`"),
    ],
)  # fmt: skip
def test_messages_of_changes(changes: dict[str, Any], told: str) -> None:
    """Dates that are none, draws from nothing, agents of shifts."""
    assert any(told in line for line in messages(week(calls={"by_weekday": {"Mon-Sun": 2}}), changes))
