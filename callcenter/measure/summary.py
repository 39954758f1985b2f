"""The summary of a study: what ``--json`` prints (contract 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from callcenter.measure.days import days_met_estimate, share_of_days
from callcenter.measure.economics import money_estimands, money_of
from callcenter.measure.estimands import Estimand, estimates_of, mean_of, ratio_of
from callcenter.measure.estimates import Estimate, verdict
from callcenter.measure.figures import (
    REPORTED_COUNTS,
    Group,
    customer_estimands,
    groups,
    ivr_estimands,
    line_estimands,
    pool_estimands,
    pool_figures,
    service_level,
    tier_estimands,
)
from callcenter.measure.jobs import JOB_CELLS, JOB_COUNTS
from callcenter.measure.joint import joint_days
from callcenter.measure.percentiles import point_estimates
from callcenter.measure.replicated import Replicated
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import Tally
from callcenter.measure.targets import Judged, asked, judged
from callcenter.measure.waits import POINTS
from callcenter.scenario import Scenario

Summary = dict[str, Any]
"""Plain dicts, strings, floats and None, ready for JSON."""


def summary(scenario: Scenario, tallies: Sequence[Tally]) -> Summary:
    """Summarise the replications: tiers and ``all``, pools, callbacks, lines and money.

    Counts are means per replication; other figures are ``{"value", "low", "high"}``, None where undefined.
    """
    replicated = Replicated(scenario, tallies)
    of_days, of_all = replicated.of_days, replicated.of_all
    tiers, pools = groups(scenario, of_all), pool_figures(scenario, of_all)
    estimates = _estimated(
        {
            "tiers": {name: _of_tier(group) for name, group in tiers.items()},
            "pools": {name: pool_estimands(figures) for name, figures in pools.items()},
            "callbacks": _callbacks(scenario, of_days),
            "lines": line_estimands(scenario, of_days),
            "economics": _economics(scenario, of_days),
        }
    )
    days = _days_met(scenario, groups(scenario, of_days))
    *waits, delays = _points(of_days)
    for name, group in tiers.items():
        estimates["tiers"][name] = _tier(
            scenario, group, estimates["tiers"][name], days.get(name), waits[group.points]
        )
    targets = judged(scenario, replicated)
    _judge_answers(estimates["tiers"], targets)
    estimates["callbacks"] |= {f"delay_{point}_s": estimate for point, estimate in delays.items()}
    return _plain(estimates) | {"targets": list(map(_target, targets)), "joint": _joint(targets)}


def _judge_answers(tiers: Summary, targets: Sequence[Judged]) -> None:
    """Give each answer rate the verdict of the target it stands beside, however that is judged."""
    for target in reversed(targets):
        if target.goal.measure == "answered" and target.goal.path.startswith("tiers."):
            tiers[target.goal.tiers[0]]["service_level"]["verdict"] = target.verdict


def _target(target: Judged) -> Summary:
    return {
        **asked(target.goal, target.within),
        **target.figure.as_dict(),
        "days_met": target.days.as_dict(),
        "verdict": target.verdict,
    }


def _joint(targets: Sequence[Judged]) -> Summary:
    """Return on which share of days all targets hold; nothing where there is none."""
    nothing = dict.fromkeys(Estimate._fields)
    return {"days_met": share_of_days(joint_days(targets)).as_dict() if targets else nothing}


def _of_tier(group: Group) -> Summary:
    return {
        "service_level": {definition: service_level(group.figures, definition) for definition in DEFINITIONS},
        "figures": tier_estimands(group.figures),
        "customers": customer_estimands(group.customers),
        "ivr": ivr_estimands(group.figures),
    }


def _callbacks(scenario: Scenario, stacked: Tally) -> dict[str, Estimand]:
    counts = dict(zip(JOB_COUNTS, stacked.job_counts.T, strict=True))
    within = counts.pop("attempted_within")
    estimands = {name: mean_of(count) for name, count in counts.items()}
    on_time = {"on_time": ratio_of(within, within + counts["late"], most=1.0)}
    backlog = stacked.job_cells[:, JOB_CELLS.index("backlog")]
    by_day = backlog.reshape(-1, scenario.days, scenario.day.intervals)[..., -1]
    return estimands | on_time | {"open_at_day_end": mean_of(by_day.mean(axis=-1))}


def _economics(scenario: Scenario, stacked: Tally) -> Summary:
    money = money_of(scenario, stacked)
    pools, tiers = (
        {name: mean_of(amount, least=-np.inf) for name, amount in amounts.items()}
        for amounts in (money.pools, money.tiers)
    )
    return {**money_estimands(money), "pools": pools, "tiers": tiers}


def _days_met(scenario: Scenario, by_day: Mapping[str, Group]) -> dict[str, Estimate]:
    """Estimate the share of days that meet the target, of tiers and the total that have one."""
    definition = DEFINITIONS[scenario.service_level.definition]
    aims = {name: group.promise.share for name, group in by_day.items() if group.promise.share is not None}
    if not aims:
        return {}
    counts = zip(*(definition(by_day[name].figures) for name in aims), strict=True)
    answered, offered = (np.stack(parts, axis=-1) for parts in counts)
    estimate = days_met_estimate(answered, offered, np.array(list(aims.values())))
    return dict(zip(aims, map(Estimate._make, zip(*estimate, strict=True)), strict=True))


def _points(stacked: Tally) -> Iterator[dict[str, Estimate]]:
    """Yield the points of the waits, tier by tier and in total, and those of the delay of callbacks."""
    points = np.concatenate([stacked.wait_points, stacked.delay_points[:, None]], axis=1)
    estimate = point_estimates(np.asfortranarray(points))
    for ends in zip(*(part.tolist() for part in estimate), strict=True):
        yield dict(zip(POINTS, map(Estimate._make, zip(*ends, strict=True)), strict=True))


def _tier(
    scenario: Scenario,
    group: Group,
    estimates: Summary,
    days: Estimate | None,
    points: Mapping[str, Estimate],
) -> Summary:
    counts = np.stack([group.figures[name] for name in REPORTED_COUNTS]).mean(axis=-1)
    return {
        "counts": dict(zip(REPORTED_COUNTS, counts.tolist(), strict=True)),
        "service_level": _service_level(scenario, group, estimates["service_level"], days),
        **estimates["figures"],
        **{f"{point}_wait_s": estimate for point, estimate in points.items()},
        "customers": estimates["customers"],
        "ivr": estimates["ivr"],
    }


def _service_level(
    scenario: Scenario, group: Group, levels: Mapping[str, Estimate], days: Estimate | None
) -> Summary:
    definition, (within, target) = scenario.service_level.definition, group.promise
    met = dict.fromkeys(("value", "low", "high")) if days is None else days.as_dict()
    return {
        **levels[definition].as_dict(),
        "within_s": within,
        "target": target,
        "definition": definition,
        "verdict": None if target is None else verdict(levels[definition], target),
        "days_met": met["value"],
        "days_met_low": met["low"],
        "days_met_high": met["high"],
        "other_definitions": {other: levels[other] for other in DEFINITIONS if other != definition},
    }


def _estimated(tree: Summary) -> Summary:
    """Return nested dicts with an estimate in the place of each estimand."""
    return _filled(tree, iter(estimates_of(list(_leaves(tree)))))


def _leaves(tree: Summary) -> Iterator[Estimand]:
    for part in tree.values():
        if isinstance(part, dict):
            yield from _leaves(part)
        else:
            yield part


def _filled(tree: Summary, estimates: Iterator[Estimate]) -> Summary:
    return {
        name: _filled(part, estimates) if isinstance(part, dict) else next(estimates)
        for name, part in tree.items()
    }


def _plain(tree: Summary) -> Summary:
    """Return nested dicts with plain numbers in the place of each estimate."""
    return {name: _as_plain(part) for name, part in tree.items()}


def _as_plain(part: Any) -> Any:
    if isinstance(part, Estimate):
        return part.as_dict()
    return _plain(part) if isinstance(part, dict) else part
