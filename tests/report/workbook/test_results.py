"""The workbook of a study: its figures are those of the study, and what users wrote stays text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import callcenter as cc
from callcenter.measure.tables import pool_interval_table
from callcenter.report.workbook import write_workbook
from callcenter.study import one_more_agent
from callcenter.study.insights import required_agents
from callcenter.totals import ALL
from tests.report import studies
from tests.report.workbooks import Reader

SHEETS = [
    "Summary",
    "Charts",
    "Tiers",
    "Pools",
    "Intervals",
    "Intervals by tier",
    "Staffing",
    "Staffing by interval",
    "Callbacks",
    "Callbacks by interval",
    "Inputs",
    "Inputs by interval",
    "Definitions",
    "Run info",
    "Chart data",
]


def same(figure: float | None) -> Any:
    """Return what a cell must hold for a figure: nothing for none."""
    return None if figure is None or math.isnan(figure) else pytest.approx(figure, rel=1e-12)


def test_the_sheets(desk_book: Reader) -> None:
    """In the order in which one reads; only those that the scenario has something for."""
    assert SHEETS == desk_book.names


def test_no_line_of_a_chart_is_smoothed(desk_book: Reader, grid_book: Reader) -> None:
    """Each line says so; where a file leaves it open some programs draw curves."""
    for book in (desk_book, grid_book):
        with ZipFile(BytesIO(book.bytes)) as file:
            charts = [file.read(name).decode() for name in file.namelist() if "charts/chart" in name]
        lines = [part for chart in charts for part in re.findall(r"<c:lineChart>.*?</c:lineChart>", chart)]

        assert lines
        for part in lines:
            assert part.count("<c:ser>") == part.count('<c:smooth val="0"/>')
            assert '<c:smooth val="1"/>' not in part


def test_the_intervals(desk: cc.Result, desk_book: Reader) -> None:
    """Calls and agents add up over tiers and pools; where nobody called there is no rate."""
    rows = desk_book.rows("Intervals", "from")
    intervals = desk.intervals.set_index(["tier", "start"])
    pools = pool_interval_table(desk.scenario, desk.tallies).groupby("start")[["staffed", "busy"]].sum()
    required = required_agents(desk.scenario).groupby("start")["required"].sum()

    assert [*pools.index] == [row["from"] for row in rows]
    for row in rows:
        start = row["from"]
        calls = [intervals.loc[(tier, start)] for tier in ("vip", "regular")]
        assert same(sum(tier["offered"] for tier in calls)) == row["offered"]
        assert same(sum(tier["offered"] - tier["answered"] for tier in calls)) == row["not answered"]
        assert same(sum(tier["queue_length"] for tier in calls)) == row["callers in line"]
        assert [same(pools.loc[start, name]) for name in ("staffed", "busy")] == [
            row["agents staffed"],
            row["agents busy"],
        ]
        assert same(required[start]) == row["agents required"]
        for tier in ("vip", "regular", ALL):
            assert same(intervals.loc[(tier, start), "service_level"]) == row[tier]
    assert [None] * 3 == [rows[0][tier] for tier in ("vip", "regular", "all")]


def test_the_inputs(desk_book: Reader) -> None:
    """Calls and agents as the scenario has them, times in seconds."""
    rows = {row["tier"]: row for row in desk_book.rows("Inputs", "tier")}
    intervals = desk_book.rows("Inputs by interval", "from")

    assert [0.9, 20.0, 55.0, 240.0, 180.0] == pytest.approx(
        [
            rows["vip"][head]
            for head in ("target", "in time: within (s)", "calls a day", "mean patience (s)", "mean talk (s)")
        ]
    )
    assert [0, 30, 45, 45, 30, 15] == pytest.approx([row["calls: regular"] for row in intervals])
    assert [3.0] * 6 == [row["agents: desk"] for row in intervals]


def test_the_scenario_can_be_saved(desk: cc.Result, desk_book: Reader, tmp_path: Path) -> None:
    """The lines of the last sheet are a scenario that gives the same results."""
    lines = [row["a"] for row in _pairs(desk_book)]
    start = next(place for place, line in enumerate(lines) if str(line).endswith(".yaml file"))
    path = tmp_path / "saved.yaml"
    path.write_text("\n".join(line or "" for line in lines[start + 1 :]), encoding="utf-8")

    assert desk.scenario.fingerprint == cc.load(path).fingerprint
    assert "7" == next(row["b"] for row in _pairs(desk_book) if row["a"] == "seed")


def _pairs(book: Reader) -> Iterator[dict[str, Any]]:
    for first, second in book.sheet("Run info").iter_rows(max_col=2, values_only=True):
        yield {"a": first, "b": second}


def test_several_days() -> None:
    """Each day has its intervals."""
    found = studies.result({"days": 2}, replications=2)
    rows = Reader(lambda file: write_workbook(found, file)).rows("Intervals", "day")

    assert [1] * 6 + [2] * 6 == [row["day"] for row in rows]
    offered = found.intervals[found.intervals["tier"] != ALL].groupby(["day", "interval"])["offered"].sum()
    assert [same(calls) for calls in offered] == [row["offered"] for row in rows]


def test_what_only_some_scenarios_have() -> None:
    """Customers, self-service, lines and money have their sheets."""
    changes = {
        "ivr": {"time": "20 s", "self_service": "10%", "hangs_up": "0%"},
        "lines": 30,
        "tiers.vip.redial": {"after": {"exponential": "5 min"}, "when": {"abandoned": "50%"}},
        "pools.desk.cost_per_hour": 40,
        "tiers.vip.value": {"answered": 3, "abandoned": -5},
    }
    found = studies.result(changes)
    book = Reader(lambda file: write_workbook(found, file))
    customers = {row["tier"]: row for row in book.rows("Customers", "tier")}
    money = {(row["money"], row["of"]): row for row in book.rows("Economics", "money")}
    ivr = {row["tier"]: row for row in book.rows("Self-service and lines", "tier")}
    (lines,) = book.rows("Self-service and lines", "lines")

    vip, economics = found.summary["tiers"]["vip"], found.summary["economics"]
    assert same(vip["customers"]["calls_per_customer"]["value"]) == customers["vip"]["calls per customer"]
    assert same(vip["counts"]["redials"]) == customers["vip"]["redials"]
    assert same(vip["ivr"]["containment"]["high"]) == ivr["vip"]["solved there, high"]
    assert same(found.summary["lines"]["line_hours"]["value"]) == lines["line-hours"]
    assert same(economics["pools"]["desk"]["value"]) == money["cost of the pool", "desk"]["mean"]
    assert same(economics["net"]["low"]) == money["net", None]["95% interval, low"]


def test_one_replication_has_no_intervals() -> None:
    """Cells stay empty where there is no interval."""
    found = studies.result(replications=1)
    rows = Reader(lambda file: write_workbook(found, file)).rows("Summary", "tier")

    assert {None} == {row["95% interval, low"] for row in rows}
    assert same(found.summary["tiers"]["vip"]["service_level"]["value"]) == rows[0]["answer rate"]


def test_the_same_results_give_the_same_bytes(desk: cc.Result, grid: cc.SweepResult, tmp_path: Path) -> None:
    """In memory and in a file, today and tomorrow."""
    for study in (desk, grid):
        path, stream = tmp_path / "results.xlsx", BytesIO()
        assert path == write_workbook(study, path)
        assert write_workbook(study, stream) is None
        assert path.read_bytes() == stream.getvalue()


def test_it_is_read_and_printed_with_ease(desk_book: Reader) -> None:
    """Heads and names stay in sight, filters are set, pages are A4 across and as wide as the sheet."""
    sheet = desk_book.texts["Intervals"]
    top = int(desk_book.place("Intervals", "from")[1][1:]) - 1

    assert f"B{top + 1}" == sheet.freeze_panes
    assert re.fullmatch(rf"A{top}:[A-Z]+{top + 6}", sheet.auto_filter.ref)
    assert f"${top}:${top}" == sheet.print_title_rows
    for page in desk_book.texts.worksheets:
        assert ("landscape", 9, 1, 0) == (
            page.page_setup.orientation,
            page.page_setup.paperSize and int(page.page_setup.paperSize),
            page.page_setup.fitToWidth or 1,
            page.page_setup.fitToHeight,
        ), page.title


def test_charts_draw_cells_that_are_there(grid_book: Reader) -> None:
    """The day, two pools and the curve, callbacks if there are any; every range holds numbers or names."""
    charts = grid_book.parts("xl/charts/chart")

    about_callbacks = [xml for xml in charts.values() if "<a:t>callbacks</a:t>" in xml]
    assert 5 == len(charts) - len(about_callbacks)
    assert 1 == sum(
        "<c:scatterChart>" in xml and "Agents staffed, busy and required" in xml for xml in charts.values()
    )
    for xml in charts.values():
        for reference in re.findall(r"<c:f>(.*?)</c:f>", xml):
            sheet, cells = re.fullmatch(r"'?(.*?)'?!(.*)", reference).groups()  # type: ignore[union-attr]
            found = grid_book.values[sheet][cells.replace("$", "")]
            flat = [cell for row in found for cell in row] if isinstance(found, tuple) else [found]
            assert any(cell.value is not None for cell in flat), reference


def test_no_money_rows_without_values() -> None:
    """Where no call has a value there is neither value nor net, as on the page."""
    result = studies.result({"pools.desk.cost_per_hour": 40}, replications=2)
    rows = Reader(lambda file: write_workbook(result, file)).rows("Economics", "money")

    assert [
        *("cost of the pool", "cost of the pool", "cost of staffed hours", "cost of overtime"),
        *("cost of lines", "all costs", "cost per answered call"),
    ] == [row["money"] for row in rows]


def test_words_are_those_of_the_figures(desk: cc.Result, desk_book: Reader) -> None:
    """Each figure of the sheets that has a meaning is explained once, and no other."""
    meanings = {row["word"]: row["meaning"] for row in desk_book.rows("Definitions", "word")}

    assert "busy ÷ (staffed + overtime)" == meanings["occupancy"]
    assert "answered in time ÷ offered" in meanings["answer rate"]
    assert not {"net", "calls per customer", "until a person", "redials"} & {*meanings}
    assert {"95% interval", "shrinkage"} <= {*meanings}


def test_what_one_more_agent_changes(desk: cc.Result) -> None:
    """A sheet where it was asked for."""
    margins = one_more_agent(desk.scenario, 2, engine="simpy")
    book = Reader(lambda file: write_workbook(desk, file, margins))

    assert {"desk", "office"} == {row["one more in"] for row in book.rows("One more agent", "one more in")}
