"""A fit beside what it was fitted to: profile, patience, talk and staffing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from callcenter.arrays import Floats
from callcenter.clock import clock_text
from callcenter.fit.fitted import Fitted, TierFit
from callcenter.fit.laws import FAMILIES
from callcenter.fit.staffing.levels import Levels
from callcenter.fit.talk import Level, Talk
from callcenter.language import gettext as _
from callcenter.report.figures.clock import HOUR, MOST_TICKS
from callcenter.report.figures.marks import look_of, names_above, percent
from callcenter.report.figures.style import (
    FULL_WIDTH,
    HALF_WIDTH,
    INK,
    MUTED,
    SERIES,
    blank_axes,
    counted,
    exact,
    house_style,
    labelled,
    legend_above,
)

LONGEST = 600.0
"""Seconds of waiting that figures of patience show."""
_NAMED_AT_RISK = (0, 60, 180, 300, 600)


def profile(model: Fitted, *, ax: Axes | None = None) -> Axes:
    """Calls of each interval, mean of days, with the 95% interval of the mean and where most days lie."""
    starts = np.array(model.hours.starts)
    middles, calls = starts + model.hours.interval / 2, model.profile
    spread = 2 * np.sqrt(np.nan_to_num(calls.dispersion) * calls.total)
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 2.6)
        low, high = np.maximum(calls.total - spread, 0), calls.total + spread
        ax.fill_between(middles, low, high, color=SERIES[0], alpha=0.15, linewidth=0, label=_("most days"))
        ax.fill_between(
            middles, calls.low, calls.high, color=SERIES[0], alpha=0.45, linewidth=0, label=_("95% interval")
        )
        ax.plot(middles, calls.total, color=INK, label=_("mean"))
        counted(ax, _("calls"))
        _clock(ax, model)
        legend_above(ax, 3)
    return ax


def dispersion(model: Fitted, *, ax: Axes | None = None) -> Axes:
    """Variance of the calls of each interval over their mean: 1 is the chance of Poisson alone."""
    starts, width = np.array(model.hours.starts), model.hours.interval
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.4)
        ax.bar(
            starts, np.nan_to_num(model.profile.dispersion), width, align="edge", color=SERIES[0], alpha=0.75
        )
        ax.axhline(1.0, color=INK, linestyle=(0, (4, 2)), linewidth=1.1)
        counted(ax, _("variance ÷ mean"))
        _clock(ax, model)
    return ax


def patience_curves(model: Fitted, tiers: Sequence[TierFit] | None = None, *, ax: Axes | None = None) -> Axes:
    """Share of callers of each tier who still wait: steps of Kaplan and Meier, and the line of the family."""
    shown = [tier for tier in (tiers or model.tiers) if tier.patience.survival or tier.patience.reported]
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.9)
        for position, tier in enumerate(shown):
            look = look_of(position)
            times, shares = _seen(tier)
            ax.step(times, shares, where="post", color=look["color"], linewidth=1.0, alpha=0.6)
            grid = np.linspace(0.0, LONGEST, 200)
            apart = (0.02 + 0.025 * (position % 6), 0.17)
            ax.plot(grid, _family(tier, grid), label=tier.name, markevery=apart, **look)
        ax.set_xlim(0, LONGEST)
        ax.set_ylim(0, 1)
        percent(ax.yaxis)
        ax.set_xlabel(_("seconds waited"))
        ax.set_ylabel(_("still waiting"))
        names_above(ax)
    return ax


def _seen(tier: TierFit) -> tuple[Floats, Floats]:
    survival = tier.patience.survival
    if survival is None:
        limits = np.array([(0.0, 1.0), *tier.patience.reported])
        return limits[:, 0], limits[:, 1]
    known = survival.times <= survival.known_until
    return np.append(0.0, survival.times[known]), np.append(1.0, survival.survival[known])


def _family(tier: TierFit, times: Floats) -> Floats:
    chosen = tier.patience.chosen
    if chosen is None:
        return np.ones(len(times))
    return np.asarray(np.exp(FAMILIES[chosen.family].survival(np.array(chosen.parameters), times)))


def hazard(model: Fitted, *, ax: Axes | None = None) -> Axes:
    """How many of 100 callers hang up per minute, by the time they have waited, with 95% intervals."""
    rates = model.hazard
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.9)
        if rates is not None:
            known = rates.ended > 0
            middles = (rates.edges[1:] + rates.edges[:-1]) / 2
            low, high = (6000 * side for side in rates.band())
            ax.vlines(middles[known], low[known], high[known], color=SERIES[0], linewidth=2.4, alpha=0.5)
            ax.plot(middles[known], 6000 * rates.rate[known], "o", color=SERIES[0], markersize=3.5)
        ax.set_xlim(0, 300)
        counted(ax, _("of 100 waiting, hang up in a minute"))
        ax.set_xlabel(_("seconds waited"))
    return ax


def talk_quantiles(model: Fitted, *, ax: Axes | None = None) -> Axes:
    """Percentiles of talk as fitted and as seen: on the diagonal the family fits."""
    fitted = [tier for tier in model.tiers if tier.talk and tier.talk.percentiles and not tier.is_talk_pooled]
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.9)
        for position, tier in enumerate(fitted):
            assert tier.talk is not None
            look = look_of(position)
            dots = look | {"linestyle": "none", "markersize": 2.6, "label": tier.name}
            ax.plot(_expected(tier.talk), tier.talk.percentiles, **dots)
        limits = [min(ax.get_xlim()[0], ax.get_ylim()[0]), max(ax.get_xlim()[1], ax.get_ylim()[1])]
        ax.plot(limits, limits, color=MUTED, linewidth=0.9)
        ax.set_xscale("log")
        ax.set_yscale("log")
        labelled(ax.xaxis)
        labelled(ax.yaxis)
        ax.set_xlabel(_("seconds, by the family"))
        ax.set_ylabel(_("seconds, seen"))
        names_above(ax)
    return ax


def _expected(talk: Talk) -> Floats:
    """Return the percentiles of the family, by its survival on a fine grid."""
    name = talk.family if talk.family in FAMILIES else "lognormal"
    grid = np.geomspace(0.5, 40 * max(talk.percentiles), 4000)
    below = 1 - np.exp(FAMILIES[name].survival(np.array(talk.parameters), grid))
    return np.asarray(np.interp(np.arange(1, 100) / 100, below, grid))


def talk_levels(levels: Sequence[Level], *, ax: Axes | None = None) -> Axes:
    """Talk in parts of the time over the mean of each tier, with 95% intervals."""
    places = np.arange(len(levels))
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.4)
        ax.axhline(1.0, color=MUTED, linewidth=0.9)
        low, high = ([getattr(level.factor, side) for level in levels] for side in ("low", "high"))
        ax.vlines(places, low, high, color=SERIES[0], linewidth=2.4, alpha=0.5)
        ax.plot(places, [level.factor.value for level in levels], "o", color=SERIES[0])
        step = -(-len(levels) // MOST_TICKS)
        ax.set_xticks(places[::step], [level.label for level in levels][::step])
        labelled(ax.yaxis, lambda factor: f"{exact(round(100 * factor, 6))}%")
        ax.set_ylabel(_("of mean talk"))
    return ax


def staffing(model: Fitted, *, ax: Axes | None = None) -> Axes:
    """Agents there on a usual day, beside those with callers and those between first and last call."""
    lines: list[tuple[str, Levels | None]] = [
        (_("between first and last call"), model.first_to_last),
        (_("there, as inferred"), model.levels),
        (_("with callers"), model.busy),
    ]
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 2.6)
        for position, (label, levels) in enumerate(lines):
            if levels is not None:
                edges = levels.opening + levels.step * np.arange(levels.agents.shape[2] + 1)
                look = look_of(position)
                heights = levels.roster(levels.step).sum(axis=0)
                ax.stairs(
                    heights,
                    edges,
                    baseline=None,
                    color=look["color"],
                    linestyle=look["linestyle"],
                    label=label,
                )
        counted(ax, _("agents"))
        _clock(ax, model)
        legend_above(ax, 3)
    return ax


def _clock(ax: Axes, model: Fitted) -> None:
    """Put clock times below the hours of a day."""
    opening, closing = model.hours.opening, model.hours.closing
    hours = np.arange(np.ceil(opening / HOUR), np.floor(closing / HOUR) + 1)
    step = next(step for step in (1, 2, 3, 4, 6, 12, 24) if len(hours) <= step * MOST_TICKS)
    ticks = [float(hour * HOUR) for hour in hours if hour % step == 0]
    ax.set_xlim(opening, closing)
    ax.set_xticks(ticks, [clock_text(tick) for tick in ticks])
