"""The charts of a workbook: the day, the staffing, a curve, the callbacks, a comparison."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from callcenter.language import gettext as _
from callcenter.report.figures.style import SERIES
from callcenter.report.tables.by_interval import rate_key
from callcenter.report.workbook.chart_sheet import (
    BARS,
    MOST_SERIES,
    ChartSheet,
    line,
    straight,
    ticks,
)
from callcenter.report.workbook.curve import CurveSheet
from callcenter.report.workbook.intervals import DaySheet
from callcenter.report.workbook.sheet import Area
from callcenter.report.workbook.staffing_sheets import StaffSheets
from callcenter.report.workbook.tables import Written
from callcenter.scenario import Day

SHARE = {"min": 0, "max": 1, "num_format": "0%"}
COLUMNS = {"fill": {"color": BARS}, "border": {"none": True}, "gap": 30}


def series(area: Area, column: int, names: int = 1) -> dict[str, Any]:
    """Return a column of a table as a series over its first columns."""
    return {
        "name": area.head(column),
        "categories": area.column(0, names - 1),
        "values": area.column(column),
    }


def day_charts(charts: ChartSheet, day: DaySheet) -> None:
    """Draw the agents in steps, then the answer rate of each tier."""
    _steps(charts, day.area, day.agents, day.day, _("Agents staffed, busy and required"))
    chart = straight(charts.book.file.add_chart({"type": "line"}))
    for place, column in enumerate(day.rates[:MOST_SERIES]):
        chart.add_series({**series(day.area, column, day.names), **line(place, markers=True)})
    title = _("Answer rate by interval") + first_of(len(day.rates))
    charts.put(
        chart, title, {"x_axis": "", "y_axis": _("answer rate")}, x_axis=_ticks(day.area), y_axis=SHARE
    )


def staffing_charts(charts: ChartSheet, staff: StaffSheets, day: Day) -> None:
    """Draw scheduled against required agents of the first pools, in steps."""
    for pool, area in list(staff.rows.items())[:MOST_SERIES]:
        levels = {staff.names + place: values for place, values in enumerate(staff.levels[pool], 1)}
        title = _("Scheduled against required: {pool}").format(pool=pool)
        _steps(charts, area, levels, day, title, staff.all)


def _steps(
    charts: ChartSheet,
    area: Area,
    levels: Mapping[int, Sequence[Any]],
    day: Day,
    title: str,
    heads: Area | None = None,
) -> None:
    """Draw columns of a table as lines that go up and down at the ends of intervals only."""
    chart = straight(charts.book.file.add_chart({"type": "scatter", "subtype": "straight"}))
    lines, axis = charts.steps.put(area, levels, day)
    for place, (column, each) in enumerate(zip(levels, lines, strict=True)):
        chart.add_series({**each, "name": (heads or area).head(column), **line(place)})
    names = {"x_axis": _("day") if axis["max"] > 2 else "", "y_axis": _("agents")}
    charts.put(chart, title, names, x_axis=axis, y_axis={"min": 0})


def curve_chart(charts: ChartSheet, curve: CurveSheet) -> None:
    """Draw the answer rates of the first tiers along a curve, with their intervals."""
    chart = straight(charts.book.file.add_chart({"type": "scatter", "subtype": "straight_with_markers"}))
    area, places = curve.written
    for place, tier in enumerate(curve.tiers[:MOST_SERIES]):
        rate = rate_key(tier)
        bars = {
            "type": "custom",
            "minus_values": f"={area.cells(places[f'{rate} below'])}",
            "plus_values": f"={area.cells(places[f'{rate} above'])}",
            "line": line(place)["line"] | {"width": 1, "dash_type": "solid"},
        }
        chart.add_series({**series(area, places[rate]), **line(place, markers=True), "y_error_bars": bars})
    title = _("Answer rate over {axis}, with 95% intervals").format(axis=curve.axis)
    title += f" ({curve.others})" if curve.others else ""
    charts.put(
        chart,
        title + first_of(len(curve.tiers)),
        {"x_axis": curve.axis, "y_axis": _("answer rate")},
        x_axis=_room(curve.places),
        y_axis={"max": 1, "num_format": "0.0%"},
    )


def _room(places: tuple[float, ...]) -> dict[str, float]:
    """Return where an axis of numbers begins and ends: at round ones."""
    unit = 10.0 ** math.floor(math.log10(max(places) - min(places)))
    return {"min": math.floor(min(places) / unit) * unit, "max": math.ceil(max(places) / unit) * unit}


def callback_chart(charts: ChartSheet, area: Area, names: int) -> None:
    """Draw callbacks created and attempted as columns, those open as a line."""
    chart = charts.book.file.add_chart({"type": "column"})
    lines = straight(charts.book.file.add_chart({"type": "line"}))
    for place, more in enumerate((COLUMNS, {"fill": {"color": "#7f93a8"}, "border": {"none": True}})):
        chart.add_series({**series(area, names + place, names), **more})
    lines.add_series({**series(area, names + 2, names), **line(1)})
    chart.combine(lines)
    title = _("Callbacks created, attempted (columns), and open at the end of each interval (line)")
    charts.put(chart, title, {"x_axis": "", "y_axis": _("callbacks")}, x_axis=_ticks(area), y_axis={"min": 0})


def comparison_chart(charts: ChartSheet, pairs: Sequence[Written]) -> None:
    """Draw the answer rates of both sides beside each other, a chart for each of the first pairs."""
    for area, places in pairs[:MOST_SERIES]:
        chart, parts = charts.book.file.add_chart({"type": "column"}), area.column(places["part"])
        for side, colour in (("first", BARS), ("second", SERIES[0])):
            look = {"fill": {"color": colour}, "border": {"none": True}}
            name = [area.sheet, area.first, places[side]]
            values = series(area, places[f"{side}_value"])
            chart.add_series({**values, "name": name, "categories": parts, **look})
        charts.put(chart, _("Answer rates"), {"x_axis": "", "y_axis": _("answer rate")}, y_axis=SHARE)


def first_of(number: int) -> str:
    """Return the remark that not all of so many are drawn, empty if all are."""
    if number <= MOST_SERIES:
        return ""
    return " " + _("(the first {shown} of {number})").format(shown=MOST_SERIES, number=number)


def _ticks(area: Area) -> dict[str, int]:
    return ticks(area.last - area.first + 1)
