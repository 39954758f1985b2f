"""AutoETS and MSTL of the totals of days, by the library statsforecast (extra ``[forecast]``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from callcenter.arrays import Floats
from callcenter.forecast.errors import ForecastError
from callcenter.forecast.history import History
from callcenter.forecast.methods import PROFILE_WEIGHT, Method, profiles
from callcenter.language import gettext as _
from callcenter.language import noted

REFIT = 10
"""Days after which a model is estimated anew; in between it is only carried on."""


def library_methods() -> Mapping[str, Method]:
    """Return the methods of the library; ForecastError where it is not installed."""
    try:
        import statsforecast.models as models
    except ImportError:
        text = _("AutoETS and MSTL need the library statsforecast: pip install 'callcenter[forecast]'")
        raise ForecastError(text) from None
    return {
        noted("AutoETS of days"): _OfDays(lambda season: models.AutoETS(season_length=season)),
        noted("MSTL of days"): _OfDays(lambda season: models.MSTL(season_length=season)),
    }


class _OfDays:
    """A model of the totals of days, times the smoothed profile of the weekday."""

    def __init__(self, make: Any) -> None:
        self._make = make
        self._model: Any = None
        self._fitted: tuple[int, date, int] = (0, date.min, 0)

    def __call__(self, history: History, days: Sequence[date]) -> Floats:
        """Return the calls expected, shape (days, intervals)."""
        steps = [history.steps_to(day) for day in days]
        totals = self._totals(history, max(steps))
        shares = profiles(history, PROFILE_WEIGHT)
        return np.array(
            [
                max(float(totals[step - 1]), 0.0) * shares[history.kind_of(day)]
                for step, day in zip(steps, days, strict=True)
            ]
        )

    def _totals(self, history: History, steps: int) -> Floats:
        values, season = history.totals, max(len(history.usual), 2)
        size, first, number = self._fitted
        is_near = first == history.days[0] and 0 <= values.size - size < REFIT and number == season
        if is_near and self._carries():
            return np.asarray(self._model.forward(values, h=steps)["mean"], np.float64)
        self._model = self._make(season)
        self._model.fit(values)
        self._fitted = values.size, history.days[0], season
        return np.asarray(self._model.predict(h=steps)["mean"], np.float64)

    def _carries(self) -> bool:
        return self._model is not None and hasattr(self._model, "forward")
