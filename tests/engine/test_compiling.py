"""The compiled engine is compiled once, each of its functions for one kind of arguments."""

from __future__ import annotations

from collections import Counter

from callcenter.engine import prepare
from callcenter.kernels import kernel_folder


def test_each_function_is_compiled_once() -> None:
    """A constant among the arguments, such as an outcome, would be another kind, and take as long again."""
    prepare("compiled")

    [folder] = kernel_folder().glob("compiled_*")
    kinds = Counter(path.name.split("-")[0] for path in folder.glob("*.nbc"))
    assert {"run.run", "heap.push", "callers.leave"} <= kinds.keys()
    assert {1} == set(kinds.values())
