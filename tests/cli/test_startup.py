"""The command line starts fast, whatever the simulation needs."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_package import HEAVY, imported_by, modules_after

ALLOWED_SECONDS = 0.3

QUIET = """
name: quiet
day: {open: 08:00, close: 10:00, interval: 30 min}
demand: {calls: 5}
tiers:
  any:
    priority: 0
    target: {within: 20 s, share: 10%}
    patience: {exponential: 5 min}
    talk: {exponential: 3 min}
pools:
  desk: {serves: [any], agents: 9}
"""


@pytest.mark.parametrize(
    ("words", "needed"), [(["--help"], set()), (["run", "--help"], {"pydantic"}), (["schema"], {"pydantic"})]
)
def test_what_is_imported(words: list[str], needed: set[str]) -> None:
    """Help imports no heavy package, and no command imports what it does not need."""
    code = f"from callcenter.cli import app; app({words!r}, standalone_mode=False)"

    assert imported_by(code) & HEAVY == needed


def test_a_run_waits_for_nothing_it_does_not_need(tmp_path: Path) -> None:
    """No tables, special functions or figures; not the other engine; nor what Numba can compile with.

    The target is met: where it is missed, the verdict asks a formula how many agents are needed.
    """
    file = tmp_path / "quiet.yaml"
    file.write_text(QUIET, encoding="utf-8")
    words = ["run", str(file), "-n", "3", "--quiet"]
    loaded = modules_after(f"from callcenter.cli import app; app({words!r}, standalone_mode=False)")

    idle = {"pandas", "matplotlib", "simpy", "loky", "openpyxl", "xlsxwriter", "jinja2", "pyarrow"}
    parts = {"scipy.special", "scipy.stats", "scipy.linalg", "numba.np.arraymath"}
    assert {"numba", "callcenter.report.terminal.run"} <= loaded
    assert set() == loaded & (idle | parts)


def cpu_seconds(words: list[str]) -> float:
    """Return the processor time of a call of a package that Python has translated before, as it does once."""
    return python_seconds(["-m", "callcenter", *words])


def python_seconds(words: list[str]) -> float:
    """Return the processor time of Python with these words."""
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_comes_at_once() -> None:
    """The best of some calls takes less than anyone would notice; the others met a busy machine."""
    assert any(cpu_seconds(["--help"]) < ALLOWED_SECONDS for _ in range(20))
