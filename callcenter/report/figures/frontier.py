"""What more agents buy: the points of a sweep by what they need and what they reach."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from callcenter.arrays import Flags, Floats
from callcenter.language import gettext as _
from callcenter.report.figures.marks import percent
from callcenter.report.figures.style import (
    BAD,
    DASHES,
    GOOD,
    HALF_WIDTH,
    INK,
    MUTED,
    blank_axes,
    house_style,
    labelled,
    legend_above,
    series_look,
    signed,
)
from callcenter.study import SweepResult
from callcenter.study.answers.fewest import candidates, worst_margin
from callcenter.study.answers.points import overall_verdict, roster
from callcenter.totals import ALL

Price = Literal["agent_hours", "cost"]

MOST_CONDITIONS = 4
"""Conditions that have a line each."""
MOST_NAMED = 8
"""Efficient points that are numbered in the figure."""

LOOKS: dict[str | None, dict[str, Any]] = {
    "met": {"marker": "o", "color": GOOD, "markersize": 7},
    "unclear": {"marker": "D", "color": INK, "markerfacecolor": "white", "markersize": 5.5},
    "missed": {"marker": "x", "color": BAD, "markersize": 5.5},
    None: {"marker": "o", "color": MUTED, "markersize": 5.5},
}


class Points(NamedTuple):
    """The points of a sweep as they are drawn."""

    price: Floats
    """Agent-hours of a day, or the money of a replication."""
    gain: Floats
    """Smallest margin over a target; the answer rate of all calls where nothing is promised."""
    verdict: list[str | None]
    conditions: list[str]
    """What is varied beside the staffing."""


def frontier(study: SweepResult, price: Price = "agent_hours", *, ax: Axes | None = None) -> Axes:
    """Smallest margin over a target at each point of a sweep, against its agent-hours or its cost.

    Without targets it is the answer rate of all calls.  Discs meet every target, diamonds may, crosses miss
    one.  A stepped line joins the points that no other one beats at the same price or less, under each of the
    other conditions that the sweep varies (such as the volume) if they are few.
    """
    points = points_of(study, price)
    edges = _edges(points)
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 3.1)
        for place, (conditions, numbers) in enumerate(edges.items()):
            _draw_edge(ax, place, conditions, points, numbers)
        for verdict in (verdict for verdict in LOOKS if verdict in points.verdict):
            is_it = np.array([each == verdict for each in points.verdict])
            dots = LOOKS[verdict] | {"linestyle": "none", "zorder": 3, "label": _verdict(verdict)}
            ax.plot(points.price[is_it], points.gain[is_it], **dots)
        named = [number for numbers in edges.values() for number in numbers]
        for number in named if len(named) <= MOST_NAMED else ():
            _name(ax, number, points)
        _axes(ax, price, has_targets=None not in points.verdict)
        legend_above(ax, 2)
    return ax


def points_of(study: SweepResult, price: Price) -> Points:
    """Return price, gain and verdict of each point, in order."""
    verdicts = [overall_verdict(summary) for summary in study.summaries]
    if price == "cost":
        prices = [summary["economics"]["cost"]["value"] for summary in study.summaries]
    else:
        prices = [roster(point.scenario).hours for point in study.design.points]
    rates = [summary["tiers"][ALL]["service_level"]["value"] for summary in study.summaries]
    gains = rates if None in verdicts else [worst_margin(summary) for summary in study.summaries]
    conditions = [point.conditions for point in candidates(study)]
    numbers = np.array([np.nan if gain is None else gain for gain in gains], float)
    return Points(
        np.array(prices, float), np.where(np.isfinite(numbers), numbers, np.nan), verdicts, conditions
    )


def efficient(price: Floats, gain: Floats) -> Flags:
    """Return of each point whether no other one gains more for its price, or as much for less."""
    beaten = (price[None] <= price[:, None]) & (gain[None] >= gain[:, None])
    strictly = (price[None] < price[:, None]) | (gain[None] > gain[:, None])
    return ~(beaten & strictly).any(axis=1) & ~np.isnan(gain)


def _edges(points: Points) -> dict[str, list[int]]:
    """Return the efficient points by rising price, under each condition if there are a few of them."""
    groups = list(dict.fromkeys(points.conditions))
    if not 1 < len(groups) <= MOST_CONDITIONS:
        groups = [""]
    cheapest = {}
    for group in groups:
        mine = np.array([not group or conditions == group for conditions in points.conditions])
        best = np.flatnonzero(mine)[efficient(points.price[mine], points.gain[mine])]
        cheapest[group] = [int(number) for number in best[np.argsort(points.price[best], kind="stable")]]
    return cheapest


def _draw_edge(ax: Axes, place: int, conditions: str, points: Points, numbers: list[int]) -> None:
    look: dict[str, Any] = {"color": series_look(place).color if conditions else INK, "linewidth": 1.4}
    look |= {"linestyle": DASHES[(place + 1) % len(DASHES)], "drawstyle": "steps-post"}
    ax.plot(points.price[numbers], points.gain[numbers], **look, label=conditions or _("efficient edge"))


def _name(ax: Axes, number: int, points: Points) -> None:
    look: dict[str, Any] = {"textcoords": "offset points", "ha": "right", "va": "bottom", "fontsize": 8.0}
    ax.annotate(str(number), (points.price[number], points.gain[number]), (-4, 3), **look)


def _verdict(verdict: str | None) -> str:
    texts = {
        "met": _("every target met"),
        "unclear": _("unclear"),
        "missed": _("a target missed"),
        None: _("point"),
    }
    return texts[verdict]


def _axes(ax: Axes, price: Price, *, has_targets: bool) -> None:
    ax.margins(x=0.06, y=0.12)
    ax.grid(axis="x")
    ax.xaxis.set_major_locator(MaxNLocator(6))
    labelled(ax.xaxis)
    ax.set_xlabel(_("agent-hours a day") if price == "agent_hours" else _("cost of a replication"))
    if not has_targets:
        percent(ax.yaxis)
        ax.set_ylabel(_("answer rate"))
        return
    ax.axhline(0, color=MUTED, linewidth=1.0)
    labelled(ax.yaxis, lambda gain: signed(100 * gain))
    ax.set_ylabel(_("smallest margin, % points"))
