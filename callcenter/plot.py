"""Every figure of the reports as a function that returns matplotlib Axes: `cc.plot.*`.

Each takes a result (or a study, a comparison, a staffing), names of tiers or pools where there is a choice,
and `ax`, axes to draw into; without it a new figure is made, which a notebook shows by itself.  `save` writes
it to a file.  Unknown names, and studies that a figure cannot show, raise ValueError with what to do instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from callcenter.language import gettext as _
from callcenter.measure.economics import is_priced
from callcenter.report import figures
from callcenter.report.figures.frontier import Price
from callcenter.report.figures.shown import save
from callcenter.report.replay.hour import hour_of, usual_start
from callcenter.report.replay.page import render
from callcenter.scenario import Scenario, Source, load
from callcenter.scenario.errors import nearest
from callcenter.scenario.values import clock
from callcenter.study import Comparison, Result, SweepResult, main_effects
from callcenter.study.answers.axes import parameters
from callcenter.study.designs.labels import label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from callcenter.forecast import Forecast
    from callcenter.intraday import Intraday
    from callcenter.study.staffing import Staffing

__all__ = [
    "agents_by_interval",
    "animated_hour",
    "answer_rate_by_interval",
    "answer_rate_curve",
    "answer_rate_dots",
    "answer_rate_heatmap",
    "callback_backlog",
    "callback_work",
    "calls_by_interval",
    "convergence",
    "day_so_far",
    "day_spread",
    "days_ahead",
    "differences",
    "frontier",
    "margin_heatmap",
    "need",
    "occupancy",
    "over_under",
    "queue_by_interval",
    "queue_replay",
    "save",
    "staffed_and_required",
    "tornado",
    "waits",
    "week_ahead",
]

Run = Result | SweepResult
"""A result, or a study that has only one."""


def answer_rate_by_interval(result: Run, tier: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Answer rate of a tier (the first with a target) along the day, with its 95% interval and target."""
    run = _run(result)
    return figures.answer_rate_by_interval(run, _tier(run.scenario, tier), ax=ax)


def calls_by_interval(result: Run, *, ax: Axes | None = None) -> Axes:
    """Calls that asked for a person in each interval, answered and not; means of a replication."""
    return figures.calls_by_interval(_run(result), ax=ax)


def agents_by_interval(result: Run, pool: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Agents staffed and busy in each interval, of one pool or of all together."""
    run = _run(result)
    return figures.agents_by_interval(run, _pool(run.scenario, pool), ax=ax)


def queue_by_interval(result: Run, tiers: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Callers in line, mean over each interval, one line per tier."""
    run = _run(result)
    return figures.queue_by_interval(run, _tiers(run.scenario, tiers), ax=ax)


def callback_backlog(result: Run, *, ax: Axes | None = None) -> Axes:
    """Callbacks open at the end of each interval, beside the most that can be open without one being late."""
    return figures.callback_backlog(_run(result), ax=ax)


def callback_work(result: Run, *, ax: Axes | None = None) -> Axes:
    """Callbacks created and attempts made in each interval; means of a replication."""
    return figures.callback_work(_run(result), ax=ax)


def waits(result: Run, tiers: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Share of the callers of each tier that waited longer than each time, and the times promised."""
    run = _run(result)
    return figures.waits(run, _tiers(run.scenario, tiers), ax=ax)


def occupancy(result: Run, pools: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Busy share of the staffed time of each pool along the day, with the band of caution from 85 to 90%."""
    run = _run(result)
    chosen = None if pools is None else [_known_pool(pool, run.scenario.pools) for pool in _listed(pools)]
    return figures.occupancy(run, chosen, ax=ax)


def convergence(result: Run, tier: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Answer rate of a tier (the first with a target), with its interval, as replications are added."""
    run = _run(result)
    return figures.convergence(run, _tier(run.scenario, tier), ax=ax)


def day_spread(result: Run, tiers: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Answer rate of every simulated day, one row per tier, and the share of days that met the target."""
    run = _run(result)
    return figures.day_spread(run, _tiers(run.scenario, tiers), ax=ax)


def queue_replay(result: Run, replication: int = 0, day: int = 0, *, ax: Axes | None = None) -> Axes:
    """One simulated day event by event: callers in line, and below them agents busy and staffed.

    `replication` and `day` count from 0.  ValueError unless the run kept its calls (`keep="calls"`).
    """
    return figures.queue_replay(_run(result), replication, day, ax=ax)


def staffed_and_required(scenario: Source | Run, pool: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Agents scheduled and required (by formula, not simulated) in each interval, and what is over."""
    known = _scenario(scenario)
    return figures.staffed_and_required(_required(known), _pool(known, pool), ax=ax)


def over_under(scenario: Source | Run, *, ax: Axes | None = None) -> Axes:
    """Agents scheduled less required, one row per pool, one column per interval; too few are hatched."""
    return figures.over_under(_required(_scenario(scenario)), ax=ax)


def answer_rate_curve(study: SweepResult, tier: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Answer rate of a tier along the one quantity that a sweep varies, with its interval and target."""
    _name, rows, position = _rows(study, tier)
    varied = parameters(study)
    if len(varied) != 1 or varied[0].magnitudes is None:
        raise ValueError(
            _("a curve needs one varied quantity; the sweep varies {varied}").format(varied=_varied(study))
        )
    return figures.answer_rate_curve(rows, varied[0], position=position, ax=ax)


def answer_rate_dots(study: SweepResult, tier: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Answer rate of a tier at each point of a sweep as a dot on its interval, with the target."""
    _name, rows, position = _rows(study, tier)
    names = [
        ", ".join(label(study.settings[point][path]) for path in study.varied) for point in rows["point"]
    ]
    return figures.answer_rate_dots(rows, names, position=position, ax=ax)


def answer_rate_heatmap(study: SweepResult, tier: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Answer rate of a tier over the two quantities that a sweep varies, and where it reaches the target."""
    name, _rows_of_tier, _position = _rows(study, tier)
    return figures.answer_rate_heatmap(study, name, ax=ax)


def margin_heatmap(study: SweepResult, *, ax: Axes | None = None) -> Axes:
    """Points by which the tier furthest behind is above its target, over the two quantities of a sweep."""
    if not any(tier.target for tier in _first(study).tiers.values()):
        raise ValueError(_("a margin needs a target; no tier has one"))
    return figures.margin_heatmap(study, ax=ax)


def tornado(study: SweepResult, tier: str | None = None, *, ax: Axes | None = None) -> Axes:
    """What each path that a sweep varies does to the answer rate of a tier, the largest effect on top."""
    name = _tier(_first(study), tier)
    effects = main_effects(study).query("figure == 'service_level'")
    return figures.tornado(effects[effects["tier"] == name], ax=ax)


def frontier(study: SweepResult, price: Price = "agent_hours", *, ax: Axes | None = None) -> Axes:
    """Smallest margin over a target at each point of a sweep against its agent-hours, or its `cost`."""
    if price not in ("agent_hours", "cost"):
        raise ValueError(
            _("price {price!r} is unknown; {remedy}").format(
                price=price, remedy=nearest(price, ("agent_hours", "cost"), _("prices"))
            )
        )
    if not is_priced(_first(study)) and price == "cost":
        raise ValueError(_("nothing in the scenario has a price; give its pools a cost_per_hour"))
    return figures.frontier(study, price, ax=ax)


def differences(comparison: Comparison, figure: str = "service_level", *, ax: Axes | None = None) -> Axes:
    """Differences of a figure between scenarios on the same callers, tier by tier, with 95% intervals.

    `figure` is one of those in `comparison.table`, such as `abandonment` or `asa_s`.
    """
    known = dict.fromkeys(each.figure for each in comparison.differences)
    _known(figure, known, _("there is no figure `{name}`; {remedy}"), _("figures"))
    return figures.differences(comparison, figure, ax=ax)


def need(staffing: Staffing, pools: Sequence[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Agents that `cc.staff` found to be needed in each interval, beside those given and on the roster."""
    if not hasattr(staffing, "given"):
        raise ValueError(
            _("expected a staffing of cc.staff, given {name}").format(name=type(staffing).__name__)
        )
    known = staffing.given.pools
    chosen = None if pools is None else [_known_pool(pool, known) for pool in _listed(pools)]
    return figures.need(staffing, chosen, ax=ax)


def days_ahead(forecast: Forecast, *, ax: Axes | None = None) -> Axes:
    """Calls of the last days and of those that `cc.forecast` expects, where 80% and 95% of days lie."""
    return figures.days_ahead(forecast, ax=ax)


def week_ahead(forecast: Forecast, week: int = 0, *, ax: Axes | None = None) -> Axes:
    """Calls by interval of a week of a forecast, counted from 0, with the bands of 80% and 95%."""
    last = -(-len(forecast.days) // 7) - 1
    if not 0 <= week <= last:
        raise ValueError(_("there is no week {week}; the last is {last}").format(week=week, last=last))
    return figures.week_ahead(forecast, week, ax=ax)


def day_so_far(day: Intraday, *, ax: Axes | None = None) -> Axes:
    """Calls that came by the moment of `cc.intraday`, and the bands of those still to come."""
    return figures.day_so_far(day, ax=ax)


def animated_hour(
    result: Run,
    start: str | None = None,
    replication: int = 0,
    day: int = 0,
    path: str | os.PathLike[str] = "hour.html",
) -> Path:
    """Write an hour of one simulated day as a page that moves, for teaching; return its path.

    One HTML file that needs no network: callers go from the IVR to the line, to an agent and out.  It begins
    at 10:00, or when the day opens, unless ``start`` says another time, such as ``"14:30"``.  ValueError
    unless the run kept its calls (`keep="calls"`), and if the hour is closed or too busy.
    """
    try:
        moment = usual_start(_run(result).scenario) if start is None else clock(start)
    except ValueError as error:
        raise ValueError(_("start: {error}").format(error=error)) from None
    target = Path(path)
    target.write_text(render(hour_of(_run(result), moment, replication, day)), encoding="utf-8", newline="\n")
    return target


def _run(source: Run) -> Result:
    if isinstance(source, Result):
        return source
    if isinstance(source, SweepResult):
        if len(source.results) == 1:
            return source.results[0]
        raise ValueError(
            _(
                "the study has {count} points and the figure shows one; give study.results[0], or that "
                "of another point"
            ).format(count=len(source.results))
        )
    raise ValueError(_("expected a result of cc.run, given {name}").format(name=type(source).__name__))


def _scenario(source: Source | Run) -> Scenario:
    if isinstance(source, Scenario | str | os.PathLike | Mapping):
        return load(source)
    return _run(source).scenario


def _first(study: SweepResult) -> Scenario:
    if not isinstance(study, SweepResult):
        raise ValueError(_("expected a study of cc.sweep, given {name}").format(name=type(study).__name__))
    return study.results[0].scenario


def _rows(study: SweepResult, tier: str | None) -> tuple[str, pd.DataFrame, int]:
    """Return the tier meant, its rows in the points of the study, and its position."""
    scenario = _first(study)
    name = _tier(scenario, tier)
    return name, study.points[study.points["tier"] == name], list(scenario.tiers).index(name)


def _varied(study: SweepResult) -> str:
    return ", ".join(study.varied) or _("nothing")


def _tier(scenario: Scenario, tier: str | None) -> str:
    """Return the tier asked for; unless one is, the first with a target, or the first."""
    if tier is not None:
        return _known_tier(tier, scenario.tiers)
    promised = [name for name, each in scenario.tiers.items() if each.target]
    return [*promised, *scenario.tiers][0]


def _tiers(scenario: Scenario, tiers: Sequence[str] | None) -> list[str] | None:
    return None if tiers is None else [_known_tier(tier, scenario.tiers) for tier in _listed(tiers)]


def _pool(scenario: Scenario, pool: str | None) -> str | None:
    return None if pool is None else _known_pool(pool, scenario.pools)


def _listed(names: Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names


def _known_tier(name: str, names: Iterable[str]) -> str:
    return _known(name, names, _("there is no tier `{name}`; {remedy}"), _("tiers"))


def _known_pool(name: str, names: Iterable[str]) -> str:
    return _known(name, names, _("there is no pool `{name}`; {remedy}"), _("pools"))


def _known(name: str, names: Iterable[str], message: str, kinds: str) -> str:
    if name not in names:
        raise ValueError(message.format(name=name, remedy=nearest(name, names, kinds)))
    return name


def _required(scenario: Scenario) -> pd.DataFrame:
    from callcenter.study.insights import required_agents

    return required_agents(scenario)
