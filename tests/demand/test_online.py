"""The web and app in front of the hotline.  Tolerance: 5 standard errors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.testing as npt

from callcenter.clock import TICKS_PER_SECOND
from callcenter.demand import CallTape, draw
from callcenter.scenario import Scenario
from tests.demand.hotlines import one_tier, scenario


def hotline(time: Any, days: int = 1, **keys: Any) -> Scenario:
    """Return 20,000 customers a day of whom 40 % start online and three quarters of these call."""
    online = {"share": "40%", "solves": "25%", "time": time}
    return one_tier(online=online, **keys).with_({"days": days})


def customers(tape: CallTape) -> int:
    """Return how many customers there were if none was lost after close."""
    return tape.tier.size + int(tape.online.solved.sum())


def test_without_time_they_only_disappear() -> None:
    """With 0 s online, the calls are those customers who were not solved, at the times they started."""
    plain, tape = draw(one_tier(), 1, 0), draw(hotline("0 s"), 1, 0)
    solved = tape.online.at[tape.online.solved]

    npt.assert_array_equal(plain.arrived, np.sort(np.concatenate([tape.arrived, solved])))


def test_shares() -> None:
    """40 % start online, 25 % of these are solved there."""
    tape = draw(hotline("0 s"), 1, 0)
    everyone, starters = customers(tape), tape.online.at.size

    assert abs(starters / everyone - 0.4) < 5 * math.sqrt(0.24 / everyone)
    assert abs(tape.online.solved.mean() - 0.25) < 5 * math.sqrt(0.1875 / starters)


def test_they_call_later() -> None:
    """After 30 min online, who starts in the first half-hour calls in the second; who starts later, never."""
    tape = draw(hotline("30 min"), 1, 0)
    plain = draw(one_tier(), 1, 0)
    half = 8.5 * 3600
    unsolved = tape.online.at[~tape.online.solved]
    straight = np.setdiff1d(plain.arrived, tape.online.at)

    npt.assert_array_equal(
        np.sort(np.concatenate([straight, unsolved[unsolved < half] + 1800])), tape.arrived
    )


def test_time_after_close_is_skipped() -> None:
    """R13a: what is left of the time at close passes the next morning."""
    tape = draw(hotline("45 min", days=2), 1, 0)
    evening = tape.online.at[
        ~tape.online.solved & (tape.online.at < 9 * 3600) & (tape.online.at > 8.25 * 3600)
    ]

    assert np.isin(evening + 2700 - 9 * 3600 + 86_400 + 8 * 3600, tape.arrived).all()
    assert not ((tape.arrived >= 9 * 3600) & (tape.arrived < 86_400 + 8 * 3600)).any()


def test_order_and_ticks() -> None:
    """Calls are in order of arrival, in whole ticks and inside the opening hours; starters too."""
    tape = draw(hotline({"exponential": "20 min"}, days=3), 1, 0)
    for times in (tape.arrived, tape.online.at):
        ticks = times * TICKS_PER_SECOND

        assert (np.diff(times) >= 0).all()
        assert (ticks == np.rint(ticks)).all()
        assert ((times % 86_400 >= 8 * 3600) & (times % 86_400 < 9 * 3600)).all()


def test_factors_are_those_of_the_interval_of_the_call() -> None:
    """A call 30 min later falls in the second half-hour, whose talk takes twice as long."""
    talk = {"mixture": [{"share": "100%", "of": "60 s"}], "per_interval": [1, 2]}
    tape = draw(hotline("30 min", talk=talk), 1, 0)

    npt.assert_array_equal(np.where(tape.arrived < 8.5 * 3600, 60.0, 120.0), tape.talk)


def test_calls_draw_in_order_of_arrival() -> None:
    """Whoever comes from the web takes a place among the others, also in the streams."""
    tape = draw(hotline({"exponential": "20 min"}, talk={"exponential": "1 min"}), 1, 0)
    plain = draw(one_tier(talk={"exponential": "1 min"}), 1, 0)

    npt.assert_array_equal(plain.talk[: tape.tier.size], tape.talk)


def test_tiers_of_starters() -> None:
    """A tier that says `none` has no starters; the tape of starters is in order of their start."""
    tiers = {name: {"priority": 0, "talk": "1 min"} for name in ("vip", "mid", "old")}
    tiers["old"]["online"] = "none"
    demand = {"tiers": {name: {"calls": 300} for name in tiers}}
    pools = {"desk": {"serves": list(tiers), "agents": 5}}
    tape = draw(
        scenario(tiers=tiers, demand=demand, pools=pools, online={"share": "50%", "solves": "50%"}), 1, 0
    )

    assert {0, 1} == set(tape.online.tier)
    assert (np.diff(tape.online.at) >= 0).all()
    assert 0 < tape.online.at.size


def test_nobody_online() -> None:
    """Without the online channel the tape of starters is empty, of the right types."""
    online = draw(scenario(), 1, 0).online

    assert [("int32", 0), ("float64", 0), ("bool", 0)] == [(a.dtype.name, a.size) for a in online]
