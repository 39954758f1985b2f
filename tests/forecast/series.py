"""Series of calls: some whose truth is known, drawn by another way than the product's, and one of a bank."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from callcenter.arrays import Floats
from callcenter.forecast import History

MONDAY = date(2026, 1, 5)
BANK = Path(__file__).parents[2].parent / "shared/data/bank_calls/bank_calls_fpp3.csv"
WEEKDAYS = np.array([1.2, 1.0, 1.0, 0.95, 1.05, 0.6, 0.5])


class Truth(NamedTuple):
    """How calls are drawn."""

    calls: float
    """Of an ordinary day."""
    day_cv: float = 0.04
    interval_cv: float = 0.0
    correlation: float = 0.0
    drift: float = 0.015
    intervals: int = 20


class Drawn(NamedTuple):
    """A history, and the means that it was drawn from."""

    history: History
    means: Floats


def drawn(truth: Truth, days: int, seed: int, *, weekdays: Floats = WEEKDAYS) -> Drawn:
    """Draw days: weekday x shape x a drifting level, Gamma factors of days and intervals, Poisson counts."""
    from scipy.stats import gamma, norm

    random, number = np.random.default_rng(seed), truth.intervals
    shape = np.exp(-(((np.arange(number) - number / 2.5) / (number / 3)) ** 2))
    dates = [MONDAY + timedelta(place) for place in range(days)]
    dates = [day for day in dates if weekdays[day.weekday()] > 0]
    means, counts, level = [], [], 0.0
    for day in dates:
        level = 0.95 * level + truth.drift * random.normal()
        mean = truth.calls * weekdays[day.weekday()] * shape / shape.sum() * np.exp(level)
        factors = np.full(number, random.gamma(truth.day_cv**-2) * truth.day_cv**2)
        if truth.interval_cv:
            scores = random.normal(size=number)
            for place in range(1, number):
                news = np.sqrt(1 - truth.correlation**2) * scores[place]
                scores[place] = truth.correlation * scores[place - 1] + news
            spread = truth.interval_cv**-2
            factors *= gamma.ppf(norm.cdf(scores), spread) / spread
        means.append(mean)
        counts.append(random.poisson(mean * factors))
    return Drawn(History(tuple(dates), np.array(counts, np.float64)), np.array(means))


def frame(history: History, opening: int = 8, minutes: int = 30) -> pd.DataFrame:
    """Return a history as an interval report has it."""
    starts = [opening * 60 + minutes * place for place in range(history.counts.shape[1])]
    return pd.DataFrame(
        [
            (str(day), f"{start // 60:02}:{start % 60:02}", calls)
            for day, row in zip(history.days, history.counts, strict=True)
            for start, calls in zip(starts, row, strict=True)
        ],
        columns=["date", "start", "calls"],
    )


def bank_calls() -> History:
    """Return the half-hours of a bank's 164 days, the last five minutes of the day left out."""
    if not BANK.exists():
        pytest.skip("the series is absent: ../shared/data/bank_calls/bank_calls_fpp3.csv")
    calls = pd.read_csv(BANK, parse_dates=["DateTime"])
    minute = calls["DateTime"].dt.hour * 60 + calls["DateTime"].dt.minute
    table = calls.groupby([calls["DateTime"].dt.date, (minute - 420) // 30])["Calls"].sum().unstack()
    return History(tuple(table.index), table.to_numpy(np.float64)[:, :28])
