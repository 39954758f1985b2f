"""Calls of past days and of days to come, with bands; a week by interval; forecasts of past days."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from callcenter.arrays import Floats
from callcenter.forecast import Forecast
from callcenter.language import gettext as _
from callcenter.report.figures.style import (
    FULL_WIDTH,
    GRID,
    INK,
    MUTED,
    SERIES,
    blank_axes,
    counted,
    house_style,
    legend_above,
)
from callcenter.scenario.parts.calendar import short_date, tick_date
from callcenter.wording import duration

PAST = 56
"""Days of the history that are shown before those to come."""
MOST_TICKS = 12
LOOKS = ((0.95, 0.15), (0.80, 0.35))
"""Bands from wide to narrow, and how dense they are."""


def days_ahead(forecast: Forecast, *, ax: Axes | None = None) -> Axes:
    """Calls of the last days and of those to come, where 80% and 95% of days lie."""
    total, counts = forecast.total, forecast.counts
    came = np.sum(list(counts.tiers.values()), axis=0).sum(axis=1)
    begin = forecast.days[0].toordinal()
    past = np.array([day.toordinal() - begin for day in counts.days])
    shown = past >= -PAST
    rows = np.flatnonzero(forecast.totals > 0)
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 3.0)
        ax.bar(past[shown], came[shown], 0.8, color=SERIES[0], alpha=0.75, label=_("came"))
        for level, alpha in LOOKS:
            low, high = total.day_bands[level]
            name = _("{level} of days").format(level=f"{level:.0%}")
            ax.bar(
                rows,
                high[rows] - low[rows],
                0.8,
                bottom=low[rows],
                color=SERIES[1],
                alpha=alpha,
                linewidth=0,
                label=name,
            )
        dash = {"linestyle": "none", "marker": "_", "markersize": 7.0, "markeredgewidth": 1.8}
        ax.plot(rows, forecast.totals[rows], color=INK, label=_("expected"), **dash)  # type: ignore[arg-type]
        ax.axvline(-0.5, color=MUTED, linewidth=1.2, linestyle=(0, (3, 2)))
        counted(ax, _("calls a day"))
        legend_above(ax, 4)
        _dates(ax, forecast, int(past[shown].min(initial=0)), len(forecast.days))
    return ax


def _dates(ax: Axes, forecast: Forecast, first: int, end: int) -> None:
    """Put dates below, on Mondays if there are enough of them."""
    from datetime import timedelta

    mondays = [place for place in range(first, end) if (forecast.days[0] + timedelta(place)).weekday() == 0]
    step = -(-len(mondays) // MOST_TICKS) or 1
    ticks = mondays[::step]
    ax.set_xticks(ticks, [tick_date(forecast.days[0] + timedelta(place)) for place in ticks])
    ax.set_xlim(first - 0.8, end - 0.2)


def week_ahead(forecast: Forecast, week: int = 0, *, ax: Axes | None = None) -> Axes:
    """Calls by interval of a week to come, where 80% and 95% of them lie."""
    total, starts = forecast.total, forecast.counts.hours.starts
    days = [
        row for row in range(7 * week, min(7 * week + 7, len(forecast.days))) if total.calls[row].sum() > 0
    ]
    number = starts.size
    edges = np.arange(number * len(days) + 1)
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 3.0)
        for level, alpha in LOOKS:
            low, high = (end[days].ravel() for end in total.bands[level])
            name = _("{level} of intervals").format(level=f"{level:.0%}")
            ax.stairs(
                high, edges, baseline=low, fill=True, color=SERIES[1], alpha=alpha, linewidth=0, label=name
            )
        ax.stairs(
            total.calls[days].ravel(), edges, baseline=None, color=INK, linewidth=1.3, label=_("expected")
        )
        for place in range(1, len(days)):
            ax.axvline(number * place, color=GRID, linewidth=1.0)
        middles = [number * (place + 0.5) for place in range(len(days))]
        ax.set_xticks(middles, [short_date(forecast.days[row]) for row in days])
        ax.tick_params(axis="x", length=0)
        ax.set_xlim(0, max(number * len(days), 1))
        counted(ax, _("calls in {duration}").format(duration=duration(forecast.counts.hours.interval)))
        legend_above(ax, 3)
    return ax


def past_forecasts(forecast: Forecast, *, ax: Axes | None = None) -> Axes:
    """Calls of the last days beside what had been forecast of them one day ahead."""
    test = forecast.total.one_day
    actual, expected = test.actual.sum(axis=1)[-PAST:], test.as_chosen.sum(axis=1)[-PAST:]
    at = np.arange(len(actual))
    days = [test.history.days[int(row)] for row in test.rows[-PAST:]]
    low, high = _day_bands(forecast, expected)
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 2.7)
        ax.vlines(at, low, high, color=SERIES[1], alpha=0.35, linewidth=5.0, label=_("band of 80%"))
        dash = {"linestyle": "none", "marker": "_", "markersize": 9.0, "markeredgewidth": 1.8}
        ax.plot(at, expected, color=SERIES[1], label=_("forecast the day before"), **dash)  # type: ignore[arg-type]
        ax.plot(at, actual, "o", color=INK, markersize=4.0, label=_("came"))
        step = -(-len(at) // MOST_TICKS) or 1
        ax.set_xticks(at[::step], [tick_date(day) for day in days[::step]])
        ax.set_xlim(-0.7, max(len(at) - 0.3, 1))
        counted(ax, _("calls a day"))
        legend_above(ax, 3)
    return ax


def _day_bands(forecast: Forecast, expected: Floats) -> tuple[Floats, Floats]:
    reach = forecast.total.one_day.reach
    ends = np.array([reach.day_band(float(each), 0.80) for each in expected])
    return ends[:, 0], ends[:, 1]
