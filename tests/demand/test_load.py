"""The offered load of a tier in an interval, by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from callcenter.demand import Loads
from callcenter.scenario import Scenario, load

PLAIN: dict[str, Any] = {
    "name": "plain",
    "day": {"open": "08:00", "close": "09:00", "interval": "30 min"},
    "demand": {"calls": 100},
    "tiers": {"a": {"priority": 0, "talk": {"exponential": "3 min"}}},
    "pools": {"desk": {"serves": ["a"], "agents": 10}},
}
"""100 calls of 180 s in 1,800 s: 10 Erlang."""


def loads(**changes: object) -> Loads:
    """Return the loads of the plain scenario, changed."""
    return Loads(changed(**changes))


def changed(**changes: object) -> Scenario:
    """Return the plain scenario with paths changed, in which two underscores stand for a dot."""
    return load(PLAIN, {path.replace("__", "."): value for path, value in changes.items()})


def test_calls_times_handle_time() -> None:
    """100 calls of 180 s in half an hour: 200 an hour, 10 Erlang; nobody hangs up."""
    line = loads().of("a", 0)

    assert (100, 180, math.inf, 200, 10) == (
        line.calls,
        line.handle_s,
        line.patience_s,
        line.calls_per_hour,
        line.erlangs,
    )
    assert 0 == line.hazard


@pytest.mark.parametrize(
    ("changes", "erlangs"),
    [
        ({"tiers__a__wrap_up": "18 s"}, [11, 11]),
        ({"tiers__a__talk": {"exponential": "3 min", "per_interval": [1, 2]}}, [10, 20]),
        ({"tiers__a__wrap_up": {"exponential": "18 s", "per_interval": [0, 2]}}, [10, 12]),
        (
            {"tiers__a__talk": {"exponential": "3 min", "at_most": "3 min"}},
            [10 * (1 - math.exp(-1))] * 2,
        ),
        (
            {"tiers__a__talk": {"exponential": "3 min", "at_least": "3 min"}},
            [10 * (1 + math.exp(-1))] * 2,
        ),
        (
            {"tiers__a__talk": {"exponential": "3 min", "at_most": "3 min", "per_interval": [1, 2]}},
            [10 * (1 - math.exp(-1)), 20 * (1 - math.exp(-1 / 2))],
        ),
        ({"pools__desk__speed": 1.2}, [12, 12]),
        ({"pools__desk__speed": 1.2, "pools__desk__serves": {"a": {"speed": 0.5}}}, [5, 5]),
        ({"demand__volume": 1.5}, [15, 15]),
        ({"demand__calls": [100, 30]}, [10, 3]),
        ({"ivr": {"time": "20 s", "self_service": "30%"}}, [7, 7]),
        ({"online": {"share": "40%", "solves": "50%"}}, [8, 8]),
        ({"tiers__a__channel": "chat", "tiers__a__concurrency": 2}, [5, 5]),
        ({"tiers__a__channel": "chat", "tiers__a__concurrency": 2, "tiers__a__slow_down": "20%"}, [6, 6]),
    ],
)
def test_everything_counts(changes: dict[str, Any], erlangs: list[float]) -> None:
    """Wrap-up, factors by interval, clipping, speed, volume, self-service, contacts side by side."""
    actual = loads(**changes)

    assert pytest.approx(erlangs) == [actual.of("a", interval).erlangs for interval in (0, 1)]


def test_patience_by_interval_and_clipped() -> None:
    """2 min, half as long in the second half-hour; nobody stays longer than 2 min."""
    actual = loads(tiers__a__patience={"exponential": "2 min", "at_most": "2 min", "per_interval": [1, 0.5]})

    expected = [120 * (1 - math.exp(-1)), 60 * (1 - math.exp(-2))]
    assert pytest.approx(expected) == [actual.of("a", interval).patience_s for interval in (0, 1)]


def test_days_differ() -> None:
    """A day of 1.5 times the calls, one of half of them; without a day the mean one."""
    actual = loads(days=2, demand__days=[1.5, 0.5])

    assert [150, 50, 100] == [actual.of("a", 0, day).calls for day in (0, 1, None)]
    assert 0 == actual.busiest_day()
    assert 300 == actual.calls("a", 0)


def test_transfers_are_calls_of_the_second_line() -> None:
    """A tenth of 100 goes on to b, half of it further to c; c is not asked by its own callers."""
    tier = PLAIN["tiers"]["a"]
    actual = loads(
        demand={"calls": 100, "mix": {"a": 1, "b": 0, "c": 0}},
        tiers={
            "a": {**tier, "transfer": {"share": "10%", "to": "b"}},
            "b": {**tier, "transfer": {"share": "50%", "to": "c"}},
            "c": tier,
        },
        pools__desk__serves=["a", "b", "c"],
    )

    assert [100, 10, 5] == [actual.of(name, 0).calls for name in "abc"]


def test_speed_is_the_mean_of_the_agents_there() -> None:
    """6 agents at speed 1 and 2 at 2; each pool has its own; of nobody, each pool counts alike."""
    other = {"serves": ["a"], "agents": [2, 0], "speed": 2}
    actual = loads(pools={"desk": {"serves": ["a"], "agents": [6, 0]}, "other": other})

    assert 180 * (6 * 1 + 2 * 2) / 8 == actual.of("a", 0).handle_s
    assert [180, 360] == [actual.of("a", 0, pool=name).handle_s for name in ("desk", "other")]
    assert 180 * 1.5 == actual.of("a", 1).handle_s
