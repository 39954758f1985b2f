"""The figures of a report with what is said below them and read out instead of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes

from callcenter.report import figures, wording
from callcenter.report.effects import tier_effects
from callcenter.report.figures.heatmap import is_wide
from callcenter.report.figures.rates import RATE, common_floor, target_of
from callcenter.report.grid import Plane, parameters, plane
from callcenter.report.tables.layout import shown_tiers
from callcenter.report.tables.sweep import common_tiers
from callcenter.study import Result, SweepResult
from callcenter.study.effects import model_of
from callcenter.study.labels import label

MOST_DOTS = 30
"""Points of a sweep in one dot plot."""

HEATMAP_NOTE = (
    "The thick line parts the points that reach the target from the others; hatched: missed; ?: unclear. "
    "A number behind a staffing is that of the agents at the peak, all pools together."
)
CURVE_NOTE = "Band: 95% interval; dashed line: target."
TORNADO_NOTE = (
    "Bars lead from the mean answer rate at one end of a path to that at the other, the other paths on "
    "average; hatched: it falls. Stroke: 95% interval of the effect."
)
DOTS_NOTE = "Bar: 95% interval; upright stroke: target. Points are numbered as in the table below."


class Picture(NamedTuple):
    """A figure on the page."""

    title: str
    svg: Markup
    caption: str
    kind: str = ""


def picture(ax: Axes, name: str, title: str, caption: str, description: str = "", kind: str = "") -> Picture:
    """Put axes on the page; `name` is unique on it, the description says what the figure shows."""
    svg = figures.svg_element(ax, name, title, description or caption)
    return Picture(title, Markup(svg), caption, kind)  # noqa: S704 - texts in it were escaped as XML


class Exhibition(NamedTuple):
    """Figures of one kind with what is said to all of them."""

    pictures: Sequence[Picture]
    note: str


def sweep_pictures(study: SweepResult) -> Exhibition:
    """Return the answer rates over what was varied: as heatmaps, curves or dots, and the effects of each."""
    effects = tier_effects(study)
    shown = _rates(study)
    if not effects:
        return shown
    bars = [_tornado(study, tier, rows) for tier, rows in effects.items()]
    is_spread = not model_of(study.design).is_grid
    return Exhibition(
        [*bars, *([] if is_spread else shown.pictures)], f"{TORNADO_NOTE} {'' if is_spread else shown.note}"
    )


def _tornado(study: SweepResult, tier: str, rows: pd.DataFrame) -> Picture:
    position = list(study.results[0].scenario.tiers).index(tier)
    largest = rows.iloc[rows["effect"].abs().argmax()]
    said = f"The largest effect is that of {largest['factor']}: {wording.points(largest['effect'])} points."
    return picture(
        figures.tornado(rows), f"tornado-{position}", f"{tier}: what moves the answer rate", "", said
    )


def _rates(study: SweepResult) -> Exhibition:
    axes = plane(study)
    if axes is not None:
        return Exhibition(list(_heatmaps(study, axes)), HEATMAP_NOTE)
    varied, tiers = parameters(study), _tier_rows(study).items()
    if len(varied) == 1 and varied[0].magnitudes is not None:
        return Exhibition([_curve(study, tier, rows) for tier, rows in tiers], CURVE_NOTE)
    return Exhibition([_dots(study, tier, rows) for tier, rows in tiers], DOTS_NOTE)


def _tier_rows(study: SweepResult) -> dict[str, pd.DataFrame]:
    points = study.points
    return {tier: points[points["tier"] == tier] for tier in common_tiers(study)}


def _heatmaps(study: SweepResult, axes: Plane) -> Iterator[Picture]:
    tiers = _tier_rows(study)
    promised = {tier: rows for tier, rows in tiers.items() if rows["target"].notna().any()}
    drawn = promised or tiers
    kind = "full" if is_wide(len(axes.across.values)) else ""
    floor = pd.concat(drawn.values())[RATE[0]].fillna(1.0).min()
    for number, (tier, rows) in enumerate(drawn.items()):
        ax = figures.answer_rate_heatmap(study, tier, floor=floor)
        title = f"{tier}: answer rate in %, {_common_target(rows)}"
        yield picture(ax, f"heat-{number}", title, "", _range(rows), kind)
    if len(promised) > 1:
        ax = figures.margin_heatmap(study)
        title = "All targets: smallest margin in % points"
        yield picture(
            ax, "heat-margin", title, "", "Distance of the worst tier to its target at each point.", kind
        )


def _curve(study: SweepResult, tier: str, rows: pd.DataFrame) -> Picture:
    position = list(study.results[0].scenario.tiers).index(tier)
    ax = figures.answer_rate_curve(rows, parameters(study)[0], position=position)
    return picture(ax, f"curve-{position}", f"{tier}: answer rate, {_common_target(rows)}", "", _range(rows))


def _dots(study: SweepResult, tier: str, rows: pd.DataFrame) -> Picture:
    position = list(study.results[0].scenario.tiers).index(tier)
    labels = [_label(study, point) for point in rows["point"]]
    ax = figures.answer_rate_dots(rows[:MOST_DOTS], labels[:MOST_DOTS], position=position)
    more = len(rows) - MOST_DOTS
    caption = f"The first {MOST_DOTS} points; {more} more in kpis.csv." if more > 0 else ""
    return picture(
        ax, f"dots-{position}", f"{tier}: answer rate by point, {_common_target(rows)}", caption, _range(rows)
    )


def _label(study: SweepResult, point: int) -> str:
    """Name a point by what it sets if that fits beside an axis, else by its number."""
    texts = [label(study.settings[point][path]) for path in study.varied]
    return ", ".join(texts) if len(texts) == 1 else f"point {point}"


def _common_target(rows: pd.DataFrame) -> str:
    levels = rows[["target", "within_s"]].drop_duplicates()
    return _promise(levels.iloc[0].to_dict()) if len(levels) == 1 else "targets vary"


def _promise(level: Mapping[Any, Any]) -> str:
    within = wording.duration(level["within_s"])
    return f"no target ({within})" if pd.isna(level["target"]) else f"target {wording.target(level)}"


def _range(rows: pd.DataFrame) -> str:
    rates = rows[RATE[0]]
    met = int((rows["verdict"] == "met").sum())
    ends = f"from {wording.percent(rates.min())} to {wording.percent(rates.max())}"
    return f"Answer rate {ends} over {wording.plural(len(rows), 'point')}; target met at {met}."


def rate_pictures(result: Result) -> list[Picture]:
    """Return the answer rate by interval of each tier, those with a target on one scale."""
    targets = {tier: target_of(result, tier) for tier in shown_tiers(result)}
    intervals = result.intervals
    rows = {tier: intervals[intervals["tier"] == tier] for tier in targets}
    promised = [tier for tier, target in targets.items() if target is not None]
    floor = common_floor([rows[tier] for tier in promised], [targets[tier] for tier in promised])
    return [_rate_picture(result, tier, rows[tier], floor if tier in promised else None) for tier in targets]


def _rate_picture(result: Result, tier: str, rows: pd.DataFrame, floor: float | None) -> Picture:
    ax = figures.answer_rate_by_interval(result, tier, floor=floor)
    number = list(result.scenario.tiers).index(tier)
    level = result.summary["tiers"][tier]["service_level"]
    title = f"{tier}: answer rate, {_promise(level)}"
    return picture(ax, f"rate-{number}", title, "", _worst_interval(rows, target_of(result, tier)))


def _worst_interval(rows: pd.DataFrame, target: float | None) -> str:
    known = rows.dropna(subset=[RATE[0]])
    if known.empty:
        return "Nothing was offered."
    worst = known.iloc[int(known[RATE[0]].argmin())]
    lowest = f"Lowest answer rate {wording.percent(worst[RATE[0]])} in the interval from {worst['start']}"
    if target is None:
        return f"{lowest}."
    below = int((known[RATE[0]] < target).sum())
    return f"{lowest}; {below} of {wording.plural(len(known), 'interval')} below the target."


def day_pictures(result: Result) -> list[Picture]:
    """Return calls, agents and queue by interval."""
    calls = picture(
        figures.calls_by_interval(result),
        "calls",
        "Calls that asked for a person",
        "Hatched: abandoned, closed or still in line.",
    )
    agents = picture(
        figures.agents_by_interval(result),
        "agents",
        "Agents staffed and busy, all pools",
        "Line: staffed. Area: busy with talk, wrap-up and callbacks; the gap is idle time.",
    )
    queue = picture(
        figures.queue_by_interval(result, shown_tiers(result)),
        "queue",
        "Callers in line, mean over each interval",
        "The last interval of a day includes those who wait after the close.",
        kind="full",
    )
    return [calls, agents, queue]


def callback_pictures(result: Result) -> list[Picture]:
    """Return backlog and work of the callbacks; nothing if none was owed."""
    if not result.summary["callbacks"]["created"]["value"]:
        return []
    promise = wording.duration(result.scenario.callbacks.within)
    backlog = picture(
        figures.callback_backlog(result),
        "backlog",
        "Callbacks open at the end of each interval",
        f"Band: 95% interval. Where the open ones rise above the dashed line, some are older than {promise}.",
    )
    work = picture(
        figures.callback_work(result),
        "callback-work",
        "Callbacks created and attempts made",
        "An attempt that reaches nobody is repeated.",
    )
    return [backlog, work]
