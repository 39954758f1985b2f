"""The call tape: repeatable, keyed by name, Poisson."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from callcenter.demand import SELF_SERVED, draw, drawing
from callcenter.scenario import Scenario
from tests.demand.hotlines import TIERS, all_of, callbacks, columns_of, one_tier, scenario

UNIFORM = {"uniform": {"low": "10 s", "high": "40 s"}}


def test_same_seed_same_tape() -> None:
    """The seed and the replication decide everything."""
    first, second = draw(everything(), 5, 3), draw(everything(), 5, 3)

    assert (5, 3) == (first.seed, first.replication)
    for a, b in zip(all_of(first), all_of(second), strict=True):
        npt.assert_array_equal(a, b)


def everything() -> Scenario:
    """Return the hotline with all that may follow a call."""
    vip = TIERS["vip"] | {
        "redial": {"after": "5 min", "when": {"abandoned": "40%"}},
        "repeat": {"share": "20%", "after": {"exponential": "1 h"}},
        "transfer": {"share": "10%", "to": "mid"},
        "offer": {"when_in_line": 3, "accepted": "50%"},
    }
    return scenario(tiers=TIERS | {"vip": vip}, online={"share": "20%", "solves": "50%"})


@pytest.mark.parametrize("tried", [scenario(), everything()], ids=["plain", "everything"])
def test_types(tried: Scenario) -> None:
    """Compiled code sees the same types whatever is on the tape: contiguous, with fixed dtypes."""
    tape = draw(tried, 1, 0)
    kinds = {field: getattr(tape, field).dtype.name for field in tape._fields[:10]}
    floats = dict.fromkeys(("arrived", "ivr_s", "patience", "talk", "wrap_up"), "float64")
    others = {"tier": "int32", "ivr_exit": "int8", "accepts": "bool", "owed": "bool", "ordinal": "int64"}
    coins = tape.coins or draw(everything(), 1, 0).coins or ()

    assert floats | others == kinds
    assert ["int16", "float64", "bool", "float64", "int32"] == [column.dtype.name for column in coins]
    assert all(array.flags.c_contiguous and array.flags.writeable for array in all_of(tape))
    assert all(column.size == tape.tier.size for column in (*tape[:10], *(tape.coins or ())))


@pytest.mark.parametrize(("seed", "replication"), [(6, 3), (5, 4)])
def test_other_seed_or_replication_other_tape(seed: int, replication: int) -> None:
    """Replications are not repetitions."""
    first, second = draw(scenario(), 5, 3), draw(scenario(), seed, replication)

    assert first.arrived[:20].tolist() != second.arrived[:20].tolist()
    assert first.talk[:20].tolist() != second.talk[:20].tolist()


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
    tapes = [draw(scenario(), 2, r) for r in range(20)]
    owed = sum(int(tape.owed.sum()) for tape in tapes)
    mid = sum(int((tape.tier == 1).sum()) for tape in tapes)
    reached = np.array([each.reached_at for tape in tapes for each in callbacks(tape, 2).values()])

    assert owed == reached.size
    assert abs(owed / mid - 0.5) < 5 * math.sqrt(0.25 / mid)
    assert abs((reached > 0).mean() - 0.84) < 5 * math.sqrt(0.84 * 0.16 / reached.size)
    assert abs((reached == 1).mean() - 0.6) < 5 * math.sqrt(0.24 / reached.size)


def test_offers() -> None:
    """40 % accept an offer whether or not a callback is owed (5 SE)."""
    rules: dict[str, Any] = {
        "callback": {"on": ["abandoned"], "share": "50%"},
        "offer": {"when_in_line": 3, "accepted": "40%"},
    }
    tape = draw(one_tier(**rules), 1, 0)

    for owed in (True, False):
        accepts = tape.accepts[tape.owed == owed]
        assert abs(accepts.mean() - 0.4) < 5 * math.sqrt(0.24 / accepts.size)


def test_an_offer_alone() -> None:
    """Without `callback` no loss leaves a record."""
    tape = draw(one_tier(offer={"when_announced_wait_exceeds": "1 min", "accepted": "40%"}), 1, 0)

    assert not tape.owed.any()
    assert tape.accepts.any()


def test_callbacks_take_the_times_of_their_tier() -> None:
    """Or those that are written for callbacks; an attempt without an answer has one for each attempt."""
    own = draw(scenario(), 1, 0)
    written = draw(scenario(callbacks={"talk": "7 s", "wrap_up": "3 s", "no_answer": UNIFORM}), 1, 0)
    kinds = [{(each.talk, each.wrap_up) for each in callbacks(tape, 3).values()} for tape in (own, written)]
    times = [time for each in callbacks(written, 3).values() for time in each.no_answer]

    assert [{(60.0, 0.0)}, {(7.0, 3.0)}] == kinds
    assert len(times) == len(set(times)) == 3 * int(written.owed.sum())


def test_another_volume_keeps_the_draws_of_the_nth_customer() -> None:
    """R3: arrivals move, patience and talk stay."""
    plain = draw(scenario(), 1, 0)
    demand = scenario().to_dict()["demand"]
    busier = draw(scenario(demand=demand | {"volume": 1.3}), 1, 0)

    for tier in (0, 1):
        before, after = columns_of(plain, tier), columns_of(busier, tier)
        size = before[0].size
        assert size < after[0].size
        assert (after[0][:size] < before[0]).all()
        for a, b in zip(before[1:], after[1:], strict=True):
            npt.assert_array_equal(a, b[:size])


def test_calls_of_one_instant_are_in_file_order_of_their_tiers() -> None:
    """R3a: of 300,000 calls of each tier in a minute, thousands share a tick with another."""
    tape = draw(
        scenario(
            day={"open": "08:00", "close": "08:01", "interval": "1 min"},
            demand={"tiers": {"vip": {"calls": 300_000}, "mid": {"calls": 300_000}}},
        ),
        1,
        0,
    )
    same = np.diff(tape.arrived) == 0

    assert 1000 < np.count_nonzero(same)
    assert (np.diff(tape.tier)[same] >= 0).all()


def test_more_calls_than_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing begins anew with more room, and gives the same."""
    plain = draw(everything(), 1, 0)
    monkeypatch.setattr(drawing, "expected_calls", lambda tables: 7)

    for a, b in zip(all_of(plain), all_of(draw(everything(), 1, 0)), strict=True):
        npt.assert_array_equal(a, b)
