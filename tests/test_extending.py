"""The recipes of docs/extending.md, carried out."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scipy import integrate

import callcenter
from tests.commands import ROOT

PACKAGE = Path(callcenter.__file__).parent
PAGE = ROOT / "docs/extending.md"

_BLOCK = re.compile(r"\*\*`(callcenter/[\w/]+\.py)`\*\*.*?```text\n(.*?)```", re.DOTALL)

MEAN, TAIL, LIMIT = 180.0, 2.5, 300.0

USE = """
import json
import callcenter as cc
from callcenter.demand import draw, mean_handle_time
from callcenter.engine import simulate
from callcenter.report.tables.inputs import distribution
from callcenter.scenario import Pareto, schema

talk = {"pareto": {"mean": "3 min", "tail": 2.5}, "at_most": "5 min"}
desk = {
    "name": "heavy tails",
    "day": {"open": "08:00", "close": "12:00", "interval": "1 h"},
    "demand": {"calls": 2000},
    "tiers": {"all": {"priority": 0, "talk": talk, "patience": {"pareto": {"mean": "2 min", "tail": 3}}}},
    "pools": {"desk": {"serves": ["all"], "agents": 60}},
}
scenario = cc.load(desk)
tape = draw(scenario, 1, 0)
logs = [simulate(scenario, tape, engine=engine) for engine in ("simpy", "compiled")]
try:
    cc.load(desk | {"tiers": {"all": {"priority": 0, "talk": {"pareto": {"mean": "3 min", "tail": 1}}}}})
except cc.ScenarioError as error:
    refused = str(error)
print(json.dumps({
    "mean": mean_handle_time(scenario, "all"),
    "draws": tape.talk.tolist(),
    "same": all(log.tobytes() == other.tobytes() for log, other in zip(logs[0][:7], logs[1][:7])),
    "schema": "pareto" in json.dumps(schema()["$defs"]["distribution"]),
    "words": distribution(Pareto(mean=180, tail=2.5)),
    "refused": refused,
}))
"""


def recipe(heading: str) -> list[tuple[str, str]]:
    """Return the files that a section of the page names, each with the text to be added."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return _BLOCK.findall(section)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a copy of the package says of a family that was added as the page says."""
    folder = tmp_path_factory.mktemp("extended")
    shutil.copytree(PACKAGE, folder / "callcenter", ignore=shutil.ignore_patterns("__pycache__"))
    for file, text in recipe("A distribution family"):
        with (folder / file).open("a", encoding="utf-8") as source:
            source.write(f"\n\n{text}")
    environment = {**os.environ, "PYTHONPATH": str(folder), "NUMBA_DISABLE_JIT": "1"}
    run = subprocess.run([sys.executable, "-c", USE], env=environment, cwd=folder, stdout=-1, check=True)
    result: dict[str, Any] = json.loads(run.stdout)
    return result


def test_a_family_is_three_files() -> None:
    """What a planner writes, the law of its times, and the name for Python."""
    assert [
        "callcenter/scenario/parts/families.py",
        "callcenter/demand/laws.py",
        "callcenter/scenario/__init__.py",
    ] == [file for file, _ in recipe("A distribution family")]


def test_a_new_family_has_its_mean(used: dict[str, Any]) -> None:
    """The clipped mean is the integral of the survival up to the limit, and the draws have it."""
    scale = MEAN * (TAIL - 1)
    expected, _ = integrate.quad(lambda time: (1 + time / scale) ** -TAIL, 0, LIMIT)

    assert expected == pytest.approx(used["mean"])
    error = (
        LIMIT / 2 / math.sqrt(len(used["draws"]))
    )  # a time within the limit deviates by half of it at most
    assert abs(sum(used["draws"]) / len(used["draws"]) - expected) < 4 * error


def test_a_new_family_runs_on_both_engines(used: dict[str, Any]) -> None:
    """Their logs are the same."""
    assert used["same"]


def test_a_new_family_is_in_the_schema_and_in_words(used: dict[str, Any]) -> None:
    """Editors know it, and the report names its figures."""
    assert used["schema"]
    assert "pareto, mean 3 min, tail 2.5" == used["words"]


def test_figures_of_a_new_family_are_checked(used: dict[str, Any]) -> None:
    """At their place in the planner's file."""
    assert (
        "tiers.all.talk.pareto.tail: pareto times have a mean only above a tail of 1, given 1; "
        "write for example 2.5" == used["refused"]
    )


@pytest.mark.parametrize("heading", ["A loss outcome", "A tier key"])
def test_recipes_name_files_that_exist(heading: str) -> None:
    """Every file in the table of a recipe is one of the repository."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    files = re.findall(r"^\| `([\w/.]+)` \|", section, re.MULTILINE)

    assert len(files) > 5
    assert [] == [file for file in files if not (ROOT / file).is_file()]
