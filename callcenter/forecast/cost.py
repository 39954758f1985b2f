"""What an error of the forecast costs: agent-hours more for the same promises, by simulation of past days.

The days of the backtest are played with the calls that came, the same callers for every staffing.  Agents
are those that calls require by the square-root rule, so far above the load that on these days the promises
are kept if the calls are known; for a forecast they are all times one factor, so that the promises are kept
in spite of its errors.  What that takes more is the cost.  Source: Koole and Ding, Optimal call center
forecasting and staffing, Probability in the Engineering and Informational Sciences 36 (2022), 254-263; the
rule: Borst, Mandelbaum and Reiman, Dimensioning large call centers, Operations Research 52 (2004), 17-34.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.forecast.backtest import Backtest
from callcenter.forecast.played import Played, PlayedDays
from callcenter.scenario import Scenario

DAYS = 60
MOST_CALLS = 30_000_000
"""That are simulated; of large centres fewer days tell as much."""
LEAST_DAYS = 6
ENOUGH_CALLS = 100_000
"""Of all days together, up to which each is played several times, at most `MOST_TIMES`."""
MOST_TIMES = 8
FACTORS = (0.4, 4.0)
"""Between these lies the factor that is looked for; and how far above the load, in roots of it: `SAFETY`."""
SAFETY = (-8.0, 30.0)
ROUNDS = 5
STEP, WIDEST = 0.015, 0.15
"""Of a factor: the first one to either side, and the widest."""
ROUGHLY, A_FEW = 0.3, 6
"""So near the safety is looked for, on so many days; the factor of known calls makes good the rest."""
TENTH = 0.1
CONFIDENCE = 0.95


class More(NamedTuple):
    """Agent-hours a day that an error takes, and the interval of pairs of days."""

    value: float
    low: float
    high: float


class Cost(NamedTuple):
    """Agent-hours a day, all with the same promises kept."""

    lead: int
    days: int
    known: float
    """With calls known beforehand."""
    chosen: float
    more: More
    """What the chosen forecast takes more than calls known beforehand."""
    methods: Mapping[str, float]
    """By method; nan where no staffing does."""
    chance: float
    """What chance alone adds, were the forecast exact."""
    tenth: float
    """Saved by errors that are a tenth smaller."""
    is_assumed: bool
    """Whether promise and patience are the usual ones, for want of a scenario."""


class Past(NamedTuple):
    """Days of the backtest, each array of shape (days, tiers, intervals)."""

    actual: Floats
    chosen: Floats
    methods: Mapping[str, Floats]
    shares: Floats | None = None
    """Of the tiers, shape (tiers, intervals), where only all calls together are known."""

    def last(self, days: int) -> Past:
        """Return the last days."""
        methods = {name: each[-days:] for name, each in self.methods.items()}
        return Past(self.actual[-days:], self.chosen[-days:], methods, self.shares)

    def drawn(self, random: np.random.Generator) -> Floats:
        """Draw calls of which the chosen forecast is the mean."""
        if self.shares is None:
            return random.poisson(self.chosen).astype(np.float64)
        drawn: Floats = random.poisson(self.chosen.sum(axis=1, keepdims=True)) * self.shares
        return drawn


def past_of(tests: Sequence[Backtest], shares: Floats) -> Past:
    """Return the days of backtests, one for each tier, or one whose calls are shared out to the tiers.

    ``shares`` has the shape (tiers, intervals).
    """
    first = tests[0]
    since = max(len(first.rows) - DAYS, first.learnt_from)

    def by_tier(tables: Sequence[Floats]) -> Floats:
        if len(tests) == 1:
            return tables[0][since:, None, :] * shares
        return np.stack([table[since:] for table in tables], axis=1)

    return Past(
        by_tier([test.actual for test in tests]),
        np.maximum(by_tier([test.as_chosen for test in tests]), 0.0),
        {
            name: np.maximum(by_tier([test.forecasts[name] for test in tests]), 0.0)
            for name in first.forecasts
        },
        shares if len(tests) == 1 else None,
    )


def cost_of(scenario: Scenario, past: Past, lead: int, *, is_assumed: bool) -> Cost | None:
    """Return the cost of the errors of past days; None where no number of agents keeps the promises.

    ``scenario`` has one day.
    """
    past, times = _affordable(past)
    days = len(past.actual)
    if not days or not past.actual.any():
        return None
    came = PlayedDays(scenario, past.actual, times)
    safety = _safety(scenario, past.actual[:: max(1, days // A_FEW)], times)
    if safety is None:
        return None
    nearly = past.chosen + TENTH * (past.actual - past.chosen)
    sized = [past.actual, past.chosen, nearly, *past.methods.values()]
    known, chosen, closer, *methods = _kept(came, [came.required(each, safety) for each in sized])
    drawn = past.drawn(np.random.default_rng(days))
    by_chance = PlayedDays(scenario, drawn, times)
    exact, missed = _kept(by_chance, [by_chance.required(each, safety) for each in (drawn, past.chosen)])
    return Cost(
        lead,
        days,
        known.hours,
        chosen.hours,
        _more(chosen, known),
        {name: one.hours for name, one in zip(past.methods, methods, strict=True)},
        missed.hours - exact.hours,
        chosen.hours - closer.hours,
        is_assumed,
    )


def _affordable(past: Past) -> tuple[Past, int]:
    """Return the last days that there is time for, and how often each is to be played."""
    calls = max(float(past.actual.sum(axis=(1, 2)).mean()) if len(past.actual) else 1.0, 1.0)
    runs = ROUNDS * (5 + len(past.methods))
    days = max(LEAST_DAYS, min(len(past.actual), int(MOST_CALLS / runs / calls)))
    times = min(MOST_TIMES, max(1, math.ceil(ENOUGH_CALLS / (days * calls))))
    return past.last(days), times


class _Point(NamedTuple):
    """A staffing at a factor, and what it came to."""

    factor: float
    played: Played


class _Sized(NamedTuple):
    """The staffing that just keeps the promises, read off between two that were played."""

    below: Played
    above: Played
    share: float
    """Of the way from the one to the other."""
    price: float
    """Agent-hours a day that one call in time more takes, or one of what else is promised."""

    @property
    def hours(self) -> float:
        """Agent-hours a day."""
        return float(self.hours_by_day.mean())

    @property
    def hours_by_day(self) -> Floats:
        """The same of each day."""
        return self.below.hours + self.share * (self.above.hours - self.below.hours)

    @property
    def influence(self) -> Floats:
        """By how much each day moves the hours: its own, and what its calls in time take or give."""
        place = self.below.binding
        low, high = self.below.by_day[:, place], self.above.by_day[:, place]
        return np.asarray(self.hours_by_day - self.price * (low + self.share * (high - low)))


NONE = Played(np.full(1, np.nan), np.full(1, np.nan), np.full((1, 1), np.nan))


def _kept(days: PlayedDays, required: Sequence[Floats]) -> list[_Sized]:
    """Multiply each staffing by the factor that just keeps the promises; all are played together."""
    tried: list[list[_Point]] = [[] for _staffing in required]
    for _turn in range(ROUNDS):
        factors = [_next(points) for points in tried]
        staffings = [staffing * factor for staffing, factor in zip(required, factors, strict=True)]
        for points, factor, one in zip(tried, factors, days.played(staffings), strict=True):
            points.append(_Point(factor, one))
    return [_read_off(points) for points in tried]


def _about(points: Sequence[_Point]) -> tuple[_Point, _Point]:
    """Return the two that are about the promise, or the nearest ones; the one with fewer agents first."""
    few = [point for point in points if point.played.margin < 0]
    enough = [point for point in points if point.played.margin >= 0]
    if few and enough:
        return max(few, key=_factor), min(enough, key=_factor)
    ordered = sorted(points, key=_factor)
    return (ordered[0], ordered[1]) if enough else (ordered[-2], ordered[-1])


def _factor(point: _Point) -> float:
    return point.factor


def _next(points: Sequence[_Point]) -> float:
    """Return the factor to try next: where the promise should just be kept."""
    if not points:
        return 1.0
    if len(points) == 1:
        return 1.0 + STEP if points[0].played.margin < 0 else 1.0 - STEP
    below, above = _about(points)
    width = above.factor - below.factor
    share = _share(below, above)
    if below.played.margin < 0 <= above.played.margin:
        step = min(max(share, 0.1), 0.9) * width
    else:  # on beyond both, and a little further, so that they come to lie about it
        step = share * width + (STEP / 4 if share > 1 else -STEP / 4)
        step = min(max(step, -WIDEST), width + WIDEST)
    return min(max(below.factor + step, FACTORS[0]), FACTORS[1])


def _share(below: _Point, above: _Point) -> float:
    """Return how far from the one to the other the promise is just kept."""
    place = below.played.binding
    first, then = float(below.played.above[place]), float(above.played.above[place])
    return -first / (then - first) if then > first else float(np.copysign(np.inf, -first))


def _read_off(points: Sequence[_Point]) -> _Sized:
    below, above = _about(points)
    share = _share(below, above)
    if not -1 <= share <= 2:
        return _Sized(NONE, NONE, 0.0, np.nan)
    first, last = min(points, key=_factor).played, max(points, key=_factor).played
    rise = last.above[below.played.binding] - first.above[below.played.binding]
    price = float((last.hours - first.hours).mean() / rise) if rise > 0 else np.nan
    return _Sized(below.played, above.played, share, price)


def _safety(scenario: Scenario, calls: Floats, times: int) -> float | None:
    """Return roughly how far above the load agents must be if calls are known; None: nothing is enough."""
    days, (low, high) = PlayedDays(scenario, calls, times), SAFETY
    if days.played([days.required(calls, high)])[0].margin < 0:
        return None
    while high - low > ROUGHLY:
        some = np.linspace(low, high, 5)[1:-1].tolist()
        enough = [one.margin >= 0 for one in days.played([days.required(calls, each) for each in some])]
        place = enough.index(True) if any(enough) else len(some)
        low, high = [low, *some][place], [*some, high][place]
    return float(high)


def _more(chosen: _Sized, known: _Sized) -> More:
    """Return the difference with its interval: pairs of days, Student's t."""
    from scipy.special import stdtrit

    value = chosen.hours - known.hours
    apart = chosen.influence - known.influence
    if apart.size < 2:
        return More(value, np.nan, np.nan)
    half = float(stdtrit(apart.size - 1, (1 + CONFIDENCE) / 2)) * float(apart.std(ddof=1))
    half /= math.sqrt(apart.size)
    return More(value, value - half, value + half)
