"""Forecasts: calls by interval for the coming weeks (contract 9.1); `conditioned`: the rest of a day (9.2).

The package is also the function: `cc.forecast("records/", weeks=4)` is that of `ahead`.
"""

from callcenter.forecast.ahead import forecast
from callcenter.forecast.backtest import Backtest, TooShortError, backtest, backtests, wape
from callcenter.forecast.errors import ForecastError
from callcenter.forecast.history import History
from callcenter.forecast.methods import METHODS
from callcenter.forecast.result import Forecast
from callcenter.homes import call_as

__all__ = [
    "METHODS",
    "Backtest",
    "Forecast",
    "ForecastError",
    "History",
    "TooShortError",
    "backtest",
    "backtests",
    "forecast",
    "wape",
]

call_as(__name__, forecast)
