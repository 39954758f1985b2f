"""Calls of the coming weeks, and what is known of how good they are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import clock_text
from callcenter.forecast.backtest import Backtest, chance_alone, wape
from callcenter.forecast.bands import CONFIDENCES
from callcenter.forecast.cost import Cost
from callcenter.forecast.events import Event
from callcenter.forecast.reading import Counts
from callcenter.forecast.series import Ahead, Series
from callcenter.forecast.special import SpecialDays
from callcenter.forecast.unrest import Factors
from callcenter.language import noted
from callcenter.scenario import Scenario
from callcenter.version import __version__

if TYPE_CHECKING:
    import pandas as pd

SEVERAL = noted("by tier")
"""The method of all calls where tiers have different ones."""


class Errors(NamedTuple):
    """How far forecasts of past days were from what came, as shares of the calls."""

    method: str
    interval: float
    day: float


@dataclass(frozen=True, eq=False)
class Forecast:
    """Calls by tier, day and interval, with bands; the backtest; what an error costs."""

    counts: Counts
    total: Series
    tiers: Mapping[str, Series]
    special: SpecialDays
    events: tuple[Event, ...]
    factors: Factors
    """Of past days about their forecasts, as far ahead as is asked for, at most a week; chance left out."""
    cost: Cost | None
    scenario: Scenario | None
    number: int
    """Days that were asked for; those after them are there for the cool-down of the scenario."""
    notes: tuple[str, ...]

    @property
    def ahead(self) -> Ahead:
        """The days to come."""
        return self.total.ahead

    @property
    def days(self) -> tuple[date, ...]:
        """The days that were asked for."""
        return self.ahead.days[: self.number]

    @property
    def totals(self) -> Floats:
        """Calls of each of them."""
        return np.asarray(self.total.calls[: self.number].sum(axis=1))

    @property
    def has_tiers(self) -> bool:
        """Whether the history tells tiers apart."""
        return len(self.tiers) > 1

    def method_of(self, lead: int, series: Series | None = None) -> str:
        """Return the method chosen for days so far ahead; `SEVERAL` where tiers differ."""
        own = list(self.tiers.values()) if series is None else [series]
        names = {each.tests[each.test_of(lead).lead].chosen for each in own}
        return names.pop() if len(names) == 1 else SEVERAL

    def as_chosen(self, test: Backtest, series: Series | None = None) -> Errors:
        """Return the errors of the forecasts by the method that was best when they were made."""
        forecast, actual = test.as_chosen[test.judged_from :], test.actual[test.judged_from :]
        days = wape(forecast.sum(axis=1), actual.sum(axis=1))
        return Errors(self.method_of(test.lead, series), wape(forecast, actual), days)

    @staticmethod
    def by_method(test: Backtest) -> list[Errors]:
        """Return the errors of every method over the same days."""
        since = test.judged_from
        return [
            Errors(name, test.wape_interval(name, since), test.wape_day(name, since))
            for name in test.forecasts
        ]

    def frame(self) -> pd.DataFrame:
        """Return a row for each day and interval: date, start, calls, ends of bands, calls of each tier.

        Days of the scenario's cool-down follow those that were asked for.
        """
        import pandas as pd

        starts = [clock_text(start) for start in self.counts.hours.starts]
        columns: dict[str, Any] = {
            "date": np.repeat([str(day) for day in self.ahead.days], len(starts)),
            "start": starts * len(self.ahead.days),
            "calls": self.total.calls.ravel(),
        }
        for level in CONFIDENCES:
            for end, values in zip(("low", "high"), self.total.bands[level], strict=True):
                columns[f"{end}_{level:.0%}".rstrip("%")] = values.ravel()
        if self.has_tiers:
            for name, series in self.tiers.items():
                columns[self.column_of(name)] = series.calls.ravel()
        return pd.DataFrame(columns).round(3)

    def column_of(self, tier: str) -> str:
        """Return the column of a tier's calls."""
        return f"calls_{tier or 'other'}" if self.has_tiers else "calls"

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Write ``forecast.csv`` and, with a scenario, ``scenario.yaml``; return where the series is."""
        from callcenter.forecast.written import write

        return write(self, Path(folder))

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Every figure as plain data (contract 8.5)."""
        hours, factors = self.counts.hours, self.factors
        return {
            "version": __version__,
            "history": {
                "first": str(self.counts.days[0]),
                "last": str(self.counts.days[-1]),
                "days": len(self.counts.days),
                "left_out": {str(day): why for day, why in sorted(self.counts.left_out.items())},
                "calls_per_day": float(self.total.history.totals.mean()),
                "interval_s": hours.interval,
                "open": clock_text(hours.opening),
                "close": clock_text(hours.closing),
            },
            "from": str(self.days[0]),
            "to": str(self.days[-1]),
            "backtest": self._backtest(self.total, None),
            "tiers": {
                name: {
                    "calls": float(series.calls[: self.number].sum()),
                    "backtest": self._backtest(series, series),
                }
                for name, series in self.tiers.items()
                if self.has_tiers
            },
            "days": list(self._days()),
            "intervals": self.frame().iloc[: self.number * self.counts.hours.starts.size].to_dict("records"),
            "factors": {
                "day_factor_cv": factors.day_cv,
                "interval_factor": {
                    "cv": factors.interval_cv.tolist(),
                    "correlation": factors.correlation,
                },
            },
            "special_days": [
                {"date": str(each.day), "kind": each.kind, "name": each.name, "factor": each.factor}
                for each in self.special.past
            ],
            "events": [event.text for event in self.events],
            "cost": None if self.cost is None else _cost(self.cost),
            "notes": list(self.notes),
            "file": None,
        }

    def _backtest(self, series: Series, own: Series | None) -> dict[str, Any]:
        test = series.one_day
        since, forecast = test.judged_from, test.as_chosen
        return {
            "lead_days": test.lead,
            "days": len(test.rows) - since,
            "first": str(series.history.days[int(test.rows[since])]) if since < len(test.rows) else None,
            "chosen": _chosen(test, self.as_chosen(test, own)),
            "methods": [_errors(errors) for errors in self.by_method(test)],
            "chance_alone": {
                "wape_interval": chance_alone(forecast[since:]),
                "wape_day": chance_alone(forecast[since:].sum(axis=1)),
            },
            "leads": [
                {"lead_days": lead, **_chosen(each, self.as_chosen(each, own))}
                for lead, each in series.tests.items()
            ],
        }

    def _days(self) -> Any:
        total = self.total
        for row, day in enumerate(self.days):
            kind = self.special.calendar.kind_of(day)
            yield {
                "date": str(day),
                "weekday": day.weekday(),
                "calls": float(total.calls[row].sum()),
                **{
                    f"{end}_{level:.0%}".rstrip("%"): float(values[row])
                    for level in CONFIDENCES
                    for end, values in zip(("low", "high"), total.day_bands[level], strict=True)
                },
                "open": bool(self.ahead.is_open[row]),
                "method": self.method_of(self.ahead.lead(row)),
                "special": self.special.calendar.name_of(day) if kind else None,
            }


def _errors(errors: Errors) -> dict[str, Any]:
    return {"method": errors.method, "wape_interval": _plain(errors.interval), "wape_day": _plain(errors.day)}


def _chosen(test: Backtest, errors: Errors) -> dict[str, Any]:
    return {
        **_errors(errors),
        "coverage": {name: _plain(value) for name, value in test.coverages.items()},
        "day_coverage": {
            f"{level:.0%}".rstrip("%"): _plain(test.day_coverage(level)) for level in CONFIDENCES
        },
    }


def _cost(cost: Cost) -> dict[str, Any]:
    return {
        "lead_days": cost.lead,
        "days": cost.days,
        "assumed_promise": cost.is_assumed,
        "hours_per_day": {
            "calls_known": cost.known,
            "chosen": _plain(cost.chosen),
            "methods": {name: _plain(hours) for name, hours in cost.methods.items()},
        },
        "more": {end: _plain(value) for end, value in cost.more._asdict().items()},
        "chance_alone": _plain(cost.chance),
        "saved_by_a_tenth": _plain(cost.tenth),
    }


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
