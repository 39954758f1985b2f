"""The time axis of a run: the hours of one day, or several days in a row."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.scenario.parts.calendar import tick_date

HOUR = 3600.0
DAY = 24 * HOUR
MOST_TICKS = 9

Numbers = npt.NDArray[np.float64]


def starts(scenario: Scenario) -> Numbers:
    """Return the start of each interval of each day, in seconds since 00:00 of the first day."""
    of_day = scenario.day.open + scenario.day.interval * np.arange(scenario.day.intervals)
    return (DAY * np.arange(scenario.days)[:, None] + of_day).ravel()


def middles(scenario: Scenario) -> Numbers:
    """Return the middle of each interval of each day."""
    return starts(scenario) + scenario.day.interval / 2


def apart(scenario: Scenario, figures: npt.ArrayLike) -> Numbers:
    """Put a gap (nan) after each day, so that a line does not run through the night."""
    by_day = np.asarray(figures, float).reshape(scenario.days, -1)
    gap = int(scenario.days > 1 and scenario.day.length < DAY)
    return np.pad(by_day, ((0, 0), (0, gap)), constant_values=np.nan).ravel()


def steps(ax: Axes, scenario: Scenario, figures: npt.ArrayLike, *, color: str, label: str) -> None:
    """Draw one figure an interval as a line of steps, not joined from day to day."""
    by_day = np.asarray(figures, float).reshape(scenario.days, -1)
    edges = scenario.day.open + scenario.day.interval * np.arange(scenario.day.intervals + 1)
    for day, heights in enumerate(by_day):
        name = label if day == 0 else "_"
        ax.stairs(heights, DAY * day + edges, baseline=None, color=color, linewidth=1.7, label=name)


def time_axis(ax: Axes, scenario: Scenario) -> None:
    """Put clock times below one day, day numbers below several."""
    first = scenario.day.open
    ax.set_xlim(first, DAY * (scenario.days - 1) + scenario.day.close)
    ticks, labels = _clock_ticks(scenario) if scenario.days == 1 else _day_ticks(scenario)
    ax.set_xticks(ticks, labels)


def _clock_ticks(scenario: Scenario) -> tuple[list[float], list[str]]:
    hours = np.arange(np.ceil(scenario.day.open / HOUR), np.floor(scenario.day.close / HOUR) + 1)
    step = next(step for step in (1, 2, 3, 4, 6, 12, 24) if len(hours) <= step * MOST_TICKS)
    ticks = [float(hour * HOUR) for hour in hours if hour % step == 0]
    return ticks, [clock_text(tick) for tick in ticks]


def _day_ticks(scenario: Scenario) -> tuple[list[float], list[str]]:
    days = range(0, scenario.days, -(-scenario.days // MOST_TICKS))
    dates = [scenario.date_of(day) for day in days]
    names = [
        _("day {n}").format(n=day + 1) if date is None else tick_date(date)
        for day, date in zip(days, dates, strict=True)
    ]
    return [DAY * day + scenario.day.open for day in days], names
