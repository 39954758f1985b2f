"""What must stand on the sheets of workbooks; figures are taken from summaries and frames by key."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import callcenter as cc
from callcenter.measure.tables import callback_interval_table
from callcenter.study import Comparison, SweepResult
from callcenter.study.answers.fewest import fewest
from callcenter.study.insights import required_agents
from tests.report import expected
from tests.report.expected import AGENTS, FORMS, Expected, Head, Value, of_roster, row

BESIDE = "c"
"""Mark of a head whose interval is called that, not after the figure."""


class Column(NamedTuple):
    """A head of a sheet, and what must stand below it in which number format."""

    head: str
    values: Sequence[Any]
    formats: Sequence[str]
    end: str = ""
    """The end of an interval that it has, of the figure before."""


def columns(table: Expected) -> Iterator[Column]:
    """Yield the columns that a workbook has of a table, the ends of intervals behind their values."""
    for place, head in enumerate(table.heads):
        if "b" in head.on:
            values = [each[place] for each in table.rows]
            yield from _promise(values) if head.form == "target" else _figures(head, values)


def _promise(values: Sequence[Value]) -> Iterator[Column]:
    for key, head, form in (("target", "target", "share"), ("within_s", "in time: within (s)", "seconds")):
        parts = [None if value.figure is None else value.figure[key] for value in values]
        yield Column(head, parts, [FORMS[form].number_format] * len(parts))


def _figures(head: Head, values: Sequence[Value]) -> Iterator[Column]:
    forms = [FORMS[value.form or head.form] for value in values]
    formats = [form.number_format for form in forms]
    words = FORMS["verdict"].words if head.form == "verdict" else lambda figure: figure
    name = head.text + FORMS[head.form].suffix
    yield Column(name, [value.figure and words(value.figure) for value in values], formats)
    if any(value.low is not None for value in values):
        interval = "95% interval" if BESIDE in head.ends else name
        for end in ("low", "high"):
            limits = [getattr(value, end) for value in values]
            yield Column(f"{interval}, {end}", limits, formats, end)


def summary(result: cc.Result) -> Expected:
    """The verdicts of the tiers."""
    heads = [
        *(Head("tier"), Head("target", "target"), Head("answer rate", "share", ends=BESIDE)),
        *(Head("above the target", "points"), Head("days met", "share"), Head("verdict", "verdict")),
    ]
    rows = []
    for name, tier in result.summary["tiers"].items():
        level = tier["service_level"]
        target = {key: level[key] for key in ("target", "within_s")}
        above = None if level["target"] is None else level["value"] - level["target"]
        rows.append(row(name, target, level, above, expected.days_met(level), level["verdict"]))
    return Expected(heads, rows)


def named(table: Expected) -> Expected:
    """Return a table of one row per figure, whose name has the unit that its number does not show."""
    rows = [[Value(name.figure + FORMS[value.form].suffix), value] for name, value in table.rows]
    return table._replace(rows=rows)


def days(result: cc.Result) -> Expected:
    """The day, all calls and agents together, and the rates of all and of each tier."""
    tiers = ["all", *result.scenario.tiers]
    heads = [
        *(Head("day", "whole"), Head("from"), Head("offered", "count"), Head("not answered", "count")),
        *(Head("callers in line", "count"), Head("agents staffed", "count"), Head("agents busy", "count")),
        Head("agents required", "count"),
        *(Head(tier, "share") for tier in tiers),
    ]
    required = required_agents(result.scenario).groupby("interval")["required"].sum()
    rates = result.intervals.set_index(["day", "interval", "tier"])["service_level"]
    places = [(day, interval) for day in range(result.scenario.days) for interval in required.index]
    rows = []
    for (day, interval), old in zip(places, expected.intervals(result).rows, strict=True):
        start = f"{8 + interval:02d}:00"
        shown = [Value(rates[day, interval, tier]) for tier in tiers]
        rows.append([Value(day + 1), Value(start), *old[1:6], Value(required[interval]), *shown])
    return Expected(heads, rows)


INTERVAL = {
    "offered": Head("offered", "count"),
    "answered": Head("answered", "count"),
    "service_level": Head("answer rate", "share"),
    "answered_within": Head("answered in time", "count"),
    "abandoned": Head("abandoned", "count"),
    "abandonment": Head("abandonment", "share"),
    "asa_s": Head("ASA", "seconds"),
    "queue_length": Head("callers in line", "count"),
}


def tier_intervals(result: cc.Result) -> Expected:
    """Every interval of every tier."""
    heads = [Head("day", "whole"), Head("from"), Head("tier"), *INTERVAL.values()]
    rows = [
        row(
            *(each["day"] + 1, each["start"], each["tier"]),
            *(Value(each[key], each.get(f"{key}_low"), each.get(f"{key}_high")) for key in INTERVAL),
        )
        for each in result.intervals.to_dict("records")
    ]
    return Expected(heads, rows)


def callback_work(result: cc.Result) -> Expected:
    """The work on callbacks by interval."""
    names = {"created": "callbacks created", "attempts": "attempts", "backlog": "open at the end"}
    heads = [Head("day", "whole"), Head("from"), *(Head(name, "count") for name in names.values())]
    frame = callback_interval_table(result.scenario, result.tallies)
    rows = [
        row(each["day"] + 1, each["start"], *(each[key] for key in names))
        for each in frame.to_dict("records")
    ]
    return Expected(heads, rows)


def fewest_agents(study: SweepResult) -> Expected:
    """The fewest agents under each condition."""
    heads = [
        *(Head("conditions"), *AGENTS),
        *(Head("staffings tried", "whole"), Head("unclear ones with fewer agents", "whole")),
    ]
    rows = []
    for each in fewest(study):
        agents = (None,) * 4 if each.best is None else of_roster(each.best.roster)
        rows.append(row(each.conditions, *agents, each.tried, each.unclear))
    return Expected(heads, rows)


def curve(study: SweepResult, shown: Sequence[int]) -> Expected:
    """The rates along the agents, with how far their intervals reach."""
    tiers = [*study.results[0].scenario.tiers, "all"]
    heads = [Head("point", "whole")]
    for tier in tiers:
        sides = (Head(f"{tier}, interval {side}", "share") for side in ("below", "above"))
        heads += [Head(tier, "share"), *sides]
    rows = []
    for number in shown:
        levels = [study.summaries[number]["tiers"][tier]["service_level"] for tier in tiers]
        figures = [
            (level, *(abs(level[end] - level["value"]) for end in ("low", "high"))) for level in levels
        ]
        rows.append(row(number, *(figure for each in figures for figure in each)))
    return Expected(heads, rows)


VERDICTS = {"met": "✓ met", "missed": "✗ missed", "unclear": "? unclear"}


def differences(comparison: Comparison) -> Expected:
    """Every difference, with the unit of its figure."""
    heads = [
        *(Head("first"), Head("second"), Head("figure"), Head("of")),
        *(Head("value of the first"), Head("value of the second"), Head("difference", ends=BESIDE)),
        *(Head("verdict on the first"), Head("verdict on the second")),
        *(Head("p", "chance"), Head("p (Holm)", "chance"), Head("shown at 5%")),
        Head("unpaired samples need: times the days"),
    ]
    frame, rows = comparison.table, []
    for key, (name, form, signed) in expected.COMPARED.items():
        for each in frame[frame["figure"] == key].to_dict("records"):
            sides = (Value(each[f"{side}_value"], form=form) for side in ("first", "second"))
            change = Value(each["difference"], each["low"], each["high"], signed)
            names = (each["first"], each["second"], name + FORMS[form].suffix, each["part"])
            shown = None if each["different"] is None else ("yes" if each["different"] else "no")
            times = Value(each["times_the_days"], form="times")
            verdicts = (VERDICTS.get(each[f"{side}_verdict"]) for side in ("first", "second"))
            rows.append(row(*names, *sides, change, *verdicts, each["p"], each["p_holm"], shown, times))
    return Expected(heads, rows)


def sides(comparison: Comparison) -> Expected:
    """Every figure of the tiers of each side."""
    tables = {side.name: expected.tiers(side.result) for side in comparison.sides}
    heads = [Head("scenario"), *next(iter(tables.values())).heads]
    rows = [[Value(name), *each] for name, table in tables.items() for each in table.rows]
    return Expected(heads, rows)


def is_nothing(figure: Any) -> bool:
    """Whether a cell stays empty for a figure."""
    return figure is None or (isinstance(figure, float) and math.isnan(figure))
