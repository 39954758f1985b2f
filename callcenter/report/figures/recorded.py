"""Recorded days beside the same days simulated: through the day, from day to day, and waits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from callcenter.arrays import Floats, Ints
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.measure.waits import WAIT_EDGES
from callcenter.replay.beside import Beside
from callcenter.replay.parts import ABANDONMENT, MEAN_WAIT, MEASURES, SERVICE_LEVEL
from callcenter.report.figures.marks import hours_axis, look_of, names_above, percent
from callcenter.report.figures.style import (
    FULL_WIDTH,
    HALF_WIDTH,
    INK,
    SERIES,
    blank_axes,
    counted,
    exact,
    house_style,
    labelled,
    legend_above,
)
from callcenter.report.figures.waiting import LEAST_SHARE, SHORTEST, waiting_longer

NAMES = {
    SERVICE_LEVEL: noted("answer rate"),
    ABANDONMENT: noted("abandonment"),
    MEAN_WAIT: noted("mean wait, seconds"),
}
Waits = Mapping[str, Ints]
"""Waits in the bins of `WAIT_EDGES` by the name of whoever waited; the first are those recorded."""

MOST_DAYS = 14
"""Names of days below an axis."""


def calls_through_day(beside: Beside, *, ax: Axes | None = None) -> Axes:
    """Calls of each interval that asked for a person, mean of days, recorded and simulated."""
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.5)
        for side, look in zip(beside.calls(), _looks(), strict=True):
            _stairs(ax, beside, side, look)
        counted(ax, _("calls"))
        _clock(ax, beside)
        legend_above(ax, 2)
    return ax


def through_day(beside: Beside, measure: str = SERVICE_LEVEL, *, ax: Axes | None = None) -> Axes:
    """A figure of each interval, all days together: recorded, simulated, and the band of 95%."""
    figures, place = beside.by_interval(), MEASURES.index(measure)
    width = FULL_WIDTH if measure == SERVICE_LEVEL else HALF_WIDTH
    with house_style():
        ax = blank_axes(ax, width, 2.7 if measure == SERVICE_LEVEL else 2.5)
        edges = _edges(beside)
        low, high = (np.append(side[place], side[place][-1]) for side in (figures.low, figures.high))
        ax.fill_between(
            edges, low, high, step="post", color=SERIES[1], alpha=0.2, linewidth=0, label=_band_name()
        )
        for side, look in zip((figures.recorded, figures.simulated), _looks(), strict=True):
            _stairs(ax, beside, side[place], look)
        _measured(ax, measure)
        _clock(ax, beside)
        legend_above(ax, 3)
    return ax


def _looks() -> tuple[dict[str, object], dict[str, object]]:
    """Return the look of what is recorded and of what is simulated, in every figure the same."""
    return (
        {"color": INK, "linestyle": "solid", "label": _("recorded")},
        {"color": SERIES[1], "linestyle": (0, (6.0, 2.0)), "label": _("simulated")},
    )


def _band_name() -> str:
    return _("95% of replications")


def _edges(beside: Beside) -> Floats:
    return np.asarray(beside.opening + beside.interval * np.arange(beside.recorded.shape[-1] + 1))


def _stairs(ax: Axes, beside: Beside, heights: Floats, look: Mapping[str, object]) -> None:
    ax.stairs(heights, _edges(beside), baseline=None, linewidth=1.7, **look)  # type: ignore[arg-type]


def _clock(ax: Axes, beside: Beside) -> None:
    edges = _edges(beside)
    hours_axis(ax, edges[0], edges[-1])


def _measured(ax: Axes, measure: str) -> None:
    """Let the vertical axis show shares or seconds, from zero."""
    if measure == MEAN_WAIT:
        counted(ax, _(NAMES[measure]))
        return
    top = min(1.0, 1.05 * max(ax.get_ylim()[1], 0.05))
    ax.set_ylim(0, 1.0 if measure == SERVICE_LEVEL else top)
    percent(ax.yaxis)
    ax.set_ylabel(_(NAMES[measure]))


def day_by_day(beside: Beside, measure: str = SERVICE_LEVEL, *, ax: Axes | None = None) -> Axes:
    """A figure of each day: recorded as a dot, the band of 95% as a stroke, the simulated mean across it."""
    figures, place = beside.by_day(), MEASURES.index(measure)
    at = np.arange(len(beside.days))
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 2.7)
        ax.vlines(
            at,
            figures.low[place],
            figures.high[place],
            color=SERIES[1],
            alpha=0.35,
            linewidth=_stroke(len(at)),
            label=_band_name(),
        )
        dash = {"linestyle": "none", "marker": "_", "markersize": 9.0, "markeredgewidth": 1.8}
        ax.plot(at, figures.simulated[place], color=SERIES[1], label=_("simulated"), **dash)  # type: ignore[arg-type]
        ax.plot(at, figures.recorded[place], "o", color=INK, markersize=4.5, label=_("recorded"))
        step = -(-len(at) // MOST_DAYS)
        ax.set_xticks(at[::step], [_short(day) for day in beside.days[::step]])
        ax.set_xlim(-0.7, len(at) - 0.3)
        _measured(ax, measure)
        legend_above(ax, 3)
    return ax


def _stroke(days: int) -> float:
    """Return how many points wide a stroke is, so that those of many days stay apart."""
    return max(1.2, min(7.0, 300.0 / max(days, 1)))


def _short(day: str) -> str:
    """Return a date without its year, where it is one."""
    year, _dash, rest = day.partition("-")
    return rest if len(year) == 4 and rest else day


def wait_curves(waits: Waits, *, ax: Axes | None = None) -> Axes:
    """Share of callers that waited longer than each time, by name; the first is what was recorded.

    The axis of shares is logarithmic.
    """
    curves = {name: waiting_longer(bins) for name, bins in waits.items()}
    longest = max(
        [SHORTEST, *(WAIT_EDGES[curve >= LEAST_SHARE].max(initial=0.0) for curve in curves.values())]
    )
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 3.0)
        for position, (name, curve) in enumerate(curves.items()):
            look = {"color": INK, "linewidth": 2.2} if not position else _line(position)
            ax.plot(WAIT_EDGES, np.where(curve > 0, curve, np.nan), label=name, **look)  # type: ignore[arg-type]
        ax.set_yscale("log")
        ax.set_ylim(LEAST_SHARE, 1.0)
        percent(ax.yaxis)
        ax.set_ylabel(_("still waiting"))
        _minutes(ax, longest)
        names_above(ax, 2)
    return ax


def _line(position: int) -> dict[str, object]:
    look = look_of(position)
    return {"color": look["color"], "linestyle": look["linestyle"]}


def _minutes(ax: Axes, longest: float) -> None:
    ax.set_xlim(0, longest)
    ticks = MaxNLocator(7, steps=[1, 2, 5, 10]).tick_values(0, longest / 60)
    ax.set_xticks([60 * tick for tick in ticks if 60 * tick <= longest])
    labelled(ax.xaxis, lambda wait: exact(wait / 60))
    ax.set_xlabel(_("minutes waited"))


def wait_quantiles(waits: Waits, *, ax: Axes | None = None) -> Axes:
    """Quantiles of simulated waits over those recorded, which are the first; on the diagonal they are alike.

    Percentiles 5 to 99; those of no wait lie at zero.
    """
    levels = np.array([*range(5, 100, 5), 97, 99]) / 100
    (_name, seen), *others = waits.items()
    recorded = quantiles(seen, levels) / 60
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 3.0)
        ends = [float(np.nanmax(recorded, initial=0.0))]
        for position, (name, bins) in enumerate(others, start=1):
            simulated = quantiles(bins, levels) / 60
            ends.append(float(np.nanmax(simulated, initial=0.0)))
            look = look_of(position) | {"linewidth": 0.9, "markersize": 3.4}
            ax.plot(recorded, simulated, label=name, **look)
        end = 1.05 * max(*ends, 0.5)
        ax.plot([0, end], [0, end], color=INK, linewidth=0.9)
        ax.set_xlim(0, end)
        ax.set_ylim(0, end)
        labelled(ax.xaxis)
        labelled(ax.yaxis)
        ax.set_xlabel(_("minutes waited, recorded"))
        ax.set_ylabel(_("minutes waited, simulated"))
        names_above(ax, 2)
    return ax


def quantiles(bins: Ints, levels: Floats) -> Floats:
    """Return the waits below which so large shares lie, from their histogram; nan if there is none."""
    total = bins.sum()
    if not total:
        return np.full(len(levels), np.nan)
    below = np.cumsum(bins[:-1]) / total
    return np.asarray(np.interp(levels, below, WAIT_EDGES), float)
