"""The summary of a study: what ``--json`` prints (contract 5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.days import days_met_estimate
from callcenter.measure.economics import money_estimates, money_of
from callcenter.measure.estimates import Estimate, mean, plain, ratio, verdict
from callcenter.measure.figures import (
    REPORTED_COUNTS,
    Figures,
    Group,
    customer_estimates,
    groups,
    ivr_estimates,
    line_estimates,
    pool_estimates,
    pool_figures,
    service_level,
    summed,
    tier_estimates,
)
from callcenter.measure.jobs import JOB_CELLS, JOB_COUNTS
from callcenter.measure.percentiles import point_estimates
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import Tally, stack
from callcenter.measure.waits import POINTS
from callcenter.scenario import Scenario

Summary = dict[str, Any]
"""Plain dicts, strings, floats and None, ready for JSON."""


def summary(scenario: Scenario, tallies: Sequence[Tally]) -> Summary:
    """Summarise the replications: tiers and ``all``, pools, callbacks, lines and money.

    Counts are means per replication; other figures are ``{"value", "low", "high"}``, None where undefined.
    """
    stacked = stack(tallies)
    tiers = groups(scenario, stacked).items()
    pools = pool_figures(scenario, stacked).items()
    return {
        "tiers": {name: _tier(scenario, group, stacked) for name, group in tiers},
        "pools": {name: _plain(pool_estimates(summed(figures))) for name, figures in pools},
        "callbacks": _plain(_callbacks(scenario, stacked)),
        "lines": _plain(line_estimates(scenario, stacked)),
        "economics": _economics(scenario, stacked),
    }


def _economics(scenario: Scenario, stacked: Tally) -> Summary:
    money = money_of(scenario, stacked)
    pools, tiers = (
        {name: mean(amount, least=-np.inf).as_dict() for name, amount in amounts.items()}
        for amounts in (money.pools, money.tiers)
    )
    return {**_plain(money_estimates(money)), "pools": pools, "tiers": tiers}


def _tier(scenario: Scenario, group: Group, stacked: Tally) -> Summary:
    figures = summed(group.figures)
    waits = _points(stacked.wait_points[:, group.points], "{}_wait_s")
    return {
        "counts": {name: float(figures[name].mean()) for name in REPORTED_COUNTS},
        "service_level": _service_level(scenario, group, figures),
        **_plain(tier_estimates(figures) | waits),
        "customers": _plain(customer_estimates(group.customers)),
        "ivr": _plain(ivr_estimates(figures)),
    }


def _service_level(scenario: Scenario, group: Group, figures: Figures) -> Summary:
    definition, (within, target) = scenario.service_level.definition, group.promise
    estimate = service_level(figures, definition)
    return {
        **estimate.as_dict(),
        "within_s": within,
        "target": target,
        "definition": definition,
        "verdict": None if target is None else verdict(estimate, target),
        **_days_met(scenario, group.figures, target),
        "other_definitions": {
            other: service_level(figures, other).as_dict() for other in DEFINITIONS if other != definition
        },
    }


def _days_met(scenario: Scenario, figures: Figures, target: float | None) -> dict[str, float | None]:
    names = ("days_met", "days_met_low", "days_met_high")
    if target is None:
        return dict.fromkeys(names)
    shape = (-1, scenario.days, scenario.day.intervals)
    by_day = summed({name: figure.reshape(shape) for name, figure in figures.items()})
    estimate = days_met_estimate(*DEFINITIONS[scenario.service_level.definition](by_day), target)
    return dict(zip(names, map(plain, estimate), strict=True))


def _callbacks(scenario: Scenario, stacked: Tally) -> dict[str, Estimate]:
    counts = dict(zip(JOB_COUNTS, stacked.job_counts.T, strict=True))
    within = counts.pop("attempted_within")
    estimates = {name: mean(count) for name, count in counts.items()}
    on_time = {"on_time": ratio(within, within + counts["late"], most=1.0)}
    backlog = stacked.job_cells[:, JOB_CELLS.index("backlog")]
    by_day = backlog.reshape(-1, scenario.days, scenario.day.intervals)[..., -1]
    over_night = {"open_at_day_end": mean(by_day.mean(axis=-1))}
    return estimates | on_time | over_night | _points(stacked.delay_points, "delay_{}_s")


def _points(observed: Floats, label: str) -> dict[str, Estimate]:
    """Estimate the points of replications, shape (replications, POINTS)."""
    estimates = zip(POINTS, point_estimates(observed), strict=True)
    return {label.format(name): estimate for name, estimate in estimates}


def _plain(estimates: dict[str, Estimate]) -> dict[str, dict[str, float | None]]:
    return {name: estimate.as_dict() for name, estimate in estimates.items()}
