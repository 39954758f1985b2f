"""The solver of linear and integer programmes, HiGHS, kept silent."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STANDARD_OUTPUT = 1


def milp(*args: Any, **options: Any) -> Any:
    """Solve an integer programme as `scipy.optimize.milp` does."""
    from scipy import optimize  # takes 0.3 s, which a report need not wait for

    with silence():
        return optimize.milp(*args, **options)


def linprog(*args: Any, **options: Any) -> Any:
    """Solve a linear programme as `scipy.optimize.linprog` does."""
    from scipy import optimize

    solve: Any = optimize.linprog
    with silence():
        return solve(*args, **options)


@contextmanager
def silence() -> Iterator[None]:
    """Drop what C code writes to the standard output.

    That of SciPy 1.17 writes a line there, however silent it is asked to be, when it fails to improve a
    solution that it has rounded: in the middle of tables, and of JSON.
    """
    try:
        kept = os.dup(STANDARD_OUTPUT)
    except OSError:  # there is none: a service, a window
        yield
        return
    _flush()
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), STANDARD_OUTPUT)
    try:
        yield
    finally:
        _flush()
        os.dup2(kept, STANDARD_OUTPUT)
        os.close(kept)


def _flush() -> None:
    """Write what is in the buffers of C and of Python, so that it goes where it should."""
    if sys.stdout is not None:
        sys.stdout.flush()
    if os.name == "posix":
        ctypes.CDLL(None).fflush(None)
