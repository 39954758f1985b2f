"""What was simulated: the scenario in tables and the origin of the results."""

from __future__ import annotations

from typing import Any

import yaml

from callcenter.report import wording
from callcenter.report.tables.layout import Row, Table, text_cells
from callcenter.scenario import Distribution, Ivr, Pool, Scenario, Tier
from callcenter.study import Result, SweepResult


def tiers_table(scenario: Scenario) -> Table:
    """Return a row a tier: promise, order, calls a day, IVR, patience, talk, wrap-up, callback."""
    heads = ["tier", "priority", "target", "calls a day", "IVR", "patience", "talk", "wrap-up", "called back"]
    rows = [_tier_row(scenario, name, tier) for name, tier in scenario.tiers.items()]
    return Table(
        "Tiers: smaller priorities are served first", text_cells(heads), rows, kind="wide compact prose"
    )


def _tier_row(scenario: Scenario, name: str, tier: Tier) -> Row:
    target = tier.target
    promise = (
        "none" if target is None else wording.target({"target": target.share, "within_s": target.within})
    )
    callback = tier.callback
    owed = "–" if callback is None else f"{wording.percent(callback.share, 0)} of {', '.join(callback.on)}"
    texts = [
        name,
        str(tier.priority),
        promise,
        f"{sum(scenario.demand.expected(name)):,.0f}",
        _ivr(scenario.ivr_of(name)),
        distribution(tier.patience),
        distribution(tier.talk),
        distribution(tier.wrap_up),
        owed,
    ]
    return Row(text_cells(texts))


def _ivr(ivr: Ivr | None) -> str:
    if ivr is None:
        return "–"
    if ivr.time is None:
        return f"menus {', '.join(ivr.menus or ())}; {wording.percent(ivr.asking, 0)} ask for a person"
    solved, left = wording.percent(ivr.self_service, 0), wording.percent(ivr.hangs_up, 0)
    return f"{distribution(ivr.time)}; {solved} solved, {left} hang up"


def pools_table(scenario: Scenario) -> Table:
    """Return a row a pool: tiers and conditions, agents, shrinkage, speed, callbacks."""
    heads = ["pool", "serves", "agents", "agent-hours a day", "shrinkage", "speed", "works callbacks"]
    rows = [_pool_row(scenario, name, pool) for name, pool in scenario.pools.items()]
    return Table(
        "Pools: a caller goes to the first in this order that can take him",
        text_cells(heads),
        rows,
        kind="wide compact prose",
    )


def _pool_row(scenario: Scenario, name: str, pool: Pool) -> Row:
    staffed = scenario.staffed(name)
    fewest, most = min(staffed), max(staffed)
    agents = f"{most:,.0f}" if fewest == most else f"{fewest:,.0f} to {most:,.0f}"
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


def _serves(pool: Pool) -> str:
    return "; ".join(_conditions(tier, serve) for tier, serve in pool.serves.items()) or "–"


def _conditions(tier: str, serve: Any) -> str:
    remarks = [f"keeping {serve.keep_idle} idle"] if serve.keep_idle else []
    remarks += [f"after {wording.duration(serve.after)}"] if serve.after else []
    remarks += [f"speed {serve.speed:g}"] if serve.speed is not None else []
    return f"{tier} ({', '.join(remarks)})" if remarks else tier


def _dials(pool: Pool) -> str:
    if pool.callbacks is None:
        return "–"
    return f"keeping {pool.callbacks.keep_idle} idle" if pool.callbacks.keep_idle else "yes"


def distribution(times: Distribution) -> str:
    """Return a distribution in words: `lognormal, mean 2 min 46 s, cv 1.43`."""
    if times.family in ("constant", "never"):
        words = wording.duration(times.mean)
    elif times.family in ("empirical", "mixture"):
        words = f"{times.family}, mean {wording.duration(times.mean)}"
    else:
        words = ", ".join(
            [times.family, *(f"{key} {_figure(key, getattr(times, key))}" for key in _shape(times))]
        )
    return words + _clipped(times)


def _shape(times: Distribution) -> list[str]:
    return [
        key for key in ("mean", "low", "mode", "high", "cv", "k", "shape") if key in type(times).model_fields
    ]


def _figure(key: str, value: float) -> str:
    return f"{value:g}" if key in ("cv", "k", "shape") else wording.duration(value)


def _clipped(times: Distribution) -> str:
    low = f", at least {wording.duration(times.at_least)}" if times.at_least else ""
    high = "" if times.at_most == float("inf") else f", at most {wording.duration(times.at_most)}"
    return low + high + (", by interval" if times.per_interval else "")


def facts(study: SweepResult, result: Result) -> list[tuple[str, str]]:
    """Return what else one needs to know to judge or repeat the study, name by name."""
    scenario, origin = result.scenario, study.origin
    day = scenario.day
    hours = f"{wording.clock(day.open)} to {wording.clock(day.close)}, every {wording.duration(day.interval)}"
    volume = f"{scenario.demand.volume:g} times the calls below"
    return [
        ("scenario", scenario.name),
        ("day", f"{hours}; at the close: {day.after_close}"),
        ("length of a replication", wording.plural(scenario.days, "day") + _warm_up(scenario)),
        (
            "demand",
            f"{volume}, cv of the days {wording.percent(scenario.demand.day_factor_cv, 0)}",
        ),
        *_callbacks(scenario),
        ("replications", f"{wording.replications(study.replications)}, each one observation of an interval"),
        ("seed", str(study.design.seed)),
        ("engine", origin.engine),
        ("versions", ", ".join(f"{name} {text}" for name, text in origin.versions.items())),
        ("simulated", origin.created),
    ]


def _callbacks(scenario: Scenario) -> list[tuple[str, str]]:
    if not any(tier.callback for tier in scenario.tiers.values()):
        return []
    rules = scenario.callbacks
    texts = [
        f"first attempt within {wording.duration(rules.within)}",
        f"up to {wording.plural(rules.attempts, 'attempt')}, {wording.duration(rules.retry_after)} apart",
        f"each reaches the customer in {wording.percent(rules.reached, 0)}",
        f"dialled {wording.clock(rules.hours.start)} to {wording.clock(rules.hours.end)}",
    ]
    return [("callbacks", ", ".join(texts))]


def _warm_up(scenario: Scenario) -> str:
    return (
        f", calls of the first {wording.duration(scenario.warm_up)} not counted" if scenario.warm_up else ""
    )


def scenario_yaml(scenario: Scenario) -> str:
    """Return the scenario as a file that gives the same results, with nothing to look up elsewhere."""
    return yaml.safe_dump(
        scenario.to_dict(), sort_keys=False, allow_unicode=True, width=100, default_flow_style=None
    )
