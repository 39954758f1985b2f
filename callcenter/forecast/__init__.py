"""Forecasts: calls by interval for the coming weeks (contract 9.1), and the rest of a day (9.2).

The package is also the function: `cc.forecast("records/", weeks=4)` is that of `ahead`.
"""

from callcenter.forecast.ahead import forecast
from callcenter.forecast.backtest import Backtest, TooShortError, backtest, backtests, wape
from callcenter.forecast.errors import ForecastError
from callcenter.forecast.history import History
from callcenter.forecast.methods import METHODS
from callcenter.forecast.rest_of_day import Rest, Restlessness, rest_of_day, restlessness
from callcenter.forecast.result import Forecast
from callcenter.homes import call_as

__all__ = [
    "METHODS",
    "Backtest",
    "Forecast",
    "ForecastError",
    "History",
    "Rest",
    "Restlessness",
    "TooShortError",
    "backtest",
    "backtests",
    "forecast",
    "rest_of_day",
    "restlessness",
    "wape",
]

call_as(__name__, forecast)
