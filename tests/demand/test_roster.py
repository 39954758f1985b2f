"""Who is on the phones when (rule R18).  Tolerance: 5 standard errors."""

from __future__ import annotations

import itertools
import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from callcenter.demand import Roster, roster
from callcenter.scenario import Scenario, load

HOUR, DAY = 3600.0, 86_400.0


def rota(days: int = 1, opens: str = "08:00", closes: str = "12:00", **pool: Any) -> Roster:
    """Return the roster of one pool in replication 0."""
    return of_pools({"desk": pool}, days, opens, closes)


def of_pools(
    pools: dict[str, Any], days: int = 1, opens: str = "08:00", closes: str = "12:00", replication: int = 0
) -> Roster:
    """Return the roster of some pools with hourly intervals."""
    return roster(hotline(pools, days, opens, closes), 1, replication)


def hotline(pools: dict[str, Any], days: int, opens: str = "08:00", closes: str = "12:00") -> Scenario:
    """Return a scenario of these pools."""
    return load(
        {
            "name": "roster",
            "day": {"open": opens, "close": closes, "interval": "1 h"},
            "days": days,
            "demand": {"calls": 1},
            "tiers": {"all": {"priority": 0, "talk": "1 min"}},
            "pools": {name: {"serves": ["all"]} | pool for name, pool in pools.items()},
        }
    )


def hours(worked: Roster) -> dict[float, list[int]]:
    """Return who is on the phones by hour of the first day."""
    return {float(at) / HOUR: levels for at, levels in zip(worked.at, worked.staffed.tolist(), strict=True)}


def shift(start: str, end: str, agents: int = 10, **keys: Any) -> dict[str, Any]:
    """Return a shift."""
    return {"start": start, "end": end, "agents": agents} | keys


CERTAIN = {"agents": [3, 5, 0, 9], "shrinkage": "30%"}
SHIFTS = {"shifts": [{"start": "08:00", "end": "11:30", "agents": 5}], "shrinkage": "10%"}


@pytest.mark.parametrize(
    ("pools", "differ"),
    [
        ({"one": CERTAIN, "other": SHIFTS}, False),
        ({"one": CERTAIN, "other": {**SHIFTS, "absence": "40%"}}, True),
        ({"one": {**CERTAIN, "absence": "40%"}, "other": SHIFTS}, True),
    ],
)
def test_a_roster_asked_for_again_is_what_it_is_anew(pools: dict[str, Any], differ: bool) -> None:
    """Replication by replication, to the bit, in threads, and whatever was done to what was given before."""
    numbers = [3, 0, 2, 1, 0, 3]
    anew = [of_pools(pools, days=2, replication=number) for number in numbers]
    scenario = hotline(pools, days=2)

    def given(_thread: int) -> list[Roster]:
        rosters = []
        for number in numbers:
            its = roster(scenario, 1, number)
            rosters.append(Roster(its.at.copy(), its.rostered.copy(), its.staffed.copy()))
            for part in its:
                part[:] = -1
        return rosters

    with ThreadPoolExecutor(2) as threads:
        for rosters in threads.map(given, range(4)):
            for one, other in zip(anew, rosters, strict=True):
                for part, same in zip(one, other, strict=True):
                    npt.assert_array_equal(part, same)
    assert differ == bool(np.any(anew[0].staffed != anew[1].staffed))


def test_scenarios_come_and_go() -> None:
    """More of them than are kept, one after the other, each with its own agents."""
    for agents in range(200):
        assert [[agents]] * 4 == rota(agents=agents).staffed.tolist()


def test_series() -> None:
    """There is a row for every interval of every day; shrinkage is taken off, the rest carried (R8e)."""
    worked = rota(days=2, agents=[3, 5, 0, 9], shrinkage="50%")

    assert [*(h * HOUR for h in range(8, 12)), *(DAY + h * HOUR for h in range(8, 12))] == worked.at.tolist()
    assert [[3], [5], [0], [9]] * 2 == worked.rostered.tolist()
    assert [[1], [3], [0], [4]] * 2 == worked.staffed.tolist()
    assert ("float64", "int32") == (worked.rostered.dtype.name, worked.staffed.dtype.name)


def test_shifts_and_breaks() -> None:
    """Changes between the interval starts have rows of their own; a break takes the agents off the roster."""
    worked = rota(
        shifts=[
            shift("07:00", "11:00", breaks=[{"at": "09:30", "for": "15 min"}]),
            shift("10:00", "20:00", 4),
        ]
    )

    assert {8: [10], 9: [10], 9.5: [0], 9.75: [10], 10: [14], 11: [4]} == hours(worked)
    npt.assert_array_equal(worked.rostered, worked.staffed)


def test_what_ends_at_close_holds() -> None:
    """A shift that ends at close leaves no row there: its level holds for the callers still inside."""
    assert {8: [10], 9: [10], 10: [10], 11: [10]} == hours(rota(shifts=[shift("08:00", "12:00")]))


def test_all_pools_have_every_row() -> None:
    """A change in one pool is a row of all."""
    pools = {"desk": {"agents": [1, 2, 3, 4], "absence": "1%"}, "late": {"shifts": [shift("08:30", "13:00")]}}
    worked = of_pools(pools)

    assert {8: [1, 0], 8.5: [1, 10], 9: [2, 10], 10: [3, 10], 11: [4, 10]} == hours(worked)


def test_past_midnight() -> None:
    """The night shift of the evening before is there; a break after midnight is on the next day."""
    night = shift("22:00", "06:00", 3, breaks=[{"at": "02:00", "for": "30 min"}])
    worked = hours(rota(days=2, opens="00:00", closes="24:00", shifts=[night]))
    first = [3, 3, 0, 3, 3, 3, 3]

    assert first == [worked[hour][0] for hour in (0, 1, 2, 2.5, 3, 4, 5)]
    assert [0] * 16 == [worked[hour][0] for hour in range(6, 22)]
    assert [3, 3, *first] == [worked[hour][0] for hour in (22, 23, 24, 25, 26, 26.5, 27, 28, 29)]
    assert 48 + 2 == len(worked)


def test_days_of_a_shift() -> None:
    """A shift of the second day only; nobody came in the evening before the first."""
    worked = hours(rota(days=3, shifts=[shift("09:00", "07:00", days=[2])], closes="10:00"))

    assert {8: [0], 9: [0], 32: [0], 33: [10], 56: [0], 57: [0]} == worked


def test_absence_of_a_series() -> None:
    """Each agent is away for a whole day: equally many are missing in every hour of it."""
    worked = of_pools({"desk": {"agents": 40, "absence": "25%"}}, days=300)
    missing = (worked.rostered - worked.staffed).reshape(300, 4)

    assert (missing == missing[:, :1]).all()
    assert abs(missing.mean() - 10) < 5 * math.sqrt(40 * 0.1875 / 300)
    assert abs(missing[:, 0].var() - 7.5) < 5 * 7.5 * math.sqrt(2 / 300)


def test_absence_of_shifts() -> None:
    """The chance is that of each agent of each shift and day; shrinkage applies to those who came."""
    early, late = shift("06:00", "10:00", 30), shift("10:00", "14:00", 30)
    worked = of_pools({"desk": {"shifts": [early, late], "absence": "25%", "shrinkage": "50%"}}, days=300)
    reduced = worked.staffed.reshape(300, 4)
    plain = of_pools({"desk": {"shifts": [early, late], "absence": "25%"}}, days=300).staffed.reshape(300, 4)

    assert {30} == set(worked.rostered.ravel().tolist())
    npt.assert_array_equal(np.diff(np.floor(np.cumsum(plain / 2, axis=1)), axis=1, prepend=0), reduced)
    assert abs(plain.mean() - 22.5) < 5 * math.sqrt(30 * 0.1875 / 600)
    assert abs(np.corrcoef(plain[:, 0], plain[:, 3])[0, 1]) < 5 / math.sqrt(300)


def test_the_remainder_is_carried_within_a_day() -> None:
    """R8e: 12 at 30 % are 8.4: the tenths add up, and begin anew each day."""
    worked = rota(days=2, closes="13:00", agents=12, shrinkage="30%")

    assert [8, 8, 9, 8, 9] * 2 == worked.staffed.ravel().tolist()
    assert {12.0} == set(worked.rostered.ravel().tolist())


def test_within_an_interval_seconds_decide() -> None:
    """R8e: 4 agents at 30 % are 2.8, and 0.7 in a break of three of them."""
    pause = {"breaks": [{"at": "09:00", "for": "30 min"}]}
    worked = rota(shifts=[shift("08:00", "12:00", 3, **pause), shift("08:00", "12:00", 1)], shrinkage="30%")

    # 08:00 2.8: 2.  09:00 0.7 + 0.8: 1, 09:30 2.8 + 0.8: 3, left 0.5 and 0.6.  2.8 + 0.55: 3, 2.8 + 0.35: 3.
    assert {8: [2], 9: [1], 9.5: [3], 10: [3], 11: [3]} == hours(worked)


def test_other_pools_move_no_remainder() -> None:
    """R8e: a change in another pool cuts an interval, and changes nothing of this one."""
    tired = {"agents": 12, "shrinkage": "30%"}
    alone = of_pools({"desk": tired}, closes="13:00")
    both = of_pools({"desk": tired, "late": {"shifts": [shift("08:20", "10:10")]}}, closes="13:00")

    assert [8, 8, 9, 8, 9] == both.staffed[np.isin(both.at, alone.at), 0].tolist()
    assert [8, 8, 8, 9, 9, 8, 9] == both.staffed[:, 0].tolist()


def test_part_of_an_agent_is_absent_in_part() -> None:
    """R18, R8e: of 1.5 agents the second counts half; on the phones is what the days' mean comes to."""
    worked = of_pools({"desk": {"agents": 1.5, "absence": "50%"}}, days=360)

    assert {1.5} == set(worked.rostered.ravel().tolist())
    assert {0, 1, 2} == set(worked.staffed.ravel().tolist())
    assert abs(worked.staffed.mean() - 0.75) < 5 * math.sqrt((0.25 + 0.0625) / 360)


def test_nobody_and_everybody() -> None:
    """The ends of the range, with one replication unlike another in between."""
    assert {0} == set(rota(agents=7, absence="100%").staffed.ravel().tolist())
    assert {7} == set(rota(agents=7, absence="0%").staffed.ravel().tolist())
    some = {"desk": {"agents": 100, "absence": "30%"}}
    assert of_pools(some).staffed.tolist() != of_pools(some, replication=1).staffed.tolist()


def test_one_more_agent_moves_no_other() -> None:
    """R2: who is absent stays absent; the new agent is there or not."""
    more = [of_pools({"desk": {"agents": n, "absence": "30%"}}, days=50).staffed for n in range(20, 26)]

    for fewer, next_level in itertools.pairwise(more):
        assert {0, 1} == set((next_level - fewer).ravel().tolist())


def test_a_higher_hour_moves_no_other() -> None:
    """Agent i is in the hours that have more than i agents, and absent from all of them or none."""
    flat = of_pools({"desk": {"agents": 20, "absence": "30%"}}, days=30).staffed.reshape(30, 4)
    peak = of_pools({"desk": {"agents": [20, 30, 20, 20], "absence": "30%"}}, days=30).staffed.reshape(30, 4)

    npt.assert_array_equal(flat[:, [0, 2, 3]], peak[:, [0, 2, 3]])


@pytest.mark.parametrize("place", [0, 1, 2])
def test_another_shift_moves_no_other(place: int) -> None:
    """A shift is known by its hours, wherever it stands in the list; so is a pool by its name."""
    shifts = [shift("07:00", "12:00", 20), shift("07:00", "13:00", 20)]
    new = [*shifts[:place], shift("11:00", "15:00", 5), *shifts[place:]]
    before = of_pools({"desk": {"shifts": shifts, "absence": "30%"}}, days=20)
    after = of_pools({"new": {"agents": 1}, "desk": {"shifts": new, "absence": "30%"}}, days=20)
    morning = before.at % DAY < 11 * HOUR

    npt.assert_array_equal(before.staffed[morning, 0], after.staffed[morning, 1])


def test_equal_shifts_are_different_people() -> None:
    """Two shifts of the same hours, say with other breaks, have absences of their own."""
    worked = of_pools(
        {"desk": {"shifts": [shift("08:00", "12:00", 1), shift("08:00", "12:00", 1)], "absence": "50%"}},
        days=60,
    )

    assert {0, 1, 2} == set(worked.staffed.ravel().tolist())
