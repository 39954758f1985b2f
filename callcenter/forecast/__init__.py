"""Forecasts of calls by interval: methods, a backtest that chooses among them, and the rest of a day."""

from __future__ import annotations

from callcenter.forecast.backtest import Backtest, TooShortError, backtest, wape
from callcenter.forecast.history import History
from callcenter.forecast.methods import METHODS
from callcenter.forecast.rest_of_day import Rest, Restlessness, rest_of_day, restlessness

__all__ = [
    "METHODS",
    "Backtest",
    "History",
    "Rest",
    "Restlessness",
    "TooShortError",
    "backtest",
    "rest_of_day",
    "restlessness",
    "wape",
]
