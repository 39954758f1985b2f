"""Random hotlines and callers on a grid of whole seconds, where ties are everywhere."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from callcenter.scenario import Scenario, load
from tests.engine.timeline import Caller, hotline, tier

TIERS = ("vip", "mid", "regular")
RULES = ({"on": ["abandoned", "closed"]}, {"on": ["abandoned"]}, {"on": ["closed"]}, "none")
DAYS = ({"close": "01:00", "interval": "10 min"}, {"close": "24:00", "interval": "4 h"})
HOURS = ("00:00-24:00", "00:10-00:30", "00:50-00:05")


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a hotline: up to three tiers and pools, staffing steps, conditions, callbacks, drain or drop."""
    names = TIERS[: draw(st.integers(1, 3))]
    tiers = {name: tier(draw(st.integers(0, 2)), callback=draw(st.sampled_from(RULES))) for name in names}
    pools = {f"pool{p}": draw(a_pool(names)) for p in range(draw(st.integers(1, 3)))}
    pools["last"] = {
        "serves": list(names),
        "agents": draw(levels),
        "callbacks": {"keep_idle": draw(st.integers(0, 1))},
    }
    day = {"open": "00:00", "after_close": draw(st.sampled_from(["drain", "drop"]))}
    day |= draw(st.sampled_from(DAYS))
    callbacks = {
        "attempts": 2,
        "retry_after": "5 min",
        "hours": draw(st.sampled_from(HOURS)),
        "order": draw(st.sampled_from(["due", "oldest", "tier"])),
    }
    return load(hotline(tiers=tiers, pools=pools, day=day, callbacks=callbacks, days=draw(st.integers(1, 2))))


levels = st.lists(st.integers(0, 3), min_size=6, max_size=6)


@st.composite
def a_pool(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    """Draw a pool with conditions on some tiers."""
    condition = st.fixed_dictionaries(
        {"keep_idle": st.integers(0, 2), "after": st.sampled_from(["0 s", "30 s", "60 s"])}
    )
    serves = draw(st.dictionaries(st.sampled_from(names), condition, min_size=1))
    pool = {"serves": serves, "agents": draw(levels), "speed": draw(st.sampled_from([1, 1.5, 0.7]))}
    return pool | draw(st.sampled_from([{}, {"callbacks": {"keep_idle": 1}}]))


@st.composite
def callers(draw: st.DrawFn, names: tuple[str, ...], days: int) -> list[Caller]:
    """Draw callers on whole multiples of 10 s."""
    ten = st.integers(0, 30).map(lambda x: 10.0 * x)
    one = st.builds(
        Caller,
        tier=st.sampled_from(names),
        arrived=st.tuples(st.integers(0, days - 1), st.integers(0, 359)).map(
            lambda x: x[0] * 86_400 + 10.0 * x[1]
        ),
        talk=ten,
        patience=st.one_of(ten, st.just(math.inf)),
        wrap_up=st.sampled_from([0.0, 20.0]),
        ivr_s=st.sampled_from([0.0, 0.0, 30.0]),
        ivr_exit=st.sampled_from([0, 0, 0, 1, 2]),
        reached_at=st.sampled_from([None, 0, 1, 2]),
        callback_talk=ten,
        callback_wrap_up=st.sampled_from([0.0, 20.0]),
    )
    return sorted(draw(st.lists(one, max_size=40)), key=lambda caller: caller.arrived)


@st.composite
def runs(draw: st.DrawFn) -> tuple[Scenario, list[Caller]]:
    """Draw a scenario and its callers."""
    scenario = draw(scenarios())
    return scenario, draw(callers(tuple(scenario.tiers), scenario.days))
