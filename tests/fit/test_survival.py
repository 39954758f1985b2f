"""Kaplan and Meier, hazards, life tables and the log-rank test, against formulas and scipy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from callcenter.fit.survival import hazard, kaplan_meier, life_table, logrank, peaks

LEUKAEMIA = np.array([6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], float)
"""Weeks in remission under 6-MP, the first nine ended, the others cut off (Freireich et al. 1963)."""
IS_END = np.arange(21) < 9
PLACEBO = np.array([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], float)


def test_published_survival() -> None:
    """The survival under 6-MP is the one printed in every textbook (Cox and Oakes, table 4.1)."""
    found = kaplan_meier(LEUKAEMIA, IS_END)
    assert [6, 7, 10, 13, 16, 22, 23] == found.times.tolist()
    assert [21, 17, 15, 12, 11, 7, 6] == found.at_risk.tolist()
    expected = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert expected == found.survival.round(3).tolist()


def test_equals_scipy() -> None:
    """Survival and Greenwood's band are those of scipy's ecdf of censored data."""
    chance = np.random.default_rng(1)
    patience, offered = chance.exponential(100, 500).round(), chance.exponential(80, 500).round()
    times, is_end = np.minimum(patience, offered), patience <= offered
    times, is_end = np.append(times, 1000.0), np.append(is_end, False)
    found = kaplan_meier(times, is_end)
    data = stats.CensoredData(uncensored=times[is_end], right=times[~is_end])
    expected: Any = stats.ecdf(data).sf
    band = expected.confidence_interval(0.95)
    assert expected.evaluate(found.times) == pytest.approx(found.survival)
    keep = found.at_risk > found.ended
    assert band.low.evaluate(found.times)[keep] == pytest.approx(found.low[keep])
    assert band.high.evaluate(found.times)[keep] == pytest.approx(found.high[keep])


def test_published_log_rank() -> None:
    """The log-rank statistic of 6-MP against placebo is 16.79 (Freireich et al. 1963)."""
    times, ends = np.concatenate((LEUKAEMIA, PLACEBO)), np.concatenate((IS_END, np.ones(21, bool)))
    assert stats.chi2.sf(16.79, 1) == pytest.approx(logrank(times, ends, np.arange(42) >= 21), rel=0.01)


def test_hazard_by_hand() -> None:
    """Three callers wait 3, 10 and 20 s and the first two hang up: exposures 13, 10 and 5 s."""
    found = hazard(np.array([3.0, 10, 20]), np.array([True, True, False]), np.array([0.0, 5, 10, 15]))
    assert [1, 1, 0] == found.ended.tolist()
    assert [13, 10, 5] == found.exposure.tolist()


def test_peak_of_an_announcement() -> None:
    """A stretch in which many more hang up than before and after is found, and nothing else."""
    chance = np.random.default_rng(2)
    patience = chance.exponential(300, 20_000)
    patience[:800] = chance.uniform(30, 35, 800)
    found = hazard(patience, np.ones(20_000, bool), np.arange(0.0, 65.0, 5.0))
    assert [(30.0, 35.0)] == peaks(found)


def test_life_table_of_proportional_hazards() -> None:
    """Where answers and hang-ups come at constant rates, the life table is exact."""
    limits = np.array([5.0, 10, 30, 60])
    answered_rate, lost_rate, queued = 1 / 40, 1 / 200, 1e6
    gone = queued * (1 - np.exp(-limits * (answered_rate + lost_rate)))
    share = lost_rate / (answered_rate + lost_rate)
    found = life_table(limits, gone * (1 - share), gone * share, queued)
    assert np.exp(-limits * lost_rate) == pytest.approx(found.survival)
