"""What was simulated: the scenario in tables and the origin of the results."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import yaml

from callcenter import wording
from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import Row, Table, text_cells
from callcenter.scenario import Distribution, Ivr, Pool, Scenario, Tier
from callcenter.study import Result, SweepResult

SHAPES = {
    "mean": noted("mean"),
    "low": noted("low"),
    "mode": noted("mode"),
    "high": noted("high"),
    "cv": noted("cv"),
    "k": noted("k"),
    "shape": noted("shape"),
}
"""Parameters of distributions, in the order in which they are told."""

WORDS = (
    *(noted("exponential"), noted("lognormal"), noted("gamma"), noted("erlang"), noted("weibull")),
    *(noted("uniform"), noted("triangular"), noted("hyperexponential"), noted("empirical"), noted("mixture")),
    *(noted("abandoned"), noted("balked"), noted("blocked"), noted("closed"), noted("drain"), noted("drop")),
)
"""Values of a scenario that are words - families of distributions, ways to be lost, rules at the close -
marked here for the catalogue."""


def tiers_table(scenario: Scenario) -> Table:
    """Return a row a tier: promise, order, calls a day, IVR, patience, talk, wrap-up, callback."""
    heads = [
        *(_("tier"), _("priority"), _("target"), _("calls a day"), _("IVR")),
        *(_("patience"), _("talk"), _("wrap-up"), _("called back")),
    ]
    rows = [_tier_row(scenario, name, tier) for name, tier in scenario.tiers.items()]
    caption = _("Tiers: smaller priorities are served first")
    return Table(caption, text_cells(heads), rows, kind="wide compact prose")


def _tier_row(scenario: Scenario, name: str, tier: Tier) -> Row:
    target = tier.target
    promise = (
        _("none") if target is None else wording.target({"target": target.share, "within_s": target.within})
    )
    texts = [
        name,
        str(tier.priority),
        promise,
        f"{sum(scenario.demand.expected(name)):,.0f}",
        _ivr(scenario.ivr_of(name)),
        distribution(tier.patience),
        distribution(tier.talk),
        distribution(tier.wrap_up),
        _owed(tier),
    ]
    return Row(text_cells(texts))


def _owed(tier: Tier) -> str:
    if tier.callback is None:
        return wording.NOTHING
    kinds = _(", ").join(map(_, tier.callback.on))
    return _("{share} of {kinds}").format(share=wording.percent(tier.callback.share, 0), kinds=kinds)


def _ivr(ivr: Ivr | None) -> str:
    if ivr is None:
        return "–"
    if ivr.time is None:
        menus, asking = _(", ").join(ivr.menus or ()), wording.percent(ivr.asking, 0)
        return _("menus {menus}; {share} ask for a person").format(menus=menus, share=asking)
    solved, left = wording.percent(ivr.self_service, 0), wording.percent(ivr.hangs_up, 0)
    return _("{time}; {solved} solved, {left} hang up").format(
        time=distribution(ivr.time), solved=solved, left=left
    )


def pools_table(scenario: Scenario) -> Table:
    """Return a row a pool: tiers and conditions, agents, shrinkage, speed, callbacks."""
    heads = [
        *(_("pool"), _("serves"), _("agents"), _("agent-hours a day")),
        *(_("shrinkage"), _("speed"), _("works callbacks")),
    ]
    rows = [_pool_row(scenario, name, pool) for name, pool in scenario.pools.items()]
    caption = _("Pools: a caller goes to the first in this order that can take him")
    return Table(caption, text_cells(heads), rows, kind="wide compact prose")


def _pool_row(scenario: Scenario, name: str, pool: Pool) -> Row:
    staffed = scenario.staffed(name)
    fewest, most = min(staffed), max(staffed)
    agents = f"{most:,.0f}" if fewest == most else _range(f"{fewest:,.0f}", f"{most:,.0f}")
    hours = sum(staffed) * scenario.day.interval / 3600
    texts = [
        name,
        _serves(pool),
        agents,
        f"{hours:,.0f}",
        wording.percent(pool.shrinkage, 0),
        f"{pool.speed:g}",
        _dials(pool),
    ]
    return Row(text_cells(texts))


def _range(first: str, last: str) -> str:
    return _("{first} to {last}").format(first=first, last=last)


def _serves(pool: Pool) -> str:
    return _("; ").join(_conditions(tier, serve) for tier, serve in pool.serves.items()) or wording.NOTHING


def _conditions(tier: str, serve: Any) -> str:
    remarks = [_keeping(serve.keep_idle)] if serve.keep_idle else []
    remarks += [_("after {duration}").format(duration=wording.duration(serve.after))] if serve.after else []
    remarks += [_("speed {factor}").format(factor=f"{serve.speed:g}")] if serve.speed is not None else []
    return _("{tier} ({remarks})").format(tier=tier, remarks=_(", ").join(remarks)) if remarks else tier


def _keeping(idle: int) -> str:
    return _("keeping {n} idle").format(n=idle)


def _dials(pool: Pool) -> str:
    if pool.callbacks is None:
        return wording.NOTHING
    return _keeping(pool.callbacks.keep_idle) if pool.callbacks.keep_idle else _("yes")


def distribution(times: Distribution) -> str:
    """Return a distribution in words: `lognormal, mean 2 min 46 s, cv 1.43`."""
    if times.family in ("constant", "never"):
        words = wording.duration(times.mean)
    elif times.family in ("empirical", "mixture"):
        words = _clauses([_(times.family), f"{_('mean')} {wording.duration(times.mean)}"])
    else:
        shape = [f"{_(SHAPES[key])} {_figure(key, getattr(times, key))}" for key in _shape(times)]
        words = _clauses([_(times.family), *shape])
    return _clauses([words, *_clipped(times)])


def _shape(times: Distribution) -> list[str]:
    return [key for key in SHAPES if key in type(times).model_fields]


def _figure(key: str, value: float) -> str:
    return f"{value:g}" if key in ("cv", "k", "shape") else wording.duration(value)


def _clipped(times: Distribution) -> list[str]:
    remarks = []
    if times.at_least:
        remarks.append(_("at least {duration}").format(duration=wording.duration(times.at_least)))
    if times.at_most != float("inf"):
        remarks.append(_("at most {duration}").format(duration=wording.duration(times.at_most)))
    if times.per_interval:
        remarks.append(_("by interval"))
    return remarks


def _clauses(texts: Sequence[str]) -> str:
    """Return texts one after the other, as clauses of a sentence rather than names in a list."""
    return reduce(lambda text, remark: _("{text}, {remark}").format(text=text, remark=remark), texts)


def facts(study: SweepResult, result: Result) -> list[tuple[str, str]]:
    """Return what else one needs to know to judge or repeat the study, name by name."""
    scenario, origin = result.scenario, study.origin
    replications = wording.replications(study.replications)
    return [
        (_("scenario"), scenario.name),
        (_("day"), _day(scenario)),
        (_("length of a replication"), wording.plural(scenario.days, "day") + _warm_up(scenario)),
        (_("demand"), _demand(scenario)),
        *_callbacks(scenario),
        (
            _("replications"),
            _("{replications}, each one observation of an interval").format(replications=replications),
        ),
        (_("seed"), str(study.design.seed)),
        (_("engine"), origin.engine),
        (_("versions"), wording.versions(origin.versions)),
        *([(_("simulated"), origin.created)] if origin.created else []),
    ]


def _day(scenario: Scenario) -> str:
    day = scenario.day
    return _("{open} to {close}, every {interval}; at the close: {rule}").format(
        open=clock_text(day.open),
        close=clock_text(day.close),
        interval=wording.duration(day.interval),
        rule=_(day.after_close),
    )


def _demand(scenario: Scenario) -> str:
    return _("{factor} times the forecast (in the calls above, too), cv of the days {cv}").format(
        factor=f"{scenario.demand.volume:g}", cv=wording.percent(scenario.demand.day_factor_cv, 0)
    )


def _callbacks(scenario: Scenario) -> list[tuple[str, str]]:
    if not any(tier.callback for tier in scenario.tiers.values()):
        return []
    rules = scenario.callbacks
    texts = [
        _("first attempt within {duration}").format(duration=wording.duration(rules.within)),
        _("up to {attempts}, {duration} apart").format(
            attempts=wording.plural(rules.attempts, "attempt"), duration=wording.duration(rules.retry_after)
        ),
        _("each reaches the customer in {share}").format(share=wording.percent(rules.reached, 0)),
        _("dialled {start} to {end}").format(
            start=clock_text(rules.hours.start), end=clock_text(rules.hours.end)
        ),
    ]
    return [(_("callbacks"), _clauses(texts))]


def _warm_up(scenario: Scenario) -> str:
    if not scenario.warm_up:
        return ""
    length = wording.duration(scenario.warm_up)
    return _(", calls of the first {duration} not counted").format(duration=length)


def scenario_yaml(scenario: Scenario) -> str:
    """Return the scenario as a file that gives the same results, with nothing to look up elsewhere."""
    return yaml.safe_dump(
        scenario.to_dict(), sort_keys=False, allow_unicode=True, width=100, default_flow_style=None
    )
