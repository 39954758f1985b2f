"""How long callers wait: the share that waits longer than each time, tier by tier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from callcenter.arrays import Floats, Ints
from callcenter.language import gettext as _
from callcenter.measure.waits import WAIT_EDGES
from callcenter.report.figures.marks import known, look_of, names_above, percent
from callcenter.report.figures.style import HALF_WIDTH, INK, blank_axes, exact, house_style, labelled
from callcenter.study import Result
from callcenter.wording import duration

LEAST_SHARE = 1e-3
"""Lower end of the axis: one caller in a thousand."""
SHORTEST = 60.0
"""Seconds along the axis at least."""
MOST_SECONDS = 300.0
"""Longer axes count minutes."""


def waits(result: Result, tiers: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Share of the callers of each tier that waited longer than each time, until an agent or until they left.

    Of calls that asked for a person, all replications together; the axis of shares is logarithmic.  Upright
    dashes stand at the times promised, and a dot on each curve at its own.  Curves of tiers without a promise
    may leave the figure.
    """
    scenario = result.scenario
    bins = np.sum([tally.wait_bins for tally in result.tallies], axis=0)
    shown = known(tiers, list(scenario.tiers))
    curves = {position: waiting_longer(bins[position]) for position, _name in shown}
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.9)
        for position, tier in shown:
            curve = np.where(curves[position] > 0, curves[position], np.nan)
            apart = (0.02 + 0.025 * (position % 6), 0.17)
            look = look_of(position) | {"markevery": None if np.isnan(curve).all() else apart}
            ax.plot(WAIT_EDGES, curve, **look, label=_label(tier, curve))
        within = {position: promised(result, tier) for position, tier in shown}
        kept = {position: limit for position, limit in within.items() if limit is not None}
        _axes(ax, _longest([curves[position] for position in kept or within], kept.values()))
        _promises(ax, set(kept.values()))
        for position, limit in kept.items():
            at = np.interp(limit, WAIT_EDGES, curves[position])
            ax.plot(limit, at, "o", color=INK, markersize=6.5, markerfacecolor="white", zorder=4)
        names_above(ax)
    return ax


def waiting_longer(bins: Ints) -> Floats:
    """Return the share of waits above each of WAIT_EDGES, from their histogram; nan if there is none."""
    total = bins.sum()
    if not total:
        return np.full(WAIT_EDGES.size, np.nan)
    longer: Floats = 1.0 - np.cumsum(bins[:-1]) / total
    return longer


def _label(tier: str, curve: Floats) -> str:
    """Name a curve; one that stays below the axis is said to."""
    is_below = np.nanmax(curve, initial=0.0) < LEAST_SHARE
    return _("{tier} (below 0.1%)").format(tier=tier) if is_below else tier


def promised(result: Result, tier: str) -> float | None:
    """Return the seconds within which a tier is promised an answer; None if it is not."""
    target = result.scenario.tiers[tier].target
    return None if target is None else target.within


def _longest(curves: Iterable[Floats], withins: Iterable[float]) -> float:
    """Return the time after which fewer wait than the axis shows, of the curves that matter."""
    lasting = [WAIT_EDGES[curve >= LEAST_SHARE].max(initial=0.0) for curve in curves]
    least = [2 * within for within in withins]
    return float(max([SHORTEST, *least, *(1.05 * last for last in lasting)]))


def _axes(ax: Axes, longest: float) -> None:
    in_minutes = longest > MOST_SECONDS
    unit = 60.0 if in_minutes else 1.0
    ax.set_yscale("log")
    ax.set_ylim(LEAST_SHARE, 1.0)
    percent(ax.yaxis)
    ax.set_ylabel(_("still waiting"))
    ax.set_xlim(0, longest)
    ticks = MaxNLocator(7, steps=[1, 2, 5, 10]).tick_values(0, longest / unit)
    ax.set_xticks([unit * tick for tick in ticks if unit * tick <= longest])
    labelled(ax.xaxis, lambda wait: exact(wait / unit))
    ax.set_xlabel(_("minutes waited") if in_minutes else _("seconds waited"))


def _promises(ax: Axes, withins: Iterable[float]) -> None:
    for within in withins:
        ax.axvline(within, color=INK, linestyle=(0, (4, 2)), linewidth=1.1)
        ax.annotate(
            duration(within),
            (within, 1.0),
            (3, -3),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            va="top",
            fontsize=8.0,
        )
