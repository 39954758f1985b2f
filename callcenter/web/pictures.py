"""The figures of the page: those of the report, with the reference in grey behind them."""

from __future__ import annotations

import base64
import html
from functools import cache
from pathlib import Path

import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure.tables import callback_interval_table, pool_interval_table
from callcenter.report import figures
from callcenter.report.figures.clock import apart, middles, starts, steps
from callcenter.report.figures.rates import RATE, common_floor, target_of
from callcenter.report.figures.style import FULL_WIDTH, HALF_WIDTH, MUTED, blank_axes, house_style
from callcenter.scenario import Scenario
from callcenter.study import Result
from callcenter.study.answers.callbacks import owes_callbacks
from callcenter.study.insights.requirements import required_agents
from callcenter.web.whatif import WORK

HEIGHT = 1.85
"""Inches, so that tiles and three figures fit on one screen."""

TALL = 3.1

GREY = 0.7


def rate_picture(result: Result, reference: Result, tier: str) -> str:
    """Return the answer rate of a tier by interval against its target, as an image."""
    rates = [_rates(each, tier) for each in (result, reference)]
    floor = common_floor(rates, [target_of(result, tier)])
    with WORK:
        ax = figures.answer_rate_by_interval(result, tier, floor=floor, ax=_axes(TALL))
        if reference is not result:
            scenario = reference.scenario
            _grey(ax, apart(scenario, middles(scenario)), apart(scenario, rates[1][RATE[0]]))
        title = _("{tier}: answer rate by interval").format(tier=tier)
        return image(ax, "rate", title, _("Band: 95% interval. Dashed: target. Grey: the reference."))


def agents_picture(result: Result, reference: Result) -> str:
    """Return the agents staffed and busy by interval, all pools, as an image."""
    with WORK:
        ax = figures.agents_by_interval(result, ax=_axes())
        if reference is not result:
            pools = pool_interval_table(reference.scenario, reference.tallies)
            staffed = pools.groupby(["day", "interval"], sort=True)["staffed"].sum(min_count=1)
            with house_style():
                steps(ax, reference.scenario, staffed, color=MUTED, label="_")
                ax.patches[-1].set(zorder=0.9, linewidth=3)
        return image(ax, "agents", _("Agents staffed and busy"), _("Line: staffed. Area: busy."))


def backlog_picture(result: Result, reference: Result) -> str:
    """Return the open callbacks by interval, as an image."""
    with WORK:
        ax = figures.callback_backlog(result, ax=_axes())
        if reference is not result:
            scenario = reference.scenario
            jobs = callback_interval_table(scenario, reference.tallies)
            _grey(ax, starts(scenario) + scenario.day.interval, jobs["backlog"])
        promise = wording.duration(result.scenario.callbacks.within)
        described = _("Above the dashed line, some are older than {promise}.").format(promise=promise)
        return image(ax, "backlog", _("Callbacks open"), described)


def over_under_picture(variant: Scenario) -> str:
    """Return agents scheduled less required by pool and interval, as an image."""
    required = required_agents(variant)
    with WORK:
        with house_style():
            rows = max(2, required["pool"].nunique() + 1)
            ax = figures.over_under(required, ax=blank_axes(None, FULL_WIDTH, 0.5 + 0.27 * rows))
        title = _("Agents scheduled less required")
        return image(ax, "over-under", title, _("Blue: too many. Orange, hatched: too few."))


def shows_callbacks(*results: Result) -> bool:
    """Whether any of the results has a callback to show."""
    return any(owes_callbacks(result.summary) for result in results)


def _rates(result: Result, tier: str) -> pd.DataFrame:
    intervals = result.intervals
    return intervals.loc[intervals["tier"] == tier, list(RATE)]


def _axes(height: float = HEIGHT) -> Axes:
    with house_style():
        return blank_axes(None, HALF_WIDTH, height)


def _grey(ax: Axes, x: npt.ArrayLike, y: npt.ArrayLike) -> None:
    with house_style():
        ax.plot(x, y, color=MUTED, alpha=GREY, linewidth=1.4, zorder=1.5, label="_")


def image(ax: Axes, name: str, title: str, description: str) -> str:
    """Return the `<img>` element of a figure, a document of its own that needs no other."""
    svg = figures.svg_element(ax, name, title, description)
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    svg = svg.replace("</svg>", f"<style>{palette()}</style></svg>")
    coded = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{html.escape(f"{title}. {description}")}" src="data:image/svg+xml;base64,{coded}">'


@cache
def palette() -> str:
    """Return the style sheet of a figure; an image follows the light or dark scheme of its page."""
    return (Path(__file__).parent / "templates" / "picture.css").read_text(encoding="utf-8")
