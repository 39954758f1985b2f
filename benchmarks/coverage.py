"""How often 95% intervals hold the truth: ``python -m benchmarks.coverage``, or ``make coverage``.

Thousands of days of hotlines are simulated once; studies of a few days are then drawn from them again and
again.  The truth of a study is the figure over all days that it was drawn from.  Writes the tables of
docs/reference/measures.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.findings import Table
from callcenter.arrays import Floats
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import tally
from callcenter.measure.days import days_met_estimate
from callcenter.measure.estimates import divide, ratio, ratio_gain
from callcenter.measure.intervals import Array, t_quantile
from callcenter.measure.percentiles import point_estimates
from callcenter.measure.tally import COUNTS, SUMS
from callcenter.scenario import Scenario, load

PAGE = Path(__file__).parents[1] / "docs/reference/measures.md"
PART = re.compile(r"(?<=<!-- make coverage -->\n).*?(?=<!-- /make coverage -->)", re.DOTALL)

CALLS, RATES, BUSYNESS = (500, 1_660, 10_000), (0.80, 0.95, 0.999), (0.0, 0.1)
"""Calls a day; answer rates of the regular tier, about; coefficients of variation of the day factor."""
DAYS, TRIAL_DAYS, TRIALS = 2_000, 150, 8
"""Days simulated of each hotline, and to find the volume that has its answer rate."""
SIZES = (10, 20, 50)
"""Days of a study."""
STUDIES, SLOW_STUDIES = 10_000, 1_000
SPARE = {0.80: 0.5, 0.95: 1.0, 0.999: 2.5}
"""Agents beyond the offered load, in square roots of it, by the answer rate."""
COUNTED = ("answered_within", "offered", "abandoned")
SHAPE = 1 + 0.5 * np.sin(np.linspace(0, 2 * np.pi, 24, endpoint=False))

Ends = tuple[Array, Array]
"""Low and high ends of the intervals of many studies."""


class Hotline(NamedTuple):
    """Simulated days of a hotline's regular tier, all arrays of shape (days,) but for the points."""

    calls: int
    rate: float
    busyness: float
    answered: Floats
    offered: Floats
    abandoned: Floats
    wait_s: Floats
    """Summed over all offered calls."""
    points: Floats
    """95th and 99th percentile of the wait, shape (days, 2)."""
    better: Floats
    """Answered in time with one agent more."""


class Coverage(NamedTuple):
    """Shares of studies: the interval holds the truth; it lies above it (which is `met`), or below."""

    covered: float
    above: float
    below: float
    narrowest: float
    """Width of the narrowest interval."""


def main() -> None:
    """Simulate, draw studies, print, and put the tables into the page."""
    hotlines = [simulated_hotline(*each) for each in product(CALLS, RATES, BUSYNESS)]
    text = "\n\n".join(["", rates_table(hotlines), others_table(hotlines), ""])
    PAGE.write_text(PART.sub(lambda _: text, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(text)


def simulated_hotline(calls: int, rate: float, busyness: float) -> Hotline:
    """Simulate the days of a hotline whose volume is chosen so that it has about this answer rate."""
    with_volume = partial(scenario_of, calls, rate, busyness)
    low, high = 0.2, 1.6
    for _ in range(TRIALS):
        volume = (low + high) / 2
        answered, offered, *_others = simulated(with_volume(volume), TRIAL_DAYS)
        low, high = (volume, high) if answered.sum() > rate * offered.sum() else (low, volume)
    figures, better = (simulated(with_volume(volume, more), DAYS) for more in (0, 1))
    return Hotline(calls, rate, busyness, *(*figures[:4], figures[4:].T, better[0]))


def scenario_of(calls: int, rate: float, busyness: float, volume: float, more: int = 0) -> Scenario:
    """Return a twelve-hour day of two tiers that share a desk; the small one goes first."""
    by_interval = calls * SHAPE / SHAPE.sum()
    load_by_interval = by_interval * 240 / 1800
    agents = [math.ceil(erlangs + SPARE[rate] * math.sqrt(erlangs)) + more for erlangs in load_by_interval]
    talk = {"talk": {"lognormal": {"mean": "210 s", "cv": 1}}, "wrap_up": {"exponential": "30 s"}}
    tier = {**talk, "patience": {"exponential": "3 min"}, "target": {"within": "20 s", "share": "80%"}}
    return load(
        {
            "name": "coverage",
            "seed": 10010,
            "day": {"open": "08:00", "close": "20:00", "interval": "30 min"},
            "demand": {
                "calls": by_interval.tolist(),
                "mix": {"vip": "10%", "regular": "90%"},
                "volume": volume,
                "day_factor_cv": busyness,
            },
            "tiers": {"vip": {"priority": 0, **tier}, "regular": {"priority": 1, **tier}},
            "pools": {"desk": {"serves": ["vip", "regular"], "agents": agents}},
        }
    )


def simulated(scenario: Scenario, days: int) -> Floats:
    """Return answered in time, offered, abandoned, waited and two percentiles, one row for each.

    All of the regular tier; shape (figures, days).
    """
    names, waited = [COUNTS.index(name) for name in COUNTED], SUMS.index("wait_s")
    tallies = (
        tally(scenario, simulate(scenario, draw(scenario, scenario.seed, day), "compiled"))
        for day in range(days)
    )
    rows = [
        [*one.counts[names, 1].sum(axis=1), one.sums[waited, 1].sum(), *one.wait_points[1, 2:4]]
        for one in tallies
    ]
    return np.array(rows).T


def drawn(days: int, size: int, studies: int) -> Array:
    """Return which days make up each study, shape (size, studies)."""
    return np.random.default_rng(size).integers(0, days, (size, studies))


def judged(ends: Ends, truth: float) -> Coverage:
    """Return how often the intervals of studies hold the truth."""
    low, high = ends
    above, below = (low > truth).mean(), (high < truth).mean()
    return Coverage(1 - above - below, (low >= truth).mean(), below, float((high - low).min()))


def answer_rate(hotline: Hotline, size: int) -> Coverage:
    """Judge the answer rate."""
    days = drawn(DAYS, size, STUDIES)
    ends = ratio(hotline.answered[days], hotline.offered[days], most=1.0)[1:]
    return judged(ends, hotline.answered.sum() / hotline.offered.sum())


def students(hotline: Hotline, size: int) -> Coverage:
    """Judge what the answer rate had before: Student's t, by the delta method."""
    days = drawn(DAYS, size, STUDIES)
    answered, offered = hotline.answered[days], hotline.offered[days]
    value = divide(answered.sum(axis=0), offered.sum(axis=0))
    pulls = (answered - value * offered) / offered.mean(axis=0)
    half = t_quantile(np.asarray(size - 1)) * np.sqrt((pulls**2).sum(axis=0) / (size * (size - 1)))
    return judged(
        (value - half, np.minimum(value + half, 1.0)), hotline.answered.sum() / hotline.offered.sum()
    )


def abandonment(hotline: Hotline, size: int) -> Coverage:
    """Judge the abandonment."""
    days = drawn(DAYS, size, STUDIES)
    ends = ratio(hotline.abandoned[days], hotline.offered[days], most=1.0)[1:]
    return judged(ends, hotline.abandoned.sum() / hotline.offered.sum())


def difference(hotline: Hotline, size: int) -> Coverage:
    """Judge what one more agent adds to the answer rate, on the same callers."""
    days = drawn(DAYS, size, STUDIES)
    offered = hotline.offered[days]
    gain = ratio_gain((hotline.answered[days], offered), (hotline.better[days], offered), most=1.0)
    return judged(gain[1:], (hotline.better - hotline.answered).sum() / hotline.offered.sum())


def mean_wait(hotline: Hotline, size: int) -> Coverage:
    """Judge the mean wait."""
    days = drawn(DAYS, size, STUDIES)
    ends = ratio(hotline.wait_s[days], hotline.offered[days])[1:]
    return judged(ends, hotline.wait_s.sum() / hotline.offered.sum())


def percentile(hotline: Hotline, size: int) -> Coverage:
    """Judge the 95th percentile of the wait."""
    estimate = point_estimates(hotline.points[drawn(DAYS, size, SLOW_STUDIES)])
    return judged((estimate.low[:, 0], estimate.high[:, 0]), float(hotline.points[:, 0].mean()))


def days_met(hotline: Hotline, size: int) -> Coverage:
    """Judge the share of days that met the answer rate over all days."""
    target = hotline.answered.sum() / hotline.offered.sum()
    met = hotline.answered >= target * hotline.offered
    numbers = np.arange(size) < np.arange(size + 1)[:, None]
    low, high = np.array(
        [days_met_estimate(number[:, None] + 0.0, np.ones((size, 1)), 1.0)[1:] for number in numbers]
    ).T
    number = met[drawn(DAYS, size, STUDIES)].sum(axis=0)
    return judged((low[number], high[number]), float(met.mean()))


OTHERS: dict[str, Callable[[Hotline, int], Coverage]] = {
    "answer rate": answer_rate,
    "abandonment": abandonment,
    "one more agent's gain, paired": difference,
    "mean wait": mean_wait,
    "95th percentile of the wait": percentile,
    "`days_met`": days_met,
    "answer rate, Student's t": students,
}


def rates_table(hotlines: list[Hotline]) -> str:
    """Return the table of the answer rate, a row for each hotline."""
    columns = ("calls a day", "answer rate", "busyness", *(f"{size} days" for size in SIZES))
    return rows_of(Table("", "", columns, list(map(rates_row, hotlines))))


def rates_row(hotline: Hotline) -> tuple[str, ...]:
    """Return a hotline's row: covered and met, for each size of a study."""
    calls, rate = hotline.offered.mean() / 0.9, hotline.answered.sum() / hotline.offered.sum()
    cells = [answer_rate(hotline, size) for size in SIZES]
    shares = [f"{each.covered:.1%}, {each.above:.1%}" for each in cells]
    return f"{calls:,.0f}", f"{rate:.2%}", f"{hotline.busyness:.0%}", *shares


def others_table(hotlines: list[Hotline]) -> str:
    """Return the table of all measures: the worst of the hotlines, by their answer rate."""
    columns = ("lowest coverage", *(f"{rate:.1%}, {size} days" for rate, size in product(RATES, SIZES)))
    rows = [(name, *worst(hotlines, judge)) for name, judge in OTHERS.items()]
    return rows_of(Table("", "", columns, rows))


def rows_of(table: Table) -> str:
    """Lay out a table that stands below the page's own words."""
    return table.markdown().removeprefix("## ").strip()


def worst(hotlines: list[Hotline], judge: Callable[[Hotline, int], Coverage]) -> Iterator[str]:
    """Yield the lowest coverage among the hotlines of each answer rate, for each size of a study."""
    for rate, size in product(RATES, SIZES):
        yield f"{min(judge(hotline, size).covered for hotline in hotlines if hotline.rate == rate):.1%}"


if __name__ == "__main__":
    main()
