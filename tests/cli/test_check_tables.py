"""`callcenter check FILE.csv|xlsx`: what is understood of a table, and what must be settled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.conftest import Command
from tests.scenario.files.desk import written
from tests.scenario.files.sheets import save_book

EXPORT = (
    "queue,interval_start,offered,talk\nvip,2026-11-23T09:00Z,30,0:02:14\nvip,2026-11-23T08:30Z,987,0:02:00\n"
)


def test_columns_days_intervals_and_totals(callcenter: Command, tmp_path: Path) -> None:
    """All that a planner must know before trusting a file, a line each."""
    file = written(tmp_path, EXPORT)
    done = callcenter("check", file)
    assert [
        "2 rows below the head in row 1: queue, interval_start, offered, talk",
        "`queue`: vip",
        "`offered`: numbers, 1,017 in total",
        "`talk`: durations, 127.0 s on average",
        "`interval_start`: 2 intervals of 30 min, 08:30 to 09:30; 1 day, 2026-11-23",
        "the times of `interval_start` are taken as they are written (Z)",
        "the rows are put in the order of `interval_start`",
    ] == [line.removeprefix(f"{file}: ") for line in done.stdout.splitlines()]
    assert 0 == done.exit_code


def test_days_down_and_half_hours_across(callcenter: Command, tmp_path: Path) -> None:
    """Each day with its total, by sheet; totals of the file are left out."""
    rows: list[list[Any]] = [
        ["day", "08:00", "08:30", "09:00", "sum"],
        ["Mon", 1, 2, 3, 6],
        ["Tue", 4, 5, "1,212", 0],
        ["Total", 5, 7, 3, 15],
    ]
    done = callcenter("check", save_book(tmp_path / "x.xlsx", Plan=[["Forecast"], *rows]))
    assert "sheet 'Plan': intervals stand across: 3 intervals of 30 min, 08:00 to 09:30" in done.stdout
    assert "row 3, Mon: 6 in total" in done.stdout
    assert "1 row is left out, it is a total" in done.stdout


def test_what_must_be_settled_ends_with_a_status(callcenter: Command, tmp_path: Path) -> None:
    """A doubt is no answer."""
    done = callcenter("check", written(tmp_path, "start;calls\n08:00;1.012\n08:30;1.100\n"))
    assert 2 == done.exit_code
    assert "to settle: `calls`: 1.012 may have thousands or decimals; say `decimal: '.'`" in done.stderr
    assert 2 == callcenter("check", tmp_path / "none.csv").exit_code


def test_a_scenario_tells_what_was_guessed_in_its_files(callcenter: Command, tmp_path: Path) -> None:
    """Beside the overview, as notes."""
    written(tmp_path, "start,calls\n09:00,20\n08:00,10\n")
    scenario = tmp_path / "desk.yaml"
    scenario.write_text(
        "name: desk\nday: {open: 08:00, close: 10:00, interval: 1 h}\n"
        "demand: {calls: {file: x.csv, column: calls}}\n"
        "tiers: {c: {priority: 0, talk: 3 min}}\npools: {p: {serves: [c], agents: 9}}\n",
        encoding="utf-8",
    )
    done = callcenter("check", scenario)
    assert f"note: demand.calls: {tmp_path}/x.csv: the rows are put in the order of `start`" in done.stdout
    assert 0 == done.exit_code


def test_in_chinese_and_without_escapes(callcenter: Command, tmp_path: Path) -> None:
    """Control characters of a file do not reach the terminal."""
    done = callcenter(
        "check", written(tmp_path, "start,calls,\x1b[31mred\n08:00,10,a\n08:30,20,b\n"), "--lang", "zh"
    )
    assert "\x1b" not in done.stdout
    assert "个时段" in done.stdout
    assert 0 == done.exit_code
