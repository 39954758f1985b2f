"""The command line starts fast, whatever the simulation needs."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from tests.test_package import HEAVY, imported_by

ALLOWED_SECONDS = 0.3


@pytest.mark.parametrize(
    ("words", "needed"), [(["--help"], set()), (["run", "--help"], {"pydantic"}), (["schema"], {"pydantic"})]
)
def test_what_is_imported(words: list[str], needed: set[str]) -> None:
    """Help imports no heavy package, and no command imports what it does not need."""
    code = f"from callcenter.cli import app; app({words!r}, standalone_mode=False)"

    assert imported_by(code) & HEAVY == needed


def cpu_seconds(words: list[str]) -> float:
    """Return the processor time of a call, which does not depend on what else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "callcenter", *words], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_comes_at_once() -> None:
    """The best of some calls takes less than anyone would notice; the others met a busy machine."""
    assert any(cpu_seconds(["--help"]) < ALLOWED_SECONDS for _ in range(20))
