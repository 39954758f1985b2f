"""`callcenter init`: from nothing to a report in three commands, and what a slip in a workbook says."""

from __future__ import annotations

import subprocess
import sys
from datetime import time
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from openpyxl import load_workbook

from callcenter.demand import warnings
from callcenter.scenario import load, schema
from callcenter.scenario.loading import read_yaml
from callcenter.scenario.parts.by_day import mean_day
from tests.cli.conftest import Command

FILES = ["callcenter.schema.json", "forecast.xlsx", "scenario.yaml", "staffing.xlsx"]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def shell(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `callcenter` as a user does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "callcenter", *words], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_three_commands_to_a_report(tmp_path: Path) -> None:
    """init, check, run: the page is there; the command that init prints is the one that runs."""
    begun = shell(tmp_path, "init", "desk")
    checked = shell(tmp_path, "check", "desk/scenario.yaml")
    words = begun.stdout.splitlines()[-1].split()
    ran = shell(tmp_path, *[word for word in words[1:] if word != "--open"], "--replications", "5")

    assert ([0] * 3, [""] * 2) == (
        [done.returncode for done in (begun, checked, ran)],
        [begun.stderr, checked.stderr],
    )
    assert ["callcenter", "run", "desk/scenario.yaml", "--out", "desk/results", "--open"] == words
    assert checked.stdout.startswith("desk/scenario.yaml: ok, ")
    assert "warning" not in checked.stdout
    assert (tmp_path / "desk" / "results" / "report.html").stat().st_size > 10_000


@pytest.mark.slow
def test_a_slip_in_the_forecast_is_named_by_sheet_row_and_column(tmp_path: Path) -> None:
    """As a planner would look for it in Excel; no traceback, exit status 2."""
    shell(tmp_path, "init", "desk")
    path = tmp_path / "desk" / "forecast.xlsx"
    book = load_workbook(path)
    book["Forecast"]["B7"] = "about 80"
    book.save(path)

    done = shell(tmp_path, "run", "desk/scenario.yaml")

    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr == (
        "desk/forecast.xlsx: sheet 'Forecast', row 7, column B (Mon): demand.calls.5: "
        "is not a number, given 'about 80'; write a number in this cell\n"
    )


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_every_interval_is_a_scenario_without_warnings(callcenter: Command, minutes: int) -> None:
    """Rows of the workbooks are the intervals of the day; every weekday's column can be taken."""
    assert 0 == callcenter("init", "desk", "--interval", minutes).exit_code

    scenario = load("desk/scenario.yaml")

    assert (minutes * 60, 12 * 60 // minutes) == (scenario.day.interval, scenario.day.intervals)
    assert [] == list(warnings(scenario))
    for day in DAYS:
        other = {"file": "desk/forecast.xlsx", "column": day}
        assert sum(mean_day(scenario.with_({"demand.calls": other}).demand.calls or ())) > 1000


def test_the_same_day_whatever_the_interval(callcenter: Command) -> None:
    """A Monday has as many calls in quarters as in hours, but for rounding to whole calls."""
    sums = []
    for minutes in (15, 30, 60):
        callcenter("init", str(minutes), "--interval", minutes)
        sums.append(sum(mean_day(load(f"{minutes}/scenario.yaml").demand.calls or ())))
    assert max(sums) - min(sums) < 5


def test_workbooks_are_made_to_be_filled_in(callcenter: Command) -> None:
    """Real times, a frozen header, cells that refuse text, notes behind them, no sheet without a use."""
    callcenter("init", "desk")
    for name, sheet, columns in (
        ("forecast", "Forecast", DAYS),
        ("staffing", "Staffing", ["vip_desk", "front_office", "back_office"]),
    ):
        book = load_workbook(f"desk/{name}.xlsx")
        page = book[sheet]
        (rule,) = page.data_validations.dataValidation

        assert [sheet, "Notes"] == book.sheetnames
        assert ["start", *columns] == [cell.value for cell in page[1]]
        assert [time(8), time(19, 30)] == [page["A2"].value, page.cell(25, 1).value]
        assert ("B2", 25, ("greaterThanOrEqual", "0")) == (
            page.freeze_panes,
            page.max_row,
            (rule.operator, rule.formula1),
        )
        assert str(rule.sqref) == f"B2:{page.cell(25, 1 + len(columns)).coordinate}"


def test_the_totals_of_the_notes_are_those_of_the_table(callcenter: Command) -> None:
    """The formula adds the column up, and its value is there before any Excel has calculated it."""
    callcenter("init", "desk")
    for name, sheet, factor in (("forecast", "Forecast", 1), ("staffing", "Staffing", 0.5)):
        table = load_table(name, sheet, data_only=True)
        shown = load_table(name, "Notes", data_only=True)[-1]
        live = load_table(name, "Notes", data_only=False)[-1]
        for at, letter in enumerate("BCD", 1):
            assert shown[at] == sum(row[at] for row in table[1:]) * factor
            assert live[at] == f"=SUM({sheet}!{letter}2:{letter}25)*{factor:g}"


def load_table(name: str, sheet: str, *, data_only: bool) -> list[tuple[Any, ...]]:
    """Return the rows of a sheet, values or formulas."""
    return list(load_workbook(f"desk/{name}.xlsx", data_only=data_only)[sheet].iter_rows(values_only=True))


def test_editors_know_the_language(callcenter: Command) -> None:
    """The first line names a schema that lies beside it, and the scenario fits it."""
    callcenter("init", "desk")
    folder = Path("desk")

    first = (folder / "scenario.yaml").read_text(encoding="utf-8").splitlines()[0]

    assert first == "# yaml-language-server: $schema=callcenter.schema.json"
    assert sorted(path.name for path in folder.iterdir()) == FILES
    jsonschema.Draft202012Validator(schema()).validate(read_yaml(folder / "scenario.yaml").data)


def test_the_same_bytes_every_time(callcenter: Command) -> None:
    """Nothing in the files depends on when they are written."""
    for name in ("one", "two"):
        callcenter("init", name)
    assert [(Path("one") / name).read_bytes() for name in FILES] == [
        (Path("two") / name).read_bytes() for name in FILES
    ]


def test_nothing_is_overwritten(callcenter: Command) -> None:
    """Not even where only one of the files is there."""
    Path("desk").mkdir()
    Path("desk/forecast.xlsx").write_text("mine")

    done = callcenter("init", "desk")

    assert (done.exit_code, done.stderr) == (
        2,
        "desk already has forecast.xlsx; name another directory\n",
    )
    assert ["forecast.xlsx"] == [path.name for path in Path("desk").iterdir()]
    assert "mine" == Path("desk/forecast.xlsx").read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["desk", "--interval", "20"], "--interval 20: give 15, 30 or 60 (minutes)"),
        (["file"], "file: "),
        (["file/desk"], "file/desk: not a directory"),
    ],
)
def test_what_cannot_be_begun(callcenter: Command, words: list[str], message: str) -> None:
    """A message, no traceback, exit status 2."""
    Path("file").write_text("mine")
    done = callcenter("init", *words)
    assert (2, True) == (done.exit_code, done.stderr.startswith(message)), done.stderr


def test_nothing_is_written_through_a_link(callcenter: Command, tmp_path: Path) -> None:
    """A link that leads nowhere is something that is there."""
    Path("desk").mkdir()
    Path("desk/forecast.xlsx").symlink_to(tmp_path / "elsewhere.xlsx")
    done = callcenter("init", "desk")

    assert 2 == done.exit_code
    assert "desk already has forecast.xlsx; name another directory" in done.stderr
    assert ["forecast.xlsx"] == [path.name for path in Path("desk").iterdir()]
    assert not Path("elsewhere.xlsx").exists()


def test_the_chinese_starter_is_the_same_hotline(callcenter: Command) -> None:
    """Comments, notes and the command are Chinese; sheets, columns and the scenario are the same."""
    assert 0 == callcenter("init", "en").exit_code
    done = callcenter("init", "zh", "--lang", "zh-CN")
    english, chinese = (load(f"{name}/scenario.yaml") for name in ("en", "zh"))
    notes = {name: load_workbook(f"{name}/forecast.xlsx")["Notes"]["A3"].value for name in ("en", "zh")}

    assert done.stdout.splitlines()[-1].endswith("--open --lang zh-CN")
    assert "# 谁来电" in Path("zh/scenario.yaml").read_text(encoding="utf-8")
    assert notes["en"].startswith("Calls expected in each interval")
    assert notes["zh"].startswith("各时段预计来电量")
    same = {"name": english.name, "about": english.about}
    assert english.fingerprint == chinese.with_(same).fingerprint
