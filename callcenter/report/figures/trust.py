"""How far the answer rates can be trusted: as replications are added, and from day to day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.measure.estimates import Estimate, divide
from callcenter.measure.figures import Figures, groups, summed
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.report.figures.marks import beside, goal_line, known, look_of, percent
from callcenter.report.figures.names import BESIDE, shortened
from callcenter.report.figures.rates import target_of
from callcenter.report.figures.style import HALF_WIDTH, INK, blank_axes, house_style, series_look
from callcenter.study import Result
from callcenter.study.insights.convergence import running

MOST_STEPS = 200
"""Numbers of replications at which the running rate is drawn."""
SETTLED = 5
"""Replications after which the interval has to fit into the figure."""
MOST_DAYS = 300
"""Dots of a tier; of more days an even choice, the best and the worst among them."""


def convergence(result: Result, tier: str, *, ax: Axes | None = None) -> Axes:
    """Answer rate of a tier with its 95% interval after the first, the second, ... replication; its target.

    One replication has no interval.
    """
    position = list(result.scenario.tiers).index(tier)
    after, rates = running_rates(result, tier)
    colour = series_look(position).color
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.4)
        ax.fill_between(after, rates.low, rates.high, color=colour, alpha=0.25, linewidth=0)
        for end in (rates.low, rates.high):
            ax.plot(after, end, color=colour, linewidth=0.8)
        ax.plot(after, rates.value, color=colour, marker="o", markersize=3.0 if after.size <= 60 else 0)
        target = target_of(result, tier)
        _fit(ax, after, rates, target)
        goal_line(ax, target)
        percent(ax.yaxis)
        ax.set_xlim(0, after[-1] + 0.5)
        ax.xaxis.set_major_locator(MaxNLocator(8, integer=True, steps=[1, 2, 5, 10]))
        ax.set_xlabel(_("replications"))
        ax.set_ylabel(_("answer rate"))
    return ax


def running_rates(result: Result, tier: str) -> tuple[Floats, Estimate]:
    """Return numbers of replications, not too many of them, and the answer rate over the first so many."""
    rates = running(result)[tier]
    number = np.size(rates.value)
    after = np.unique(np.linspace(1, number, min(number, MOST_STEPS)).round().astype(int))
    return after.astype(float), Estimate(*(np.asarray(ends, float)[after - 1] for ends in rates))


def day_spread(result: Result, tiers: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Answer rate of every simulated day, one row per tier: dots, the middle half as a box, the target.

    At the right stands the share of days that met the target.
    """
    shown = known(tiers, list(result.scenario.tiers))
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 0.75 + 0.5 * max(len(shown), 2))
        for row, (position, tier) in enumerate(shown):
            _strip(ax, row, daily_rates(result, tier), position)
            _days_met(ax, row, result, tier)
        ax.set_yticks(range(len(shown)), [shortened(tier, BESIDE) for _position, tier in shown])
        ax.set_ylim(len(shown) - 0.5, -0.5)
        ax.grid(axis="y", visible=False)
        ax.grid(axis="x")
        _span(ax, result, [tier for _position, tier in shown])
        ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        ax.set_xticks([tick for tick in ax.get_xticks() if 0 <= tick <= 1])
        percent(ax.xaxis)
        ax.set_xlabel(_("answer rate of a day; upright stroke: target"))
    return ax


def _span(ax: Axes, result: Result, tiers: Sequence[str]) -> None:
    """Show all days and targets, with room for half a dot beside the best."""
    rates = [daily_rates(result, tier) for tier in tiers]
    targets = [target for tier in tiers if (target := target_of(result, tier)) is not None]
    every = np.concatenate([*rates, targets]) if rates else np.array([])
    low, high = float(every.min(initial=1.0)), float(every.max(initial=0.0))
    room = 0.04 * max(high - low, 0.1)
    ax.set_xlim(low - room, high + room)


def daily_rates(result: Result, tier: str) -> Floats:
    """Return the answer rate of each day of each replication, in order; days without calls are left out."""
    scenario = result.scenario
    by_day = _daily(result, groups(scenario, stack(result.tallies))[tier].figures)
    rates = divide(*DEFINITIONS[scenario.service_level.definition](by_day)).ravel()
    known_rates: Floats = rates[~np.isnan(rates)]
    return known_rates


def _daily(result: Result, figures: Figures) -> Figures:
    scenario = result.scenario
    shape = (-1, scenario.days, scenario.day.intervals)
    return summed({name: figure.reshape(shape) for name, figure in figures.items()})


def _strip(ax: Axes, row: int, rates: Floats, position: int) -> None:
    if not rates.size:
        return
    look = look_of(position)
    dots = np.sort(rates)[np.linspace(0, rates.size - 1, min(rates.size, MOST_DAYS)).round().astype(int)]
    scatter = 0.3 * (np.arange(dots.size) * 0.618034 % 1.0 - 0.5)
    size = 4.6 if dots.size <= 60 else 2.6
    dot = {"marker": look["marker"], "markersize": size, "linestyle": "none", "alpha": 0.55}
    ax.plot(dots, row + 0.1 + scatter, **dot, color=look["color"], markeredgewidth=0)
    low, middle, high = np.percentile(rates, (25, 50, 75))
    box = {"height": 0.16, "facecolor": "none", "edgecolor": look["color"], "linewidth": 1.3}
    ax.barh(row - 0.26, high - low, left=low, **box)
    ax.vlines(middle, row - 0.34, row - 0.18, colors=look["color"], linewidth=2.2)


def _days_met(ax: Axes, row: int, result: Result, tier: str) -> None:
    target = target_of(result, tier)
    if target is None:
        return
    ax.vlines(target, row - 0.38, row + 0.32, colors=INK, linewidth=1.6)
    met = result.summary["tiers"][tier]["service_level"]["days_met"]
    if met is not None:
        beside(ax, row, _("met on\n{share}% of days").format(share=f"{100 * met:.0f}"))


def _fit(ax: Axes, after: Floats, rates: Estimate, target: float | None) -> None:
    """Leave room for the interval as it is after some replications; before, it may leave the figure."""
    late = after >= min(SETTLED, after[-1])
    ends = [*rates.low[late], *rates.high[late], *rates.value]
    shown = [end for end in [*ends, target] if end is not None and not np.isnan(end)] or [0.0, 1.0]
    room = 0.15 * max(max(shown) - min(shown), 0.02)
    ax.set_ylim(max(0.0, min(shown) - room), min(1.0 + room / 3, max(shown) + room))
