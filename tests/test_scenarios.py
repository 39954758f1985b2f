"""The scenarios of the repository load, run, and say what they are for."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pandas as pd
import pytest

import callcenter as cc
from callcenter.scenario.parts.by_day import mean_day
from tests.commands import parse

ROOT = Path(__file__).parents[1]
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
SWEEPS = sorted((ROOT / "scenarios" / "sweeps").glob("*.yaml"))
FILES = [*SCENARIOS, *SWEEPS]
BANK = ROOT.parent / "shared/data/anonymous_bank/halfhour_profile_regular_days.csv"

_COMMAND = re.compile(r"^#   callcenter (.*)$", re.MULTILINE)
_SCHEMA = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


@pytest.mark.slow
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenarios_run(path: Path) -> None:
    """Every scenario simulates days in which all calls are accounted for."""
    scenario = cc.load(path)
    days = sum(scenario.demand.days or [1] * scenario.days)
    expected = days * sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)

    tiers = cc.run(scenario, replications=1).summary["tiers"]
    online = sum(tiers[name]["customers"]["solved_online"]["value"] for name in scenario.tiers)
    customers = sum(tiers[name]["customers"]["customers"]["value"] for name in scenario.tiers)
    waiting = [name for name in scenario.tiers if tiers[name]["counts"]["open"]]

    assert 0.8 * expected < online + customers < 1.2 * expected
    assert all(scenario.tiers[name].channel == "deferred" for name in waiting)


@pytest.mark.parametrize("path", SWEEPS, ids=lambda path: path.stem)
def test_sweeps_vary_something(path: Path) -> None:
    """Every sweep has points, each of them a whole scenario."""
    from callcenter.study import load_design

    design = load_design(path)

    assert len(design.points) > 1
    assert design.varied


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenarios_name_their_schema(path: Path) -> None:
    """An editor finds the schema that completes the keys of a scenario."""
    named = _SCHEMA.match(path.read_text(encoding="utf-8"))

    assert named
    assert (path.parent / named[1]).exists()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_say_what_they_answer(path: Path) -> None:
    """A reader finds the question, the command and what came out, in the comments."""
    text = path.read_text(encoding="utf-8")

    assert "?" in text.split("\n\n")[0]
    assert "What came out" in text
    assert "callcenter run" in text or "callcenter sweep" in text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_commands_in_comments_parse(path: Path) -> None:
    """The commands in the comments exist and name files that exist."""
    commands = [shlex.split(line) for line in _COMMAND.findall(path.read_text(encoding="utf-8"))]

    assert commands
    for words in commands:
        parse(words)
        assert (ROOT / words[1]).exists()


@pytest.mark.slow
def test_inputs_are_what_their_script_writes() -> None:
    """Profile and rosters are computed, not typed."""
    made = runpy.run_path(str(ROOT / "scenarios/data/make_inputs.py"))["tables"]()

    for name, table in made.items():
        pd.testing.assert_frame_equal(pd.read_csv(ROOT / "scenarios/data" / name), table, check_dtype=False)


@pytest.mark.skipif(not BANK.exists(), reason=f"needs the measured profile at {BANK}")
def test_profile_is_the_measured_one() -> None:
    """The half-hours of the day are the bank's, call for call of the mean."""
    ours = pd.read_csv(ROOT / "scenarios/data/bank_halfhours.csv")

    pd.testing.assert_frame_equal(pd.read_csv(BANK)[["time", "offered"]], ours)


def test_weekday_has_45_000_calls() -> None:
    """The hotline's weekday has the calls that its description says."""
    assert cc.load(ROOT / "scenarios/unicom_10010.yaml").demand.calls is not None
    assert 45_000 == sum(mean_day(cc.load(ROOT / "scenarios/unicom_10010.yaml").demand.calls or ()))
