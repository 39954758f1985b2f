"""Downloads: YAML, command, workbook; each has the figures of the page."""

from __future__ import annotations

import io
import json
import shlex
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import callcenter as cc
from callcenter.cli import app
from callcenter.language import speaking, spoken
from callcenter.scenario import Scenario
from callcenter.web.downloads import command, file_name, later, workbook_file, yaml_file
from callcenter.web.knobs import Knobs
from callcenter.web.uploads import uploaded
from callcenter.web.whatif import WhatIf
from tests.commands import ROOT
from tests.web.test_knobs import ALL_KNOBS

IN_SHIFTS = {
    "pools.desk.shifts": [{"start": "08:00", "end": "12:00", "agents": 11}],
    "tiers.vip.patience": "2 min",
    "tiers.mid.patience": {"exponential": "3 min", "at_most": "5 min"},
}


@pytest.mark.parametrize(
    ("written", "knobs"),
    [({}, Knobs()), ({}, ALL_KNOBS), (IN_SHIFTS, Knobs(patience=85, shifts={"desk": 130}, reserve=False))],
    ids=["at rest", "all knobs", "shifts"],
)
def test_the_command_gives_the_same_figures(
    scenario_file: Path, monkeypatch: pytest.MonkeyPatch, written: dict[str, object], knobs: Knobs
) -> None:
    """Every figure of the page is printed by the command that it shows."""
    scenario_file.write_bytes(yaml_file(cc.load(scenario_file, written)))
    desk = WhatIf(cc.load(scenario_file))
    result = desk.result(desk.variant(knobs), 4)
    program, *words = shlex.split(command(scenario_file.name, desk.changes(knobs), result))

    assert "callcenter" == program
    monkeypatch.chdir(scenario_file.parent)
    printed = CliRunner().invoke(app, [*words, "--quiet", "--json", "-"]).stdout
    assert result.summary == json.loads(printed)


def test_the_command_of_the_hotline() -> None:
    """At rest it is what anybody would type."""
    source = "scenarios/unicom_10010.yaml"
    desk = WhatIf(cc.load(ROOT / source))
    result = desk.result(desk.scenario, 2)

    assert f"callcenter run {source} --seed 10010 --replications 2" == command(source, {}, result)


@pytest.mark.parametrize("knobs", [Knobs(), ALL_KNOBS], ids=["at rest", "all knobs"])
def test_the_file_is_the_variant(scenario: Scenario, knobs: Knobs) -> None:
    """The YAML needs no other file: it can be uploaded again, and is the same scenario."""
    variant = WhatIf(scenario).variant(knobs)
    again = uploaded(yaml_file(variant), "again.yaml")

    assert (variant, variant.fingerprint) == (again, again.fingerprint)


def test_the_hotline_can_be_taken_away() -> None:
    """A scenario that reads CSV files is written out with their figures."""
    hotline = cc.load(ROOT / "scenarios" / "unicom_10010.yaml")

    assert hotline.fingerprint == uploaded(yaml_file(hotline), "hotline.yaml").fingerprint


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_workbook_opens(scenario: Scenario) -> None:
    """The workbook is one that a spreadsheet reads, with the tiers in it."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_file(cc.run(scenario, 2))))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}

    assert {"vip", "mid", "regular"} <= cells


def test_files_are_made_later_in_the_language_of_the_page() -> None:
    """A file is made in a thread of the server's own, which speaks no language by itself."""
    with speaking("zh-CN"):
        made = later(lambda: spoken().encode())
    with ThreadPoolExecutor(1) as thread:
        assert b"zh-CN" == thread.submit(made).result()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("small", "small-what-if.yaml"), ("../a b/ü", "a-b-ü-what-if.yaml"), ("...", "scenario-what-if.yaml")],
)
def test_file_names(scenario: Scenario, name: str, expected: str) -> None:
    """The name of a scenario makes the name of a file, without a way into other folders."""
    assert expected == file_name(scenario.with_({"name": name}), ".yaml")
