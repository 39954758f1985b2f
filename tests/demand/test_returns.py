"""Returns from the IVR (rule R13e) and its factor of handle time (R2d).  Tolerance: 5 standard errors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand import HANGS_UP, SELF_SERVED, TO_AGENT, Loads, draw, mean_handle_time
from callcenter.demand.later_calls import AGAIN, LAST_PATH, MOVED, RETURNED, insists, path_after
from callcenter.demand.returns import returned
from callcenter.scenario import Constant, Exponential, Scenario, load
from tests.demand.hotlines import firsts, following, one_tier
from tests.scenario.hotline import hotline

IVR: dict[str, Any] = {"time": "40 s", "self_service": "40%", "hangs_up": "5%"}
RETURNS = {"share": "20%", "after": {"exponential": "1 h"}}
MENUS: dict[str, Any] = {
    "main": {"time": "20 s", "self_service": "20%", "choices": {"bill": "50%", "agent": "50%"}},
    "bill": {"time": "30 s", "self_service": "60%", "hangs_up": "10%"},
}


def test_who_seems_solved_may_return() -> None:
    """Every fifth of them, after an hour on average; nobody else does."""
    tape = draw(one_tier(20_000, ivr=IVR | {"returns": RETURNS}), 3, 1)
    assert tape.coins is not None
    solved = tape.ivr_exit == SELF_SERVED
    back = tape.coins.repeats

    assert not back[~solved].any()
    assert abs(back[solved].mean() - 0.2) < 5 * math.sqrt(0.16 / solved.sum())
    assert abs(tape.coins.repeat_after[back].mean() - 3600) < 5 * 3600 / math.sqrt(back.sum())


@pytest.mark.parametrize("ivr", [IVR, {"menus": MENUS}])
def test_a_return_goes_to_a_person_where_it_would_be_solved(ivr: dict[str, Any]) -> None:
    """With the time and the chance to hang up of every call, and so on for the calls that follow."""
    scenario = one_tier(20_000, ivr=ivr | {"returns": RETURNS}, repeat={"share": "50%", "after": "1 min"})
    tape = draw(scenario, 3, 1)
    calls = [each for each in firsts(tape) if each.call.ivr_exit == SELF_SERVED]
    back = following(tape, calls)
    later = following(tape, [each for each in back if each.call.ivr_exit == TO_AGENT])
    ways = np.array([each.call.ivr_exit for each in back])
    hangs_up = 1 - scenario.asking("all") - solving(scenario)

    assert later
    assert {TO_AGENT, HANGS_UP} == set(ways.tolist())
    assert abs((ways == HANGS_UP).mean() - hangs_up) < 5 * math.sqrt(hangs_up / ways.size)
    assert SELF_SERVED not in {each.call.ivr_exit for each in later}


def solving(scenario: Scenario) -> float:
    """Return the share that the IVR of the only tier solves."""
    ivr = scenario.ivr_of(next(iter(scenario.tiers)))
    assert ivr is not None
    return ivr.solving


def test_solving_through_all_menus() -> None:
    """20 % in the first, and of half of the others 60 %."""
    assert pytest.approx(0.2 + 0.8 * 0.5 * 0.6) == solving(load(hotline(ivr={"menus": MENUS})))


def test_ways_differ() -> None:
    """No two ways to a call are the same, and those with a return among them are known."""
    paths: dict[tuple[int, ...], int] = {(): 0}
    for _ in range(6):
        paths |= {
            (*way, step): path_after(path, step)
            for way, path in paths.items()
            for step in (AGAIN, MOVED, RETURNED)
        }

    assert len(paths) == len(set(paths.values()))
    assert all(insists(path) == (RETURNED in way) for way, path in paths.items())


def test_twenty_calls_follow_also_with_a_return() -> None:
    """R13c: a return has two digits of the way, but is one call."""
    path = path_after(0, RETURNED)
    for _ in range(18):
        path = path_after(path, AGAIN)
        assert path < LAST_PATH * 3
    assert path_after(path, AGAIN) >= LAST_PATH * 3


def test_talk_after_the_ivr() -> None:
    """R2d: 1.15 times the same draws, in whole ticks; of who passes no IVR they stay as they are."""
    times = {"talk": {"exponential": "2 min"}, "wrap_up": {"exponential": "20 s"}}
    plain, longer = (
        draw(one_tier(500, ivr=IVR | more, **times), 3, 1) for more in ({}, {"talk_after_ivr": 1.15})
    )
    around = draw(one_tier(500, ivr="none", **times), 3, 1)

    assert np.array_equal(longer.talk, np.rint(plain.talk * 1.15 * TICKS_PER_SECOND) / TICKS_PER_SECOND)
    assert np.array_equal(longer.wrap_up, np.rint(plain.wrap_up * 1.15 * TICKS_PER_SECOND) / TICKS_PER_SECOND)
    assert np.array_equal(around.talk, plain.talk)


def test_it_is_in_the_announced_wait_and_in_the_load() -> None:
    """240 s for the tier itself; a transfer of half of them is neither longer nor shorter."""
    data = hotline(ivr=IVR | {"talk_after_ivr": 1.2})
    data["tiers"]["vip"] |= {"talk": "3 min", "wrap_up": "20 s"}
    scenario = load(data)

    assert 240 == mean_handle_time(scenario, "vip")
    assert 240 == pytest.approx(Loads(scenario).of("vip", 0).handle_s)


def test_transferred_calls_are_not_longer() -> None:
    """As many calls of its own as by transfer: half of the factor."""
    data = hotline(ivr={"time": "40 s", "talk_after_ivr": 1.2})
    data["demand"] = {"tiers": {"vip": {"calls": 100}, "regular": {"calls": 50}}}
    data["tiers"]["vip"] |= {"transfer": {"share": "50%", "to": "regular"}}
    data["tiers"]["regular"] |= {"talk": "100 s", "wrap_up": "0 s"}

    assert 110 == pytest.approx(Loads(load(data)).of("regular", 0).handle_s)


def quarter(days: int = 1) -> Scenario:
    """Return a hotline of four half-hours a day."""
    return load(hotline(day={"open": "08:00", "close": "10:00", "interval": "30 min"}, days=days))


def test_when_they_return() -> None:
    """60 leave evenly in the first half-hour: 30 min later all are in the second, 45 min later half are."""
    assert [0, 60, 0, 0] == pytest.approx(returned(quarter(), Constant(value=1800), [60, 0, 0, 0]))
    assert [0, 30, 30, 0] == pytest.approx(returned(quarter(), Constant(value=2700), [60, 0, 0, 0]))


def test_after_the_last_close_nobody_returns() -> None:
    """Of the last half-hour nobody is back on an only day; of several days all are in the morning."""
    assert [0, 0, 0, 0] == pytest.approx(returned(quarter(), Constant(value=1800), [0, 0, 0, 60]))
    assert [60, 0, 0, 0] == pytest.approx(returned(quarter(5), Constant(value=1800), [0, 0, 0, 60]))


def test_an_exponential_delay() -> None:
    """Of mean an hour: 1 - (1 - exp(-1/2)) / (1/2) come in the half-hour in which they leave."""
    first = 1 - (1 - math.exp(-0.5)) / 0.5

    assert 60 * first == pytest.approx(returned(quarter(), Exponential(mean=3600), [60, 0, 0, 0])[0])


@pytest.mark.slow
def test_the_load_is_that_of_the_calls_that_come() -> None:
    """Interval by interval, in 40 days of 20 replications in which nobody gives up."""
    from callcenter.batch import Batch
    from callcenter.measure.tally import COUNTS

    scenario = one_tier(ivr=IVR | {"time": "0 s", "returns": RETURNS}, patience="never")
    loads, tier = Loads(scenario), next(iter(scenario.tiers))
    tallies = Batch(scenario, 5).tallies(0, 40)
    offered = np.array([tally.counts[COUNTS.index("offered"), 0] for tally in tallies], float)
    expected = np.array([loads.of(tier, number).calls for number in range(scenario.day.intervals)])
    error = offered.std(axis=0, ddof=1) / math.sqrt(len(offered))

    assert (abs(offered.mean(axis=0) - expected) < 5 * error).all()
