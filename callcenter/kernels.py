"""Compiling functions of arrays, and where compiled code is kept; Numba is loaded only to compile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

PACKAGE = Path(__file__).parent
PARTS = (
    "kernels.py",
    "calllog.py",
    "clock.py",
    "outcomes.py",
    "demand/tape.py",
    "engine/*.py",
    "engine/compiled/*.py",
    "measure/counting/*.py",
    "measure/calls.py",
    "measure/customers.py",
    "measure/jobs.py",
    "measure/journeys.py",
    "measure/pools.py",
    "measure/waits.py",
)
"""What goes into compiled code, constants included."""


def kernel(function: Function) -> Function:
    """Compile a function that allocates nothing: counting references would take half of the time."""
    return compiled(function, _nrt=False, nogil=True)


def hot(function: Function) -> Function:
    """Compile a function that every call passes into its callers: handing arrays over would cost more."""
    return compiled(function, _nrt=False, nogil=True, forceinline=True)


def compiled(function: Function, **options: Any) -> Function:
    """Compile a function when it is first called, or take it from disk.

    No fast-math: compiled code must equal its own plain Python run, and the other engine, to the last bit.
    """
    import numba

    config: Any = numba.config
    usual, config.CACHE_DIR = config.CACHE_DIR, str(kernel_folder())
    try:
        dispatcher: Function = numba.njit(cache=can_be_kept(), **options)(function)
    finally:
        config.CACHE_DIR = usual
    return dispatcher


@cache
def kernel_folder() -> Path:
    """Return the folder of the compiled code of this very source.

    Numba notices a change only in the file of the function it looks up, not in the functions and constants
    compiled into it; so every version of these files has a folder of its own, in the package if it can be
    written to.
    """
    files = sorted(path for part in PARTS for path in PACKAGE.glob(part))
    digest = blake2b(b"".join(path.read_bytes() for path in files), digest_size=8)
    digest.update(f"{version('numba')} {sys.version_info}".encode())
    name = f"kernels-{digest.hexdigest()}"
    if os.access(PACKAGE, os.W_OK):
        return PACKAGE / "__pycache__" / name
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "callcenter" / name


def can_be_kept() -> bool:
    """Whether compiled code can be written to its folder; if not, every process compiles anew."""
    folder = kernel_folder()
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    return existing.is_dir() and os.access(existing, os.W_OK)


def is_compiled() -> bool:
    """Whether the compiled engine lies ready on disk."""
    return any(kernel_folder().rglob("run.run-*.nbi"))
