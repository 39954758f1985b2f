"""Durations, shares, clock times and series (contract 1)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.clock import TICKS_PER_SECOND
from callcenter.scenario import Constant, Day, Scenario, ScenarioError, Target, load
from callcenter.scenario.parts.by_day import mean_day
from callcenter.scenario.values import round_half_up
from tests.scenario.hotline import hotline, messages


def within(value: object) -> float:
    """Return how the loader reads a duration."""
    target = load(hotline(), {"tiers.vip.target.within": value}).tiers["vip"].target
    assert target is not None
    return target.within


def share(value: object) -> float:
    """Return how the loader reads a share."""
    target = load(hotline(), {"tiers.vip.target.share": value}).tiers["vip"].target
    assert target is not None
    return target.share


def complaint(path: str, value: object) -> str:
    """Return the complaint about a value, without its place."""
    (message,) = messages(hotline(), {path: value})
    return message.removeprefix(f"--set: {path}: ")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("20 s", 20),
        ("20s", 20),
        ("0.5 s", 0.5),
        ("3 min", 180),
        ("1.5 h", 5400),
        ("24 h", 86_400),
        ("2 d", 172_800),
        ("0", 0),
        (0, 0),
        ("0 min", 0),
        ("1e2 sec", 100),
        ("2 Hours", 7200),
        (".5 minutes", 30),
        ("1 day", 86_400),
    ],
)
def test_durations(written: object, seconds: float) -> None:
    """A duration is a number with a unit, or 0."""
    assert seconds == within(written)


def test_durations_are_rounded_to_ticks() -> None:
    """Times are multiples of 2^-20 s, so that sums are exact."""
    assert (0.1 * TICKS_PER_SECOND) != within("0.1 s") * TICKS_PER_SECOND == round(0.1 * TICKS_PER_SECOND)


@settings(deadline=None)
@given(st.floats(0, 1e6))
def test_every_duration_is_whole_ticks(seconds: float) -> None:
    """Whatever number is written, the duration lies on the grid and at most half a tick away."""
    ticks = Constant(value=seconds).value * TICKS_PER_SECOND
    assert ticks == int(ticks)
    assert abs(ticks - seconds * TICKS_PER_SECOND) <= 0.5


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (20, "a duration needs a unit, given 20; give a unit: 20 s?"),
        ("2.5", "a duration needs a unit, given 2.5; give a unit: 2.5 s?"),
        ("'20'", "a duration needs a unit, given '20'; give a unit: 20 s?"),
        ("-20 s", "a duration cannot be negative, given '-20 s'; write 0 or more"),
        (-20, "a duration needs a unit, given -20; write 0 or more, such as 20 s"),
        ("20 m", "has the unknown unit `m`, given '20 m'; did you mean `min`?"),
        ("20 secnds", "has the unknown unit `secnds`, given '20 secnds'; did you mean `seconds`?"),
        ("20 w", "has the unknown unit `w`, given '20 w'; known units: s, min, h, d"),
        (".nan", "is not a finite number, given nan; write an ordinary number"),
        (".inf", "is not a finite number, given inf; write an ordinary number"),
        ("1e999", "is not a finite number, given inf; write an ordinary number"),
        ("9" * 400, "is not a finite number, given inf; write an ordinary number"),
        ("1e30 s", "is longer than a simulation can run, given '1e30 s'; write less than 200 years"),
        (True, "is not a duration, given true; write a number and a unit, such as 20 s, 3 min, 1.5 h or 2 d"),
        (
            "0:20",
            "is not a duration, given '0:20'; write a number and a unit, such as 20 s, 3 min, 1.5 h or 2 d",
        ),
    ],
)
def test_refused_durations(written: object, expected: str) -> None:
    """What is no duration is refused with the fix in the message."""
    assert expected == complaint("tiers.vip.target.within", written)


@pytest.mark.parametrize(
    ("written", "figure"),
    [
        ("85%", 0.85),
        ("85 %", 0.85),
        (0.85, 0.85),
        ("0.85", 0.85),
        ("0%", 0),
        (1, 1),
        ("100%", 1),
        (0, 0),
        ("1e1%", 0.1),
    ],
)
def test_shares(written: object, figure: float) -> None:
    """A share is written in percent or as a number up to 1."""
    assert figure == share(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (85, "a share is at most 1, given 85; did you mean 85%?"),
        (1.5, "a share is at most 1, given 1.5; did you mean 1.5%?"),
        (-0.1, "a share cannot be below 0, given -0.1; write a share from 0% to 100%"),
        ("101%", "a share cannot be above 100%, given '101%'; write a share from 0% to 100%"),
        (850, "a share cannot be above 100%, given 850; write a share from 0% to 100%"),
        ("85 s", "is not a share, given '85 s'; write a share such as 85% or 0.85"),
        (False, "is not a share, given false; write a share such as 85% or 0.85"),
        (".nan", "is not a finite number, given nan; write an ordinary number"),
    ],
)
def test_refused_shares(written: object, expected: str) -> None:
    """What is no share is refused with the fix in the message."""
    assert expected == complaint("tiers.vip.target.share", written)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("07:30", 27_000), ("7:30", 27_000), ("00:00", 0), ("0:00", 0), (" 08:00 ", 28_800)],
)
def test_clock_times(written: str, seconds: float) -> None:
    """A clock time is hours and minutes."""
    assert (
        seconds
        == load(hotline(), {"day.open": f"'{written}'", "demand.calls": 1, "pools.desk.agents": 1}).day.open
    )


def test_a_day_may_last_from_midnight_to_midnight() -> None:
    """24:00 is the end of the day."""
    day = Day(open="00:00", close="24:00", interval="1 h")
    assert (86_400, 24) == (day.length, day.intervals)


@pytest.mark.parametrize("written", ["25:00", "24:01", "12:60"])
def test_clock_times_that_do_not_exist(written: str) -> None:
    """Nobody opens at 25:00."""
    expected = f"there is no such clock time, given '{written}'; write a time from 00:00 to 24:00"
    assert expected == complaint("day.close", written)


@pytest.mark.parametrize(
    ("written", "given"), [("8", "8"), ("8.30", "8.3"), ("8 Uhr", "'8 Uhr'"), ("08:30:00", "'08:30:00'")]
)
def test_what_is_no_clock_time(written: str, given: str) -> None:
    """Only hours and minutes are read."""
    assert f"is not a clock time, given {given}; write hours and minutes, such as 08:30" == complaint(
        "day.open", written
    )


@pytest.mark.parametrize(
    ("written", "values"),
    [
        (12, (12, 12, 12, 12)),
        (2.5, (2.5, 2.5, 2.5, 2.5)),
        ([1, 2, 3, 4.5], (1, 2, 3, 4.5)),
        ("[1, 2, 3, 4]", (1, 2, 3, 4)),
    ],
)
def test_series(written: object, values: tuple[float, ...]) -> None:
    """One number holds for every interval, a list has one for each."""
    assert values == load(hotline(), {"demand.calls": written}).demand.calls


def test_a_series_of_the_wrong_length_says_both_lengths() -> None:
    """How many values are expected and how many are given."""
    expected = (
        "has the wrong length, expected 4 (one per interval of the day), given 2; write 4 values, or one"
    )
    assert f"{expected} number for all" == complaint("demand.calls", [1, 2])


def test_agents_are_whole_people() -> None:
    """Whole numbers written as decimals are whole."""
    scenario = load(hotline(), {"pools.desk.agents": [2.0, 3, 4, 0]})
    assert (2, 3, 4, 0) == scenario.pools["desk"].agents
    assert all(isinstance(agents, int) for agents in mean_day(scenario.pools["desk"].agents or ()))


@pytest.mark.parametrize(
    ("agents", "shrinkage", "staffed"),
    [
        (10, "0%", (10, 10, 10, 10)),
        (10, "25%", (7, 8, 7, 8)),
        (12, "30%", (8, 8, 9, 8)),
        (5, "10%", (4, 5, 4, 5)),
        (3, "100%", (0, 0, 0, 0)),
        (1, "51%", (0, 0, 1, 0)),
        (7.5, "0%", (7, 8, 7, 8)),
        ([0.5, 0, 0.5, 3], "0%", (0, 0, 1, 3)),
    ],
)
def test_the_remainder_is_carried(agents: object, shrinkage: str, staffed: tuple[int, ...]) -> None:
    """R8e: what makes no whole agent goes on to the next interval; the roster is paid as written."""
    scenario = load(hotline(), {"pools.desk.agents": agents, "pools.desk.shrinkage": shrinkage})

    assert staffed == scenario.staffed("desk")
    assert scenario.pools["desk"].agents == scenario.rostered("desk")


@pytest.mark.parametrize(
    ("figure", "whole"), [(0.5, 1), (1.4999, 1), (4.35 * 100 / 10, 44), (2.5, 3), (0, 0)]
)
def test_rounding_half_up_in_spite_of_float_noise(figure: float, whole: int) -> None:
    """43.49999999999999 is 43.5 with noise."""
    assert whole == round_half_up(figure)


def test_from_python_plain_numbers_are_seconds() -> None:
    """A model built directly takes seconds, so that research code needs no texts."""
    assert Target(within=20, share=0.9) == Target(within="20 s", share="90%")


@pytest.mark.parametrize("path", ["demand.volume", "pools.desk.speed"])
@pytest.mark.parametrize(
    ("written", "factor"), [(1.1, 1.1), ("110%", 1.1), ("+15%", 1.15), ("-10 %", 0.9), ("100%", 1)]
)
def test_factors(path: str, written: object, factor: float) -> None:
    """Volume and speed are factors, or percentages, with a sign for so much more or less."""
    scenario = load(hotline(), {path: written})

    actual = scenario.demand.volume if path == "demand.volume" else scenario.pools["desk"].speed
    assert pytest.approx(factor) == actual


def test_factors_are_scaled_as_what_they_are() -> None:
    """Nine tenths of 15 % more is 3.5 % more."""
    raised = load(hotline(), {"demand.volume": "+15%"})

    assert pytest.approx(0.9 * 1.15) == raised.with_({"demand.volume": {"scale": 0.9}}).demand.volume


@pytest.mark.parametrize(
    ("path", "written", "expected"),
    [
        ("demand.day_factor_cv", 10, "is far too restless for a cv, given 10; did you mean 10%?"),
        ("demand.day_factor_cv", 1.5, "is far too restless for a cv, given 1.5; did you mean 1.5%?"),
        ("demand.volume", "-110%", "cannot be negative, given '-110%'; write 0 or more"),
        ("demand.volume", "much", "is not a number, given 'much'; write a number"),
        (
            "pools.desk.speed",
            1e9,
            "is no factor of handle times, given 1000000000.0; did you mean 1000000000.0%?",
        ),
        ("pools.desk.speed", "-100%", "must be above 0, given '-100%'; write a number above 0, such as 1.2"),
    ],
)
def test_factors_that_cannot_be_meant(path: str, written: object, expected: str) -> None:
    """A percentage without its sign, less than nothing, a thousandfold handle time."""
    assert expected == complaint(path, written)


@pytest.mark.parametrize("cv", [0.3, 1.1, 1.8, 4, "90%", "700%"])
def test_variation_of_times(cv: object) -> None:
    """The cv of talk may be above 1."""
    load(hotline(), {"tiers.vip.talk": {"lognormal": {"mean": "3 min", "cv": cv}}})


def test_variation_of_times_in_percent_without_its_sign() -> None:
    """Nobody's talk has a cv of 90."""
    (message,) = messages(hotline(), {"tiers.vip.talk": {"lognormal": {"mean": "3 min", "cv": 90}}})

    assert message.endswith("is far too restless for a cv, given 90; did you mean 90%?")


@pytest.mark.parametrize(
    ("hours", "window"),
    [("09:00-21:00", (32_400, 75_600)), ("22:00 - 06:00", (79_200, 21_600)), ("00:00–24:00", (0, 86_400))],
)
def test_calling_hours(hours: str, window: tuple[float, float]) -> None:
    """A window may run past midnight; the dash may be long."""
    calling = load(hotline(), {"callbacks.hours": hours}).callbacks.hours
    assert window == (calling.start, calling.end)


@pytest.mark.parametrize(
    ("hours", "span", "overlaps"),
    [
        ("09:00-21:00", (28_800, 32_400), False),
        ("09:00-21:00", (28_800, 32_401), True),
        ("22:00-06:00", (21_600, 79_200), False),
        ("22:00-06:00", (0, 10), True),
        ("22:00-06:00", (79_000, 79_300), True),
    ],
)
def test_overlap_with_calling_hours(hours: str, span: tuple[float, float], overlaps: bool) -> None:
    """Windows are half-open, also past midnight."""
    assert overlaps is load(hotline(), {"callbacks.hours": hours}).callbacks.hours.overlaps(*span)


ANYWHERE = (
    *("tiers.vip.talk", "demand", "pools.desk", "day.open", "callbacks.hours", "tiers", "lines", "online"),
    *(
        "ivr",
        "ivr.menus",
        "ivr.menus.main",
        "ivr.menus.main.choices",
        "ivr.authentication",
        "pools.desk.shifts",
    ),
    *(f"tiers.vip.{key}" for key in ("channel", "concurrency", "escalate", "balk_above", "redial", "repeat")),
    *(f"tiers.vip.{key}" for key in ("redial.when", "transfer", "transfer.to", "offer", "value", "ivr")),
)


@pytest.mark.slow
@settings(deadline=None, max_examples=50)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_value_whatsoever_leads_to_a_traceback(value: Any) -> None:
    """Whatever stands at a place, loading gives a scenario or a ScenarioError."""
    for path in ANYWHERE:
        data = hotline()
        section, _, rest = path.partition(".")
        node, last = (data, section) if not rest else (_within(data, path), path.rpartition(".")[2])
        node[last] = value
        with suppress(ScenarioError):
            assert isinstance(load(data), Scenario)


def _within(data: dict[str, Any], path: str) -> dict[str, Any]:
    node = data
    for step in path.split(".")[:-1]:
        node = node.setdefault(step, {})
    return node
