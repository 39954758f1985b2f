"""Agents in the charts of a workbook go in steps: level in an interval, upright at its end."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

import callcenter as cc
from callcenter.report.workbook import write_workbook
from callcenter.study.insights import required_agents
from tests.report import studies
from tests.report.workbooks import Reader

Points = list[tuple[Any, Any]]


def lines(book: Reader) -> list[tuple[str, Points]]:
    """Return the name and the corners of each line that the charts draw in steps."""
    found = []
    for xml in book.parts("xl/charts/chart").values():
        if "'Chart data'!" in xml:
            assert "<c:scatterChart>" in xml
            assert '<c:scatterStyle val="lineMarker"/>' in xml
            for series in re.findall("<c:ser>.*?</c:ser>", xml, re.DOTALL):
                assert '<c:smooth val="0"/>' in series
                name, times, values = (cells(book, each) for each in re.findall("<c:f>(.*?)</c:f>", series))
                assert len(times) == len(values)
                found.append((str(name[0]), list(zip(times, values, strict=True))))
    return found


def cells(book: Reader, reference: str) -> list[Any]:
    """Return what a chart finds in some cells."""
    sheet, area = re.fullmatch(r"'?(.*?)'?!(.*)", reference).groups()  # type: ignore[union-attr]
    found = book.values[sheet][area.replace("$", "")]
    return [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]


def test_every_line_is_level_or_upright(desk_book: Reader) -> None:
    """From corner to corner either the time stands or the agents do."""
    drawn = lines(desk_book)

    assert [name for name, _points in drawn] == [
        *("agents staffed", "agents busy", "agents required"),
        *("scheduled", "required") * 2,
    ]
    for name, points in drawn:
        known = [point for point in points if None not in point]
        assert known, name
        for (time, agents), (later, others) in pairwise(known):
            assert later >= time
            assert later == time or others == agents, name


def test_the_levels_are_those_of_the_intervals(desk: cc.Result, desk_book: Reader) -> None:
    """Each interval begins and ends with its agents, at its own times."""
    required = required_agents(desk.scenario)
    for name, points in lines(desk_book)[3:5]:
        rows = required[required["pool"] == "desk"]
        expected = [
            (time, None if level != level else level)
            for hour, level in zip(range(8, 14), rows[name], strict=True)
            for time in (hour / 24, (hour + 1) / 24)
        ]
        assert [level for _time, level in points] == [level for _time, level in expected]
        assert [time for time, _level in points] == pytest.approx([time for time, _level in expected])


def test_lines_end_with_the_day() -> None:
    """Between two days there is a gap, and the axis counts days."""
    result = studies.result({"days": 2}, 2)
    book = Reader(lambda file: write_workbook(result, file))
    name, points = lines(book)[0]

    assert name == "agents staffed"
    assert points[12] == (None, None)
    assert [points[0][0], points[13][0]] == pytest.approx([1 + 8 / 24, 2 + 8 / 24])
    assert book.values["Chart data"].sheet_state == "hidden"


def test_they_follow_the_cells_of_the_table(desk_book: Reader) -> None:
    """A roster changed by hand changes its line."""
    formulas = {place: text for place, text in desk_book.formulas().items() if place[0] == "Chart data"}

    assert formulas
    for place, text in formulas.items():
        assert re.fullmatch(r"='?[A-Za-z ]+'?![A-Z]+\d+", text)
        assert desk_book.calculated(place) == pytest.approx(desk_book.values[place[0]][place[1]].value)
