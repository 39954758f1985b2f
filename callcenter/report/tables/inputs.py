"""What was simulated: the scenario in tables and the origin of the results."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import Any

import yaml

from callcenter import wording
from callcenter.clock import clock_text
from callcenter.demand.days import kind_of_day
from callcenter.language import gettext as _
from callcenter.language import ngettext, noted
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.measure import BOOK, Where
from callcenter.report.tables.measures import outcome_name
from callcenter.report.tables.units import COUNT, FACTOR, HEADS, MONEY, SECONDS, SHARE, TARGET, WHOLE
from callcenter.scenario import Distribution, Ivr, Pool, Scenario, Tier
from callcenter.scenario.parts.by_day import ByDay
from callcenter.scenario.parts.calendar import date_text
from callcenter.scenario.parts.distribution import Parameter
from callcenter.study import Result, SweepResult

RULES = (noted("drain"), noted("drop"))
"""Rules at the close, marked here for the catalogue."""

WRITTEN = Where.PAGE | Where.TERMINAL


def tiers_table(scenario: Scenario) -> Table:
    """Return one row for each tier: promise, order, calls a day, IVR, patience, talk, wrap-up, callback."""
    columns = [
        Column(_("tier"), key="tier"),
        Column(_("priority"), WHOLE, "priority"),
        Column(_("target"), TARGET, "target"),
        Column(_("calls a day"), WHOLE, "calls_a_day"),
        Column(_("mean patience"), SECONDS, "mean_patience_s", on=BOOK),
        Column(_("mean talk"), SECONDS, "mean_talk_s", on=BOOK),
        Column(_("mean wrap-up"), SECONDS, "mean_wrap_up_s", on=BOOK),
        Column(_("IVR"), key="ivr"),
        Column(_("patience"), key="patience"),
        Column(_("talk"), key="talk"),
        Column(_("wrap-up"), key="wrap_up"),
        Column(_("called back"), key="callback"),
    ]
    rows = [_tier_row(scenario, name, tier) for name, tier in scenario.tiers.items()]
    caption = _("Tiers: smaller priorities are served first")
    return Table(caption, columns, rows, "wide compact prose")


def _tier_row(scenario: Scenario, name: str, tier: Tier) -> Row:
    target, times = tier.target, (tier.patience, tier.talk, tier.wrap_up)
    promise = {"target": target and target.share, "within_s": target and target.within}
    cells = [
        *(Cell(name), Cell(tier.priority), Cell(promise)),
        Cell(math.fsum(scenario.demand.expected(name))),
        *(Cell(each.mean if math.isfinite(each.mean) else None) for each in times),
        Cell(_ivr(scenario.ivr_of(name))),
        Cell(_clauses([distribution(tier.patience), *_silent(tier)])),
        *(Cell(distribution(each)) for each in times[1:]),
        Cell(_owed(tier)),
    ]
    return Row(cells)


def _silent(tier: Tier) -> list[str]:
    if tier.silent is None:
        return []
    share, time = wording.percent(tier.silent.share, 0), distribution(tier.silent.noticed_after)
    return [_("{share} without a word, noticed after {time}").format(share=share, time=time)]


def _owed(tier: Tier) -> str | None:
    if tier.callback is None:
        return None
    kinds = _(", ").join(map(outcome_name, tier.callback.on))
    return _("{share} of {kinds}").format(share=wording.percent(tier.callback.share, 0), kinds=kinds)


def _ivr(ivr: Ivr | None) -> str | None:
    if ivr is None:
        return None
    if ivr.time is None:
        menus, asking = _(", ").join(ivr.menus or ()), wording.percent(ivr.asking, 0)
        text = _("menus {menus}; {share} ask for a person").format(menus=menus, share=asking)
    else:
        solved, left = wording.percent(ivr.self_service, 0), wording.percent(ivr.hangs_up, 0)
        text = _("{time}; {solved} solved, {left} hang up").format(
            time=distribution(ivr.time), solved=solved, left=left
        )
    if ivr.returns:
        share, after = wording.percent(ivr.returns.share, 0), distribution(ivr.returns.after)
        text += _("; {share} of those solved return after {time}").format(share=share, time=after)
    if ivr.talk_after_ivr != 1:
        text += _("; handle time x {factor}").format(factor=f"{ivr.talk_after_ivr:g}")
    return text


def pools_table(scenario: Scenario) -> Table:
    """Return one row for each pool: tiers and conditions, agents, shrinkage, speed, callbacks."""
    columns = [
        Column(_("pool"), key="pool"),
        Column(_("serves"), key="serves"),
        Column(_("rostered"), key="rostered", on=WRITTEN),
        Column(_("on the phones"), key="agents", on=WRITTEN),
        Column(_("fewest on phones"), COUNT, "fewest_agents", on=BOOK),
        Column(_("most on phones"), COUNT, "most_agents", on=BOOK),
        Column(_("rostered hours a day"), COUNT, "rostered_hours"),
        Column(_("hours on phones a day"), COUNT, "agent_hours"),
        Column(_("shrinkage"), SHARE, "shrinkage"),
        Column(_("absence"), SHARE, "absence", on=BOOK),
        Column(_("speed"), FACTOR, "speed"),
        Column(_("cost per hour"), MONEY, "cost_per_hour", on=BOOK),
        Column(_("works callbacks"), key="callbacks"),
    ]
    rows = [_pool_row(scenario, name, pool) for name, pool in scenario.pools.items()]
    caption = _("Pools: callers go to the first in this order that can take them")
    return Table(caption, columns, rows, "wide compact prose")


def _pool_row(scenario: Scenario, name: str, pool: Pool) -> Row:
    rostered, staffed = scenario.rostered(name), scenario.staffed(name)
    paid, hours = (math.fsum(levels) * scenario.day.interval / 3600 for levels in (rostered, staffed))
    agents = (_agents(rostered), _agents(staffed), min(staffed), max(staffed), paid, hours)
    values = (name, _serves(pool), *agents, pool.shrinkage, pool.absence, pool.speed)
    return Row([*map(Cell, values), Cell(pool.cost_per_hour), Cell(_dials(pool))])


def _agents(levels: Sequence[float]) -> str:
    fewest, most = (HEADS.write(level) for level in (min(levels), max(levels)))
    return most if fewest == most else _range(fewest, most)


def inputs_by_interval(scenario: Scenario) -> Table:
    """Return the expected calls of each tier, and the agents on the phones of each pool, by interval."""
    day = scenario.day
    columns = [
        Column(_("from"), key="start"),
        *(Column(_("calls: {tier}").format(tier=tier), COUNT, f"calls_{tier}") for tier in scenario.tiers),
        *(Column(_("agents: {pool}").format(pool=pool), COUNT, f"agents_{pool}") for pool in scenario.pools),
    ]
    figures = [
        *(scenario.demand.expected(tier) for tier in scenario.tiers),
        *(scenario.staffed(pool) for pool in scenario.pools),
    ]
    rows = [
        Row([Cell(clock_text(day.open + place * day.interval)), *map(Cell, numbers)])
        for place, numbers in enumerate(zip(*figures, strict=True))
    ]
    caption = _("Expected calls of each tier, and agents on the phones of each pool")
    if any(kind_of_day(scenario, day) != kind_of_day(scenario, 0) for day in range(scenario.days)):
        caption = _("Expected calls of each tier, and agents on the phones of each pool: the mean day")
    return Table(caption, columns, rows, "wide compact long")


def _range(first: str, last: str) -> str:
    return _("{first} to {last}").format(first=first, last=last)


def _serves(pool: Pool) -> str | None:
    return _("; ").join(_conditions(tier, serve) for tier, serve in pool.serves.items()) or None


def _conditions(tier: str, serve: Any) -> str:
    remarks = []
    if serve.priority is not None:
        remarks.append(_("priority {priority}").format(priority=serve.priority))
    remarks += [_keeping(serve.keep_idle)] if serve.keep_idle else []
    remarks += [_("after {duration}").format(duration=wording.duration(serve.after))] if serve.after else []
    remarks += [_("speed {factor}").format(factor=f"{serve.speed:g}")] if serve.speed is not None else []
    return _("{tier} ({remarks})").format(tier=tier, remarks=_(", ").join(remarks)) if remarks else tier


def _keeping(idle: int) -> str:
    return _("keeping {n} idle").format(n=idle)


def _dials(pool: Pool) -> str | None:
    if pool.callbacks is None:
        return None
    return _keeping(pool.callbacks.keep_idle) if pool.callbacks.keep_idle else _("yes")


def distribution(times: Distribution) -> str:
    """Return a distribution in words: `lognormal, mean 2 min 46 s, cv 1.43`."""
    if times.is_certain:
        words = wording.duration(times.mean)
    else:
        words = _clauses([_(times.family), *map(_parameter, times.parameters)])
    return _clauses([words, *_clipped(times)])


def _parameter(parameter: Parameter) -> str:
    value = wording.duration(parameter.value) if parameter.is_time else f"{parameter.value:g}"
    return f"{_(parameter.name)} {value}"


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
        *_dates(scenario),
        (_("length of a replication"), wording.plural(scenario.days, "day") + _not_counted(scenario)),
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


def _dates(scenario: Scenario) -> list[tuple[str, str]]:
    """Return which dates are simulated, and from which days rosters are drawn."""
    first, last = scenario.date_of(0), scenario.date_of(scenario.days - 1)
    facts = []
    if first is not None and last is not None:
        text = date_text(first) if first == last else _range(date_text(first), date_text(last))
        facts.append((_("dates"), text))
    for name, pool in scenario.pools.items():
        if isinstance(pool.agents, ByDay) and pool.agents.drawn_from:
            days = pool.agents.drawn_from
            text = _("each day takes that of one of {days} between {first} and {last}, by chance")
            ends = {"first": days[0], "last": days[-1]}
            text = text.format(days=wording.plural(len(days), "day"), **ends)
            facts.append((_("roster of {pool}").format(pool=name), text))
    return facts


def _day(scenario: Scenario) -> str:
    day = scenario.day
    return _("{open} to {close}, every {interval}; at the close: {rule}").format(
        open=clock_text(day.open),
        close=clock_text(day.close),
        interval=wording.duration(day.interval),
        rule=_(day.after_close),
    )


def _demand(scenario: Scenario) -> str:
    if scenario.demand.recording is not None:
        return _recorded(scenario.demand.recording.days)
    demand, restless = scenario.demand, scenario.demand.interval_factor
    text = _("{factor} times the forecast (in the calls above, too), cv of the days {cv}").format(
        factor=f"{demand.volume:g}", cv=wording.percent(demand.day_factor_cv, 0)
    )
    if restless:
        figures = {"cv": wording.percents(restless.cv, 0), "correlation": f"{restless.correlation:g}"}
        text += _(", of the intervals {cv} with correlation {correlation}").format(**figures)
    if demand.talk_factor_cv:
        text += _(", of the talk times of the days {cv}").format(cv=wording.percent(demand.talk_factor_cv, 0))
    return text


def _recorded(days: Sequence[str]) -> str:
    text = ngettext(
        "the calls of {n:,} recorded day: {first}",
        "the calls of {n:,} recorded days in turn, {first} to {last}",
        len(days),
    )
    return text.format(n=len(days), first=days[0], last=days[-1])


def _callbacks(scenario: Scenario) -> list[tuple[str, str]]:
    if not any(tier.owes_callbacks for tier in scenario.tiers.values()):
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
    kept = [name for name, tier in scenario.tiers.items() if tier.keeps_places]
    if kept:
        texts.append(_("those of {tiers} keep their place in the line").format(tiers=_(", ").join(kept)))
    return [(_("callbacks"), _clauses(texts))]


def _not_counted(scenario: Scenario) -> str:
    parts = []
    if scenario.warm_up:
        length = wording.duration(scenario.warm_up)
        parts.append(_(", calls of the first {duration} not counted").format(duration=length))
    if scenario.cool_down:
        days = wording.plural(scenario.run_days - scenario.days, "day")
        parts.append(_(", then {days} to follow up what was left, not counted").format(days=days))
    return "".join(parts)


def scenario_yaml(scenario: Scenario) -> str:
    """Return the scenario as a file that gives the same results, with nothing to look up elsewhere."""
    return yaml.safe_dump(
        scenario.to_dict(), sort_keys=False, allow_unicode=True, width=100, default_flow_style=None
    )
