"""The compiled engine is compiled once, each of its functions for one kind of arguments."""

from __future__ import annotations

from collections import Counter

from callcenter.engine import prepare
from callcenter.kernels import kernel_folder


def test_each_function_is_compiled_once() -> None:
    """A constant among the arguments, such as an outcome, would be another kind, and take as long again."""
    prepare("compiled")

    files = kernel_folder().rglob("*.nbc")
    kinds = Counter(f"{path.parent.name} {path.name.split('-')[0]}" for path in files)
    assert {"run.run", "heap.push", "callers.leave"} <= {name.split()[1] for name in kinds}
    assert {1} == set(kinds.values())
