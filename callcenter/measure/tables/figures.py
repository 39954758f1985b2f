"""The figures as pandas tables: by tier, by pool, by interval, of customers and of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from callcenter.clock import clock_text
from callcenter.measure.cells import cells_of
from callcenter.measure.estimands import Estimand, estimates_of
from callcenter.measure.estimates import Estimate, divide, mean
from callcenter.measure.figures import (
    REPORTED_COUNTS,
    Figures,
    Group,
    groups,
    pool_estimands,
    pool_figures,
    service_level,
    tier_estimands,
)
from callcenter.measure.jobs import JOB_CELLS
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.summary import Summary, summary
from callcenter.measure.tally import Tally, stack
from callcenter.scenario import Scenario

PROMISE = ("within_s", "target", "days_met", "days_met_low", "days_met_high")
JUDGEMENT = ("definition", "verdict")
NESTED = ("counts", "service_level", "ivr", "customers")
IVR_COLUMNS = {
    name: f"ivr_{name}" for name in ("entered", "containment", "net_containment", "hung_up", "time_s")
}
TOTALS = ("staffing_cost", "overtime_cost", "line_cost", "cost", "value", "net", "cost_per_answered")


def kpi_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return one row per tier and the total: mean counts, and estimates with ``_low`` and ``_high``."""
    return pd.DataFrame(_tier_rows(summary(scenario, tallies)))


def pool_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return one row per pool: occupancy, hours and work per replication."""
    pools = summary(scenario, tallies)["pools"]
    return pd.DataFrame([{"pool": name, **flat(figures)} for name, figures in pools.items()])


def tier_points_table(settings: Sequence[Mapping[str, object]], summaries: Sequence[Summary]) -> pd.DataFrame:
    """Return the rows of `kpi_table` for each point of a sweep, after its number and its settings."""
    rows = [
        {"point": point, **setting, **row}
        for point, (setting, figures) in enumerate(zip(settings, summaries, strict=True))
        for row in _tier_rows(figures)
    ]
    return pd.DataFrame(rows)


def customer_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return one row per tier and the total: how often customers call, and how many get what they want."""
    tiers = summary(scenario, tallies)["tiers"]
    return pd.DataFrame([{"tier": name, **flat(tier["customers"])} for name, tier in tiers.items()])


def economics_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return one row per pool (its cost), per tier (the value of its calls) and per total.

    ``of`` names the pool or the tier, and is empty for a total; ``amount`` is the mean of a replication.
    """
    money: Summary = summary(scenario, tallies)["economics"]
    rows = [
        *(("cost", pool, amount) for pool, amount in money["pools"].items()),
        *(("value", tier, amount) for tier, amount in money["tiers"].items()),
        *((total, "", money[total]) for total in TOTALS),
    ]
    return pd.DataFrame([{"figure": name, "of": of, **flat({"amount": amount})} for name, of, amount in rows])


def target_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return one row per target: what it asks, what was reached, on which days it held, the verdict."""
    return pd.DataFrame([_target_row(target) for target in summary(scenario, tallies)["targets"]])


def _target_row(target: Mapping[str, Any]) -> dict[str, Any]:
    asked = ("measure", "bound", "within_s", "after_s", "over", "on_days", "preset")
    return {
        "path": target["path"],
        "of": target["pool"] or ", ".join(target["tiers"]),
        **{key: target[key] for key in asked},
        **flat({"reached": target, "days_met": target["days_met"]}),
        "verdict": target["verdict"],
    }


def interval_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return one row per day, interval and tier, and the total.

    Counts are means per replication; ``queue_length`` is the mean number waiting over the interval, and the
    last of a day includes those who wait after the close.
    """
    by_tier = groups(scenario, stack(tallies))
    return _by_cell(scenario, "tier", {name: _tier_cells(scenario, group) for name, group in by_tier.items()})


def pool_interval_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return one row per day, interval and pool; ``staffed``, ``busy``, ``on_break`` are mean agents."""
    by_pool = pool_figures(scenario, stack(tallies))
    return _by_cell(scenario, "pool", {name: _pool_cells(scenario, pool) for name, pool in by_pool.items()})


def callback_interval_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return one row per day and interval: callbacks created and attempts made in it, open at its end."""
    cells = np.moveaxis(stack(tallies).job_cells, 1, 0)
    figures = _columns({name: mean(cell) for name, cell in zip(JOB_CELLS, cells, strict=True)})
    return pd.DataFrame({**_calendar(scenario), **figures})


def line_interval_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return one row per day and interval: mean number of trunk lines held; empty without a limit."""
    seconds = cells_of(scenario).seconds
    held = stack(tallies).lines_s if scenario.lines else np.full((len(tallies), seconds.size), np.nan)
    return pd.DataFrame({**_calendar(scenario), **_columns({"busy": mean(divide(held, seconds))})})


def _tier_rows(figures: Summary) -> list[dict[str, Any]]:
    return [{"tier": name, **_tier_row(tier)} for name, tier in figures["tiers"].items()]


def _tier_row(figures: Summary) -> dict[str, Any]:
    level = figures["service_level"]
    definitions = {level["definition"]: level, **level["other_definitions"]}
    others = {name: kpi for name, kpi in figures.items() if name not in NESTED}
    return {
        **figures["counts"],
        **flat({"service_level": level}),
        **{key: _number(level[key]) for key in PROMISE},
        **{key: level[key] for key in JUDGEMENT},
        **{name: _number(definitions[name]["value"]) for name in DEFINITIONS},
        **flat(others),
        **flat({IVR_COLUMNS.get(name, name): kpi for name, kpi in figures["ivr"].items()}),
        **flat(figures["customers"]),
    }


def flat(estimates: Mapping[str, Mapping[str, float | None]]) -> dict[str, float]:
    """Return each figure, and the ends of its interval as ``_low`` and ``_high``, nan where undefined."""
    suffixes = (("value", ""), ("low", "_low"), ("high", "_high"))
    return {
        name + end: _number(estimate[key]) for name, estimate in estimates.items() for key, end in suffixes
    }


def _number(figure: float | None) -> float:
    return np.nan if figure is None else figure


def _tier_cells(scenario: Scenario, group: Group) -> dict[str, Any]:
    figures, seconds = group.figures, cells_of(scenario).seconds
    level = service_level(figures, scenario.service_level.definition)
    return {
        **{name: figures[name].mean(axis=0) for name in REPORTED_COUNTS},
        **_columns(_estimates({"service_level": level} | tier_estimands(figures))),
        "queue_length": divide(figures["waiting_s"].mean(axis=0), seconds),
    }


def _pool_cells(scenario: Scenario, figures: Figures) -> dict[str, Any]:
    seconds, estimates = cells_of(scenario).seconds, _estimates(pool_estimands(figures))
    return {
        "staffed": divide(figures["staffed_s"].mean(axis=0), seconds),
        "busy": divide(figures["busy_s"].mean(axis=0), seconds),
        "on_break": divide(figures["break_s"].mean(axis=0), seconds),
        **_columns({"occupancy": estimates.pop("occupancy")}),
        **{name: estimate.value for name, estimate in estimates.items()},
    }


def _estimates(estimands: Mapping[str, Estimand]) -> dict[str, Estimate]:
    return dict(zip(estimands, estimates_of(list(estimands.values())), strict=True))


def _columns(estimates: Mapping[str, Estimate]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, estimate in estimates.items():
        columns |= {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
    return columns


def _by_cell(scenario: Scenario, label: str, columns_of: Mapping[str, dict[str, Any]]) -> pd.DataFrame:
    calendar = _calendar(scenario)
    frames = [pd.DataFrame({**calendar, label: name, **columns}) for name, columns in columns_of.items()]
    return pd.concat(frames).sort_values(["day", "interval"], kind="stable", ignore_index=True)


def _calendar(scenario: Scenario) -> dict[str, Any]:
    day = scenario.day
    starts = [clock_text(day.open + day.interval * number) for number in range(day.intervals)]
    dates = [str(scenario.date_of(number)) for number in range(scenario.days)]
    return {
        "day": np.repeat(np.arange(scenario.days), day.intervals),
        **({} if day.date is None else {"date": np.repeat(dates, day.intervals)}),
        "interval": np.tile(np.arange(day.intervals), scenario.days),
        "start": starts * scenario.days,
    }
