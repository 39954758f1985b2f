"""A rolling backtest: every day is forecast from the days before it, and the errors choose the method."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.forecast.bands import CONFIDENCES, Reach, reach_of
from callcenter.forecast.bands import RECENT as BAND_DAYS
from callcenter.forecast.errors import ForecastError
from callcenter.forecast.history import History
from callcenter.forecast.methods import METHODS, Method
from callcenter.language import gettext as _
from callcenter.language import noted

LEAST_DAYS = 15
"""Days that a method is given before it is judged, and days it is judged by before it is chosen."""
RECENT = 40
"""Days whose errors choose a method: what was best long ago may not be now."""
MOST_DAYS = 250
"""Days that are forecast again; older ones say little of the days to come."""
ONE_DAY = 1
TOGETHER = noted("mean of the methods")
"""Often better than each; source: Bates and Granger, The combination of forecasts, OR 20 (1969), 451-468."""


class TooShortError(ForecastError):
    """A history that is too short to be forecast from."""

    def __init__(self, days: int) -> None:
        text = _(
            "a forecast takes {least} open days: {half} to learn from and as many to be judged by; there are "
            "{days}, so {more} more are needed"
        )
        super().__init__(
            text.format(least=2 * LEAST_DAYS, half=LEAST_DAYS, days=days, more=2 * LEAST_DAYS - days)
        )


@dataclass(frozen=True, eq=False)
class Backtest:
    """Forecasts of past days, each from the days that were known ``lead`` days before it."""

    history: History
    lead: int
    """Days from the last day that was known to the day of the forecast; 1 is the next open day."""
    rows: Ints
    """The days that were forecast, as rows of the history."""
    known: Ints
    """Of each of them: how many of those before it were known when it was forecast."""
    forecasts: Mapping[str, Floats]
    """By method, shape (days forecast, intervals)."""
    given: Floats | None = None
    """The forecasts as chosen, where they are sums of tiers that have each their own method."""
    nearer: Backtest | None = None
    """The backtest of fewer days ahead, to whose bands those of this one are drawn (`drawn_to`)."""

    @cached_property
    def actual(self) -> Floats:
        """What came, shape (days forecast, intervals)."""
        return self.history.counts[self.rows]

    def wape_interval(self, method: str, since: int = 0) -> float:
        """Return the sum of absolute errors by interval over the sum of calls, a share."""
        return wape(self.forecasts[method][since:], self.actual[since:])

    def wape_day(self, method: str, since: int = 0) -> float:
        """Return the same of the totals of days."""
        return wape(self.forecasts[method][since:].sum(axis=1), self.actual[since:].sum(axis=1))

    @cached_property
    def chosen(self) -> str:
        """The method with the smallest errors of recent days: the one to use for the days ahead."""
        return self.best_of(len(self.rows))

    def best_of(self, number: int) -> str:
        """Return the method that was best on the last of so many first days; at first the first."""
        recent = slice(max(0, number - RECENT), number)
        errors = {name: float(errors[recent].sum()) for name, errors in self._errors.items()}
        return min(errors, key=lambda name: errors[name])

    @cached_property
    def _errors(self) -> dict[str, Floats]:
        """By method and day: absolute errors by interval, and that of the day.

        Both count: of few calls a forecast that is too low misses intervals by less than the mean does.
        """
        missed = {name: self.actual - forecast for name, forecast in self.forecasts.items()}
        return {name: np.abs(each).sum(axis=1) + np.abs(each.sum(axis=1)) for name, each in missed.items()}

    @cached_property
    def as_chosen(self) -> Floats:
        """The forecast of each day by the method that was best when it was made."""
        if self.given is not None:
            return self.given
        rows = [self.forecasts[self.best_of(int(known))][row] for row, known in enumerate(self.known)]
        return np.array(rows).reshape(self.actual.shape)

    @property
    def judged_from(self) -> int:
        """The first day of the backtest that had been preceded by days enough to choose a method by."""
        return int(np.searchsorted(self.known, LEAST_DAYS))

    @property
    def learnt_from(self) -> int:
        """The same; the first of all where no day had been preceded by so many."""
        return self.judged_from if self.judged_from < len(self.rows) else 0

    @cached_property
    def reach(self) -> Reach:
        """How far the bands about the forecasts of days to come reach."""
        return self.reach_before(len(self.rows))

    def reach_before(self, known: int) -> Reach:
        """Return the same by the first days alone, so many of them."""
        if known not in self._kept:
            own = reach_of(self.as_chosen[:known], self.actual[:known])
            self._kept[known] = own if self.nearer is None else self._drawn(own, self.nearer, known)
        return self._kept[known]

    def _drawn(self, own: Reach, nearer: Backtest, known: int) -> Reach:
        """Draw a reach to that of fewer days ahead on the same day."""
        days = self.history.days
        first, last = (int(self.rows[place]) for place in (max(known - BAND_DAYS, 0), known - 1))
        apart = (days[last] - days[first]).days / self.lead
        return own.drawn_to(nearer.reach_before(int(np.searchsorted(nearer.rows, last + 1))), apart)

    def coverage(self, confidence: float, since: int | None = None) -> float:
        """Return the share of intervals within the band that was made before their day; nan without any."""
        inside = []
        for row in range(self.judged_from if since is None else since, len(self.rows)):
            if not self.known[row]:
                continue
            low, high = self.reach_before(int(self.known[row])).band(self.as_chosen[row], confidence)
            inside.append((low <= self.actual[row]) & (self.actual[row] <= high))
        return float(np.mean(inside)) if inside else float("nan")

    @cached_property
    def _kept(self) -> dict[int, Reach]:
        return {}

    def day_coverage(self, confidence: float) -> float:
        """Return the same of the totals of days."""
        forecast, actual = self.as_chosen.sum(axis=1), self.actual.sum(axis=1)
        inside = []
        for row in range(self.judged_from, len(self.rows)):
            low, high = self.reach_before(int(self.known[row])).day_band(forecast[row], confidence)
            inside.append(low <= actual[row] <= high)
        return float(np.mean(inside)) if inside else float("nan")

    @cached_property
    def coverages(self) -> dict[str, float]:
        """The coverage of each band, by its name in per cent."""
        return {f"{confidence:.0%}"[:-1]: self.coverage(confidence) for confidence in CONFIDENCES}


def backtests(
    history: History,
    leads: Sequence[int] = (ONE_DAY,),
    methods: Mapping[str, Method] = METHODS,
    on_progress: Callable[[int], None] | None = None,
) -> dict[int, Backtest]:
    """Forecast past days again, each with what was known so many days before it; by lead.

    TooShortError if not twice `LEAST_DAYS` are there; a lead for which there are too few days is left out.
    """
    if len(history.days) < 2 * LEAST_DAYS:
        raise TooShortError(len(history.days))
    row_of = {day: row for row, day in enumerate(history.days)}
    made: dict[int, list[tuple[int, int]]] = {lead: [] for lead in leads}
    forecasts: dict[int, dict[str, list[Floats]]] = {lead: {} for lead in leads}
    first = max(LEAST_DAYS, len(history.days) - MOST_DAYS)
    for number in range(first, len(history.days)):
        targets = {
            lead: number if lead == ONE_DAY else row_of.get(history.days[number - 1] + timedelta(lead), -1)
            for lead in leads
        }
        targets = {lead: row for lead, row in targets.items() if row >= number}
        known, days = history.before(number), [history.days[row] for row in targets.values()]
        for name, rows in forecasts_of(known, days, methods).items() if days else ():
            for lead, forecast in zip(targets, rows, strict=True):
                forecasts[lead].setdefault(name, []).append(forecast)
        for lead, row in targets.items():
            made[lead].append((row, number))
        if on_progress is not None:
            on_progress(number)
    tests = {
        lead: _backtest(history, lead, made[lead], forecasts[lead])
        for lead in leads
        if lead == ONE_DAY or len(made[lead]) >= 2 * LEAST_DAYS
    }
    return linked(tests)


def linked(tests: Mapping[int, Backtest]) -> dict[int, Backtest]:
    """Return backtests by lead, each with the one before it as the nearer one."""
    whole: dict[int, Backtest] = {}
    for lead in sorted(tests):
        nearer = whole[max(whole)] if whole else None
        whole[lead] = replace(tests[lead], nearer=nearer)
    return whole


def forecasts_of(history: History, days: Sequence[date], methods: Mapping[str, Method]) -> dict[str, Floats]:
    """Return the calls that each method expects, shape (days, intervals), and the mean of the methods."""
    forecasts = {name: method(history, days) for name, method in methods.items()}
    if len(forecasts) > 1:
        forecasts[TOGETHER] = np.mean(list(forecasts.values()), axis=0)
    return forecasts


def _backtest(
    history: History, lead: int, made: Sequence[tuple[int, int]], forecasts: Mapping[str, Sequence[Floats]]
) -> Backtest:
    rows, numbers = (np.array(column, np.int64) for column in zip(*made, strict=True))
    known = np.searchsorted(rows, numbers)
    return Backtest(history, lead, rows, known, {name: np.array(each) for name, each in forecasts.items()})


def backtest(history: History, lead: int = ONE_DAY, methods: Mapping[str, Method] = METHODS) -> Backtest:
    """Return the backtest of one lead; see `backtests`."""
    return backtests(history, (lead,), methods)[lead]


def wape(forecast: Floats, actual: Floats) -> float:
    """Return the weighted absolute percentage error: summed absolute errors over summed calls, a share."""
    calls = float(actual.sum())
    return float(np.abs(forecast - actual).sum()) / calls if calls else float("nan")


def chance_alone(expected: Floats) -> float:
    """Return the error that is left if every mean is known: that of Poisson counts, over the calls.

    The mean absolute deviation of a Poisson count is 2 m^(k+1) e^-m / k! with k the whole part of m
    (De Moivre; Ramasubban, The mean difference and the mean deviation of some discontinuous distributions,
    Biometrika 45 (1958), 549-556).
    """
    from scipy.special import gammaln

    mean = expected[expected > 0]
    whole = np.floor(mean)
    deviation = 2 * np.exp((whole + 1) * np.log(mean) - mean - gammaln(whole + 1))
    return float(deviation.sum() / mean.sum()) if mean.size else float("nan")
