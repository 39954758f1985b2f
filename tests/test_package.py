"""The package as others see it: its public names, its cost to import, its version, its layers."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import callcenter

ROOT = Path(__file__).parent.parent

PUBLIC = [
    *("Comparison", "Effort", "Explanation", "Fit", "FitError", "Forecast", "ForecastError", "Insights"),
    *("Intraday", "IntradayError"),
    *("Records", "Replay", "ReplayError", "Result", "Routing", "Scenario", "ScenarioError", "Staffing"),
    *("SweepResult", "Validation"),
    *("compare", "explain", "fit", "forecast", "insights", "intraday", "load", "main_effects"),
    *("one_more_agent",),
    *("records", "replay", "run", "staff", "sweep", "theory_beside", "validate"),
]

HEAVY = {"numpy", "pandas", "scipy", "matplotlib", "simpy", "loky", "pydantic"}


def imported_by(code: str) -> set[str]:
    """Return the packages that a fresh interpreter has imported after some code."""
    return {name.partition(".")[0] for name in modules_after(code)}


def modules_after(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has imported after some code."""
    listing = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.splitlines()[-1].split())


def test_public_names() -> None:
    """The public names are the documented ones, and each can be had."""
    assert callcenter.__all__ == PUBLIC
    assert [getattr(callcenter, name).__name__.rpartition(".")[2] for name in PUBLIC] == PUBLIC


def test_public_names_are_offered_before_they_are_imported() -> None:
    """Completion knows the public names of a package that has imported none of them."""
    assert set(PUBLIC) <= set(dir(callcenter))


def test_unknown_name_is_an_attribute_error() -> None:
    """Lazy importing hides no typing error."""
    assert not hasattr(callcenter, "simulate_everything")


def test_import_is_light() -> None:
    """Importing the package imports nothing that takes time."""
    assert imported_by("import callcenter") & HEAVY == set()


def test_a_scenario_is_read_without_arrays_or_tables(scenario_file: Path) -> None:
    """Loading a scenario needs pydantic and YAML, not NumPy or pandas."""
    heavy = imported_by(f"import callcenter; callcenter.load({str(scenario_file)!r})") & HEAVY

    assert heavy == {"pydantic"}


def test_version_is_the_same_everywhere() -> None:
    """The citation names the version of the package."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")

    assert re.search(r"^version: (.+)$", citation, re.MULTILINE)[1] == callcenter.__version__  # type: ignore[index]


def test_constraints_pin_every_dependency() -> None:
    """The tested set holds names and versions only, and every direct dependency among them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    required = [*project["dependencies"], *extras["cluster"], *extras["dev"]]
    required = [name for name in required if not name.startswith("callcenter[")]
    pins = [line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()]

    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+", "==".join(pin)) for pin in pins)
    assert {re.split("[<>=]", name)[0].lower() for name in required} <= {name for name, _ in pins}


def test_layers() -> None:
    """Packages import downwards only."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT)

    assert done.returncode == 0, done.stdout


def test_the_door_and_the_module_are_the_command() -> None:
    """`python simulate.py`, `python -m callcenter` and the console script say the same."""
    doors = (["simulate.py"], ["-m", "callcenter"])
    versions = {
        subprocess.run(
            [sys.executable, *door, "--version"], capture_output=True, text=True, check=True, cwd=ROOT
        ).stdout
        for door in doors
    }

    assert versions == {f"callcenter {callcenter.__version__}\n"}
