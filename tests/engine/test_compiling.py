"""The compiled engine is compiled once, each of its functions for one kind of arguments."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from callcenter.engine import prepare
from callcenter.kernels import kernel_folder

KINDS_OF_RECORDS = 4
"""What is drawn is written into a tape or into the records of an engine: calls or callbacks."""


@pytest.mark.skipif("NUMBA_DISABLE_JIT" in os.environ, reason="nothing is compiled")
def test_each_function_is_compiled_once() -> None:
    """A constant among the arguments, such as an outcome, would be another kind, and take as long again.

    Drawing is compiled once for each kind of records that it writes into.
    """
    prepare("compiled")

    files = kernel_folder().rglob("*.nbc")
    kinds = Counter(f"{path.parent.name} {path.name.split('-')[0]}" for path in files)
    assert {"run.run_until", "heap.push", "callers.leave"} <= {name.split()[1] for name in kinds}
    own = {name: number for name, number in kinds.items() if not name.startswith("demand_")}
    assert {} == {name: number for name, number in own.items() if number > 1}
    assert max(kinds.values()) <= KINDS_OF_RECORDS
