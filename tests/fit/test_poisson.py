"""Arrivals given the rate of their interval: Poisson or not."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats, Indices
from callcenter.fit.poisson import poisson_test, transformed_gaps

OPEN, CLOSE = 28_800.0, 64_800.0
DAYS = 20


def _arrivals(seed: int, per_day: int = 800) -> tuple[Floats, Indices]:
    """Return Poisson arrivals of days whose rate doubles from morning to evening."""
    chance = np.random.default_rng(seed)
    day = np.repeat(np.arange(DAYS, dtype=np.int32), chance.poisson(per_day, DAYS))
    place = np.sqrt(1 + 3 * chance.random(len(day))) - 1  # density (1 + x) / 1.5
    return OPEN + (CLOSE - OPEN) * place, day


def test_poisson_is_found_poisson() -> None:
    """Of 40 such logs about one in twenty is refuted at 5%, whether times are exact or whole seconds."""
    for rounded in (False, True):
        ps = []
        for seed in range(40):
            times, day = _arrivals(seed)
            found = poisson_test(np.floor(times) if rounded else times, day, OPEN, CLOSE, 1800.0)
            assert found is not None
            ps.append(found.p)
        assert sum(p < 0.05 for p in ps) <= 6


def test_arrivals_in_pairs_are_not() -> None:
    """Where each third caller brings another one some seconds later, nothing is left of the p-value."""
    times, day = _arrivals(1)
    again = np.arange(len(times)) % 3 == 0
    times, day = np.append(times, times[again] + 4.0), np.append(day, day[again])
    found = poisson_test(np.floor(times), day, OPEN, CLOSE, 1800.0)
    assert found is not None
    assert found.p < 1e-6
    assert found.refuted > DAYS / 2


def test_gaps_by_hand() -> None:
    """Two calls in a block of 360 s, at 90 s and 180 s: 2 log(360/270) and 1 log(270/180)."""
    gaps, _day = transformed_gaps(np.array([180.0, 90.0, 450.0]), np.zeros(3, np.int32), 360.0)
    assert np.allclose([2 * np.log(360 / 270), np.log(270 / 180), np.log(360 / 270)], gaps)


def test_whole_minutes_tell_nothing() -> None:
    """Times that are whole minutes are not judged, nor are a handful of calls."""
    times, day = _arrivals(2)
    assert poisson_test(60 * np.floor(times / 60), day, OPEN, CLOSE, 1800.0) is None
    assert poisson_test(times[:50], day[:50], OPEN, CLOSE, 1800.0) is None
