"""The call tape: repeatable, keyed by name, Poisson."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from callcenter.demand import SELF_SERVED, CallTape, draw
from callcenter.scenario import Scenario, load


def scenario(**sections: Any) -> Scenario:
    """Return a two-tier hotline of two hours with an IVR and callbacks."""
    base: dict[str, Any] = {
        "name": "tape",
        "day": {"open": "08:00", "close": "10:00", "interval": "1 h"},
        "demand": {"tiers": {"vip": {"calls": [100, 300]}, "mid": {"calls": [200, 0]}}},
        "ivr": {"time": {"exponential": "40 s"}, "self_service": "30%", "hangs_up": "10%"},
        "tiers": {
            "vip": {"priority": 0, "talk": {"exponential": "3 min"}, "patience": {"exponential": "1 min"}},
            "mid": {"priority": 1, "talk": "1 min", "callback": {"on": ["abandoned"], "share": "50%"}},
        },
        "pools": {"desk": {"serves": ["vip", "mid"], "agents": 5, "callbacks": {}}},
        "callbacks": {"attempts": 2, "reached": "60%"},
    }
    return load(base | sections)


def columns_of(tape: CallTape, tier: int) -> list[Any]:
    """Return what the tape says of one tier."""
    rows = tape.tier == tier
    return [column[rows] for column in (tape.arrived, tape.ivr_s, tape.patience, tape.talk, tape.wrap_up)]


def test_same_seed_same_tape() -> None:
    """The seed and the replication decide everything."""
    first, second = draw(scenario(), 5, 3), draw(scenario(), 5, 3)

    for a, b in zip(first[:-1], second[:-1], strict=True):
        npt.assert_array_equal(a, b)


@pytest.mark.parametrize(("seed", "replication"), [(6, 3), (5, 4)])
def test_other_seed_or_replication_other_tape(seed: int, replication: int) -> None:
    """Replications are not repetitions."""
    first, second = draw(scenario(), 5, 3), draw(scenario(), seed, replication)

    assert first.arrived[:20].tolist() != second.arrived[:20].tolist()
    assert first.talk[:20].tolist() != second.talk[:20].tolist()


def test_a_new_tier_moves_no_stream() -> None:
    """R2: streams are keyed by name, so VIPs and mid-tier callers stay when a tier comes before them."""
    new = {"new": {"priority": 2, "talk": "1 min"}}
    wider = scenario(
        tiers=new | scenario().to_dict()["tiers"],
        demand={"tiers": {"new": {"calls": 50}} | scenario().to_dict()["demand"]["tiers"]},
        pools={"desk": {"serves": ["vip", "mid", "new"], "agents": 5, "callbacks": {}}},
    )
    narrow_tape, wide_tape = draw(scenario(), 1, 0), draw(wider, 1, 0)

    for tier in (0, 1):
        for a, b in zip(columns_of(narrow_tape, tier), columns_of(wide_tape, tier + 1), strict=True):
            npt.assert_array_equal(a, b)


def test_staffing_moves_no_stream() -> None:
    """R2: common random numbers: agents are not part of the tape."""
    a, b = draw(scenario(), 1, 0), draw(scenario().with_({"pools.desk.agents": 9}), 1, 0)

    npt.assert_array_equal(a.arrived, b.arrived)
    npt.assert_array_equal(a.talk, b.talk)


def test_arrivals_are_sorted_and_inside_their_hour() -> None:
    """R3: mid-tier callers have an empty second hour."""
    tape = draw(scenario(), 1, 0)
    mid = tape.arrived[tape.tier == 1]

    assert (np.diff(tape.arrived) >= 0).all()
    assert tape.arrived[0] >= 8 * 3600
    assert tape.arrived[-1] < 10 * 3600
    assert mid.max() < 9 * 3600


def test_counts_are_poisson() -> None:
    """R3: over 400 replications the counts of VIPs in hour two have mean and variance 300 (5 SE)."""
    counts = [int((draw(scenario(), 9, r).arrived[_vip(r)] >= 9 * 3600).sum()) for r in range(400)]

    assert abs(np.mean(counts) - 300) < 5 * math.sqrt(300 / 400)
    assert abs(np.var(counts, ddof=1) - 300) < 5 * 300 * math.sqrt(2 / 399)


def _vip(replication: int) -> Any:
    return draw(scenario(), 9, replication).tier == 0


def test_volume_and_mix() -> None:
    """Calls x mix x volume: 1000 x 20 % x 1.5 = 300 VIPs (5 SE over 100 replications)."""
    mixed = scenario(demand={"calls": [600, 400], "mix": {"vip": "20%", "mid": "80%"}, "volume": 1.5})
    vips = np.mean([(draw(mixed, 1, r).tier == 0).sum() for r in range(100)])

    assert abs(vips - 300) < 5 * math.sqrt(300 / 100)


def test_busy_days_are_shared_by_all_tiers() -> None:
    """A day factor of cv 30 % makes tiers vary together: the correlation of their daily counts is positive.

    Counts N = Poisson(m F): variance m + m**2 cv**2, covariance m1 m2 cv**2; with 400 and 200 calls a
    correlation of 0.3**2 x 400 x 200 / sqrt((400 + 120**2) (200 + 60**2)) = 0.96.
    """
    busy = scenario(demand=scenario().to_dict()["demand"] | {"day_factor_cv": "30%"})
    counts = np.array([np.bincount(draw(busy, 3, r).tier, minlength=2) for r in range(300)])

    assert abs(np.corrcoef(counts.T)[0, 1] - 0.96) < 0.02
    assert abs(counts.sum(axis=1).mean() - 600) < 5 * math.sqrt((600 + 180**2) / 300)


def test_planned_day_factors() -> None:
    """`demand.days` multiplies each simulated day; a factor of 0 empties it."""
    weekend = scenario(days=2, demand=scenario().to_dict()["demand"] | {"days": [1, 0]})

    assert draw(weekend, 1, 0).arrived.max() < 86_400


def test_ivr_outcomes() -> None:
    """30 % of callers are served by the IVR (5 SE)."""
    tapes = [draw(scenario(), 2, r) for r in range(30)]
    solved = np.concatenate([tape.ivr_exit == SELF_SERVED for tape in tapes])

    assert abs(solved.mean() - 0.3) < 5 * math.sqrt(0.21 / solved.size)


def test_callback_coins() -> None:
    """Half of the mid-tier calls owe a callback; 60 % + 24 % of them are reached in two attempts (5 SE)."""
    tapes = [draw(scenario(), 2, r) for r in range(60)]
    owed = sum(tape.callbacks.call.size for tape in tapes)
    mid = sum(int((tape.tier == 1).sum()) for tape in tapes)
    reached = np.concatenate([tape.callbacks.reached_at for tape in tapes])

    assert abs(owed / mid - 0.5) < 5 * math.sqrt(0.25 / mid)
    assert abs((reached > 0).mean() - 0.84) < 5 * math.sqrt(0.84 * 0.16 / reached.size)
    assert abs((reached == 1).mean() - 0.6) < 5 * math.sqrt(0.24 / reached.size)


def test_jobs_point_at_their_calls() -> None:
    """The link between a call and its row of the callback tape goes both ways."""
    tape = draw(scenario(), 2, 0)

    npt.assert_array_equal(np.arange(tape.callbacks.call.size), tape.job[tape.callbacks.call])
    assert (tape.tier[tape.callbacks.call] == 1).all()
    assert (np.diff(tape.callbacks.call) > 0).all()
