"""The compiled engine is compiled once, each of its functions for one kind of arguments."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from callcenter.engine import prepare
from callcenter.kernels import PARTS_OF_KERNELS, kernel_folder

KINDS_OF_RECORDS = 4
"""What is drawn is written into a tape or into the records of an engine: calls or callbacks."""


OF_STATES = (
    *(f"resuming.{name}" for name in ("work_on", "resume", "number_of", "follow_on")),
    *(f"resuming.enter_{name}" for name in ("calls", "debt", "duty", "jobs", "spells")),
    "callers.step_of",
)
"""Compiled for each kind of state."""


@pytest.mark.skipif("NUMBA_DISABLE_JIT" in os.environ, reason="nothing is compiled")
def test_each_function_is_compiled_once() -> None:
    """A constant among the arguments, such as an outcome, would be another kind, and take as long again.

    Drawing is compiled once for each kind of records that it writes into, going on from a state (R22) once
    for a state that was cut and once for one that was read.
    """
    prepare("compiled")

    parts = kernel_folder() / PARTS_OF_KERNELS
    assert any(kernel_folder().rglob("run.run_until-*.nbi"))
    kinds = Counter(f"{path.parent.name} {path.name.split('-')[0]}" for path in parts.rglob("*.nbc"))
    assert {"run.is_before", "heap.push", "callers.leave"} <= {name.split()[1] for name in kinds}
    own = {name: number for name, number in kinds.items() if not name.startswith("demand_")}
    again = {name: number for name, number in own.items() if number > 1}
    assert {} == {name: number for name, number in again.items() if name.split()[1] not in OF_STATES}
    assert max(kinds.values()) <= KINDS_OF_RECORDS


@pytest.mark.slow
@pytest.mark.skipif("NUMBA_DISABLE_JIT" in os.environ, reason="nothing is compiled")
def test_parts_are_no_machine_code() -> None:
    """What only compiled functions call is kept as code to be linked, and a second program needs no more."""
    prepare("compiled")

    kept = [path.read_bytes() for path in (kernel_folder() / PARTS_OF_KERNELS).rglob("*.nbc")]
    assert [] == [code for code in kept if b"\x7fELF" in code]
