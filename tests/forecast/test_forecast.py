"""Forecasts: known patterns are found again, and a published series is forecast as well as is known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from callcenter.arrays import Floats
from callcenter.forecast import (
    METHODS,
    History,
    TooShortError,
    backtest,
    wape,
)
from tests.forecast.series import bank_calls

PROFILE = np.array([20.0, 60.0, 100.0, 80.0, 40.0])
WEEKDAYS = np.array([1.3, 1.0, 0.9, 1.0, 0.8])
MONDAY = date(2026, 1, 5)


def weeks(number: int, *closed: date) -> tuple[date, ...]:
    """Return the Mondays to Fridays of so many weeks, but for days that were closed."""
    days = [MONDAY + timedelta(week * 7 + day) for week in range(number) for day in range(5)]
    return tuple(day for day in days if day not in closed)


def exact(days: tuple[date, ...]) -> Floats:
    """Return weekday x profile without any noise."""
    return np.array([WEEKDAYS[day.weekday()] * PROFILE for day in days])


@pytest.mark.parametrize("method", METHODS)
def test_a_pattern_without_noise_is_continued(method: str) -> None:
    """Weekday x interval is forecast exactly; by the method of roots to a quarter of a call."""
    ahead = tuple(MONDAY + timedelta(8 * 7 + number) for number in range(5))
    history = History(weeks(8), exact(weeks(8)), ahead)
    day = MONDAY + timedelta(8 * 7 + 3)

    (forecast,) = METHODS[method](history, [day])

    np.testing.assert_allclose(WEEKDAYS[3] * PROFILE, forecast, rtol=2e-3, atol=0.25)


def test_the_day_after_a_holiday_is_like_a_monday() -> None:
    """A Tuesday after a closed Monday opens the week; an ordinary Tuesday does not."""
    closed = MONDAY + timedelta(21)
    history = History(weeks(6, closed), exact(weeks(6, closed)))

    kinds = [history.kind_of(closed + timedelta(1)), history.kind_of(closed + timedelta(2)), history.kinds[1]]

    assert [0, 2, 1] == kinds


def test_open_every_day_knows_no_reopening() -> None:
    """Where every weekday is open, a day after a gap keeps its weekday."""
    days = tuple(MONDAY + timedelta(number) for number in range(28) if number != 10)
    history = History(days, np.ones((27, 2)))

    assert 4 == history.kind_of(MONDAY + timedelta(11))


def test_every_day_is_forecast_from_the_days_before() -> None:
    """A shock on the last day changes no forecast of the backtest; the errors follow from it."""
    calm, shocked = exact(weeks(8)), exact(weeks(8))
    shocked[-1] *= 3

    before, after = (backtest(History(weeks(8), counts)) for counts in (calm, shocked))

    for name in METHODS:
        np.testing.assert_array_equal(before.forecasts[name], after.forecasts[name])


def test_wape_by_hand() -> None:
    """Errors of 10 and 20 on 100 and 200 calls are a tenth."""
    assert 0.1 == pytest.approx(wape(np.array([110.0, 180.0]), np.array([100.0, 200.0])))


def test_a_short_history_is_refused() -> None:
    """Nothing is forecast from less than thirty days, and how many more are needed is said."""
    with pytest.raises(TooShortError, match="there are 25, so 5 more are needed"):
        backtest(History(weeks(5), exact(weeks(5))))


def test_unordered_days_are_refused() -> None:
    """A day that comes twice is a mistake of whoever reads."""
    with pytest.raises(ValueError, match="must rise"):
        History((MONDAY, MONDAY), np.ones((2, 3)))


@pytest.fixture(scope="module")
def bank() -> History:
    """Return the half-hours of the bank."""
    return bank_calls()


def test_bank_one_day_ahead(bank: History) -> None:
    """Days 61 to 164, the method chosen by what was known: 5.3 % by half-hour, 3.6 % by day; bands hold."""
    tested = backtest(bank)
    since = int(np.searchsorted(tested.rows, 60))
    forecast, actual = tested.as_chosen[since:], tested.actual[since:]

    assert wape(forecast, actual) < 0.053
    assert wape(forecast.sum(axis=1), actual.sum(axis=1)) < 0.036
    assert 0.76 < tested.coverage(0.80, since) < 0.84
    assert 0.92 < tested.coverage(0.95, since) < 0.98
