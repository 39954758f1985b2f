"""Unscheduled breaks after calls (rule R20)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.scenario import load
from tests.engine.busy_days import busy_days
from tests.engine.shadows import away, level_at, most_at_once, work
from tests.engine.timeline import Caller, Day, hotline, live

BREAKS = {"after_call": "50%", "length": "1 min"}


def desk(engine: str, *callers: Caller, **pool: Any) -> Day:
    """Let callers meet one desk with breaks, whose coins and lengths are written down with the calls."""
    pools = {"desk": {"serves": ["vip"], "agents": 1, "breaks": BREAKS} | pool}
    return live(engine, hotline(pools=pools), *callers)


def rests(day: Day) -> list[tuple[float, float]]:
    """Return when agents were away."""
    return list(zip(day.log.breaks.start.tolist(), day.log.breaks.end.tolist(), strict=True))


def test_a_break_begins_after_the_wrap_up(engine: str) -> None:
    """Talk to 60, wrap-up to 70, away to 170: who comes at 5 is answered then, who comes at 165 next."""
    day = desk(
        engine, Caller("vip", 0, wrap_up=10, break_s=100), Caller("vip", 5, talk=30), Caller("vip", 165)
    )

    assert [0, 170, 200] == day.answered
    assert [(70, 170)] == rests(day)


def test_who_comes_back_and_who_joins(engine: str) -> None:
    """R4: an agent who is back at the very instant at which patience ends still answers."""
    day = desk(engine, Caller("vip", 0, break_s=40), Caller("vip", 10, patience=90))

    assert [0, 100] == day.answered


def test_a_break_is_put_off_while_many_wait(engine: str) -> None:
    """Two wait at 60, so that the break is not taken; one waits at 120, and it is."""
    callers = [Caller("vip", 0, break_s=40), Caller("vip", 10, break_s=40), Caller("vip", 20)]
    day = desk(engine, *callers, breaks=BREAKS | {"not_while_waiting": 2})

    assert [0, 60, 160] == day.answered
    assert [(120, 160)] == rests(day)


def test_who_has_given_up_does_not_wait(engine: str) -> None:
    """R20: two had joined, and one has hung up at 50: the break at 60 is taken."""
    callers = [Caller("vip", 0, break_s=40), Caller("vip", 10, patience=40), Caller("vip", 20)]
    day = desk(engine, *callers, breaks=BREAKS | {"not_while_waiting": 2})

    assert ["answered", "abandoned", "answered"] == day.outcomes
    assert [(60, 100)] == rests(day)


def test_a_break_that_outlasts_the_shift(engine: str) -> None:
    """R20a: nobody on duty from 600 to 1200, away from 590 to 700: the caller of 650 is answered at 1200.

    The level of one at 1200 is a new agent; had the break lasted to 1300, it would be the same one, then.
    """
    levels = [1, 0, 1, 1, 1, 1]
    short = desk(engine, Caller("vip", 530, break_s=110), Caller("vip", 650), agents=levels)
    long = desk(engine, Caller("vip", 530, break_s=710), Caller("vip", 650), agents=levels)

    assert [530, 1200] == short.answered
    assert [530, 1300] == long.answered


def test_no_break_after_the_shift_or_a_callback(engine: str) -> None:
    """Whoever has finished beyond the level leaves; an attempt to call back is no call."""
    day = desk(engine, Caller("vip", 590, break_s=110), agents=[1, 0, 0, 0, 0, 0])

    assert [] == rests(day)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_agents_are_conserved(engine: str, seed: int) -> None:
    """At no beginning of work or break are there more agents busy or away than were ever staffed."""
    scenario = load(busy_days("drain"))
    log = simulate(scenario, draw(scenario, seed, 0), engine)
    assert log.breaks.pool.size > 20
    for pool in range(len(scenario.pools)):
        together = [*work(scenario, log, pool), *away(log, pool)]
        assert most_at_once(together) <= int(np.max(log.staffing.staffed[:, pool]))
        for rest in away(log, pool):
            engaged = sum(spell.start <= rest.start < spell.end for spell in together)
            assert engaged <= level_at(log, pool, rest.start)
