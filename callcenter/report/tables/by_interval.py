"""Every figure by interval, for filters, pivot tables and charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from callcenter import wording
from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.measure.tables import callback_interval_table
from callcenter.report.tables.intervals import PLACE, interval_counts, rates_by_interval
from callcenter.report.tables.layout import Cell, Column, Row, Table, columns_of, estimate
from callcenter.report.tables.measure import Measure
from callcenter.report.tables.measures import ANSWER_RATE, CALLBACK_WORK, DAY, INTERVAL
from callcenter.report.tables.units import SHARE, WHOLE
from callcenter.scenario.parts.calendar import date_text
from callcenter.study import Result
from callcenter.totals import ALL


def day_table(result: Result, required: pd.DataFrame) -> Table:
    """Return one row for each interval: calls, agents and those required, and the rate of every tier."""
    counts = interval_counts(result)
    frame = counts.assign(required=_required(counts, required)).join(rates_by_interval(result))
    tiers = rated_tiers(result)
    measures = [measure for measure in DAY if measure.key in frame]
    columns = [
        *place_columns(result),
        *columns_of(measures),
        *(Column(wording.tier(tier), SHARE, rate_key(tier)) for tier in tiers),
    ]
    keys = [*(measure.key for measure in measures), *tiers]
    rows = [
        Row([*_place_cells(result, row), *(Cell(row[key]) for key in keys)])
        for row in frame.reset_index().to_dict("records")
    ]
    return Table(_("The day, interval by interval"), columns, rows)


def rated_tiers(result: Result) -> list[str]:
    """Return the tiers whose rates a day has: all together first, if there are several."""
    tiers = list(result.scenario.tiers)
    return [ALL, *tiers] if len(tiers) > 1 else tiers


def rate_key(tier: str) -> str:
    """Return the key of the answer rate of a tier."""
    return f"{ANSWER_RATE.key} {tier}"


def tier_interval_table(result: Result) -> Table:
    """Return one row for each interval and tier."""
    columns = [*place_columns(result), Column(_("tier"), key="tier"), *columns_of(INTERVAL)]
    rows = [
        Row([*_place_cells(result, row), Cell(wording.tier(row["tier"])), *_cells(row, INTERVAL)])
        for row in result.intervals.to_dict("records")
    ]
    return Table(_("One row for each interval and tier, for pivot tables"), columns, rows)


def callback_work_table(result: Result) -> Table:
    """Return one row for each interval with the work on callbacks."""
    frame = callback_interval_table(result.scenario, result.tallies)
    rows = [
        Row([*_place_cells(result, row), *(Cell(row[measure.key]) for measure in CALLBACK_WORK)])
        for row in frame.to_dict("records")
    ]
    columns = [*place_columns(result), *columns_of(CALLBACK_WORK)]
    return Table(_("Callbacks by interval: means of a replication"), columns, rows)


def place_columns(result: Result) -> list[Column]:
    """Return the day, where there are several, and the time of each row."""
    day = Column(_("day"), WHOLE, "day")
    if result.scenario.day.date is not None:
        day = Column(_("date"), key="day")
    return [*([day] if result.scenario.days > 1 else []), Column(_("from"), key="start")]


def _place_cells(result: Result, row: Mapping[Any, Any]) -> list[Cell]:
    day = result.scenario.day
    start = Cell(clock_text(day.open + row["interval"] * day.interval))
    if result.scenario.days == 1:
        return [start]
    date = result.scenario.date_of(int(row["day"]))
    return [Cell(row["day"] + 1 if date is None else date_text(date)), start]


def _cells(row: Mapping[Any, Any], measures: Iterable[Measure]) -> list[Cell]:
    """Return the figures of a row of a frame, those with an interval as estimates."""
    return [
        Cell(estimate(*(row[f"{key}{end}"] for end in ("", "_low", "_high"))))
        if f"{key}_low" in row
        else Cell(row[key])
        for key in (measure.key for measure in measures)
    ]


def _required(counts: pd.DataFrame, required: pd.DataFrame) -> list[float]:
    """Return the agents required of all pools, the same every day unless they differ."""
    by_place = required.groupby([name for name in PLACE if name in required])["required"].sum(min_count=1)
    return [by_place[(day, interval) if "day" in required else interval] for day, interval in counts.index]
