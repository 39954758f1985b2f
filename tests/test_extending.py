"""The recipes for contributors: whoever follows them gets what they promise."""

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

import pandas as pd
import pytest
from openpyxl import load_workbook
from scipy import integrate

from tests.commands import ROOT
from tests.report.page.test_page_tables import Cells

PAGE = ROOT / "docs" / "extending.md"
_EDIT = re.compile(r"```text\n(callcenter/\S+)\n(.*?)```", re.DOTALL)


def section_of(heading: str) -> str:
    """Return the text of a section of the page."""
    return PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def edits(section: str) -> list[tuple[str, str, str]]:
    """Return the edits of a section: file, the line that is there, and the lines below it that are new."""
    text = section_of(section)
    return [
        (
            match[1],
            next(line for line in match[2].splitlines() if not line.startswith("+")),
            "\n".join(f" {line[1:]}" for line in match[2].splitlines() if line.startswith("+")),
        )
        for match in _EDIT.finditer(text)
    ]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package that may be changed, in a directory of its own."""
    copy_package(tmp_path)
    return tmp_path


def copy_package(folder: Path) -> None:
    """Copy the package to a directory."""
    shutil.copytree(ROOT / "callcenter", folder / "callcenter", ignore=shutil.ignore_patterns("__pycache__"))


def follow(section: str, folder: Path) -> set[str]:
    """Change the copy as a section says; return the files that it took."""
    for file, line, lines in edits(section):
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert 1 == text.count(f"{line}\n"), file
        path.write_text(text.replace(f"{line}\n", f"{line}\n{lines}\n"), encoding="utf-8")
    return {file for file, _line, _lines in edits(section)}


def run(folder: Path, *arguments: str) -> str:
    """Run the changed package on a command line; return what it prints."""
    return python(folder, "-m", "callcenter", *arguments)


def python(folder: Path, *arguments: str) -> str:
    """Run Python with the changed package; return what it prints."""
    command = [sys.executable, *arguments]
    environment = {
        **os.environ,
        "COLUMNS": "400",
        "PYTHONPATH": str(folder),
        "PYTHONIOENCODING": "utf-8",
        "NUMBA_DISABLE_JIT": "1",
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, encoding="utf-8"
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout


@pytest.mark.slow
def test_kpi(package: Path) -> None:
    """Two files; then it stands under its head in JSON, CSV, on the terminal, page and workbook."""
    files = follow("A KPI", package)
    (package / "desk.yaml").write_text(DESK, encoding="utf-8")
    arguments = (
        "run",
        "desk.yaml",
        "-n",
        "3",
        "--engine",
        "simpy",
        "--out",
        "out",
        "--json",
        "all.json",
        "--full",
    )

    terminal = run(package, *arguments).splitlines()

    tier = json.loads((package / "all.json").read_text(encoding="utf-8"))["tiers"]["all"]
    counts, figure = tier["counts"], tier["unanswered"]["value"]
    assert 2 == len(files)
    assert pytest.approx(1 - counts["answered"] / counts["offered"]) == figure
    assert 0.0 < figure != tier["abandonment"]["value"]
    kpis = pd.read_csv(package / "out" / "kpis.csv", encoding="utf-8-sig").set_index("tier")
    assert pytest.approx(figure) == kpis.loc["all", "unanswered"]
    assert f"{figure:.1%}" == _below(terminal, "unanswered")
    page = Cells((package / "out" / "report.html").read_text(encoding="utf-8")).rows
    assert f"{figure:.1%}" == _in_row_of_all([[text for text, _note in row] for row in page], "unanswered")
    sheet = load_workbook(package / "out" / "results.xlsx", data_only=True)["Tiers"]
    turned = zip(*([cell.value for cell in row] for row in sheet.iter_rows()), strict=True)
    assert pytest.approx(figure) == _in_row_of_all([[*row] for row in turned], "unanswered")


def _in_row_of_all(rows: list[list[Any]], head: str) -> Any:
    """Return what stands below a head, in the row of the total."""
    top = next(number for number, row in enumerate(rows) if head in row)
    total = next(row for row in rows[top:] if "all" in row)
    return total[rows[top].index(head)]


def _below(lines: list[str], head: str) -> str:
    """Return what stands on the last row of a table of the terminal below a head, which it ends with."""
    top = next(number for number, line in enumerate(lines) if head in line)
    end = lines[top].index(head) + len(head)
    last = next(line for line in lines[top:] if line.startswith("all "))
    return last[:end].split()[-1]


DESK = """\
name: desk
seed: 7
day: {open: 08:00, close: 12:00, interval: 1 h}
demand: {calls: [60, 70, 70, 60], mix: {regular: 100%}}
tiers:
  regular:
    priority: 1
    target: {within: 20 s, share: 85%}
    patience: {exponential: 1 min}
    talk: {exponential: 3 min}
    balk_above: 1 min
pools:
  desk: {serves: [regular], agents: 3}
"""


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
    section = section_of(heading)
    return _BLOCK.findall(section)


@pytest.fixture(scope="module")
def pareto(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a copy of the package says of a family that was added as the page says."""
    folder = tmp_path_factory.mktemp("extended")
    copy_package(folder)
    for file, text in recipe("A distribution family"):
        with (folder / file).open("a", encoding="utf-8") as source:
            source.write(f"\n\n{text}")
    follow("A distribution family", folder)
    result: dict[str, Any] = json.loads(python(folder, "-c", USE))
    return result


def test_a_family_is_three_files() -> None:
    """What a planner writes, the law of its times, and the name for Python."""
    assert [
        "callcenter/scenario/parts/families.py",
        "callcenter/demand/laws.py",
        "callcenter/scenario/__init__.py",
    ] == [file for file, _ in recipe("A distribution family")]


@pytest.mark.slow
def test_a_new_family_has_its_mean(pareto: dict[str, Any]) -> None:
    """The clipped mean is the integral of the survival up to the limit, and the draws have it."""
    scale = MEAN * (TAIL - 1)
    expected, _ = integrate.quad(lambda time: (1 + time / scale) ** -TAIL, 0, LIMIT)

    assert expected == pytest.approx(pareto["mean"])
    error = (
        LIMIT / 2 / math.sqrt(len(pareto["draws"]))
    )  # a time within the limit deviates by half of it at most
    assert abs(sum(pareto["draws"]) / len(pareto["draws"]) - expected) < 4 * error


def test_a_new_family_runs_on_both_engines(pareto: dict[str, Any]) -> None:
    """Their logs are the same."""
    assert pareto["same"]


def test_a_new_family_is_in_the_schema_and_in_words(pareto: dict[str, Any]) -> None:
    """Editors know it, and the report names its figures."""
    assert pareto["schema"]
    assert "pareto, mean 3 min, tail 2.5" == pareto["words"]


def test_figures_of_a_new_family_are_checked(pareto: dict[str, Any]) -> None:
    """At their place in the planner's file."""
    assert (
        "tiers.all.talk.pareto.tail: pareto times have a mean only above a tail of 1, given 1.0; "
        "write for example 2.5" == pareto["refused"]
    )


@pytest.mark.parametrize("heading", ["A loss outcome", "A tier key"])
def test_recipes_name_files_that_exist(heading: str) -> None:
    """Every file in the table of a recipe is one of the repository."""
    section = section_of(heading)
    files = re.findall(r"^\| `([\w/.]+)` \|", section, re.MULTILINE)

    assert len(files) > 5
    assert [] == [file for file in files if not (ROOT / file).is_file()]
