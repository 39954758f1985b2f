"""Compiling functions of arrays, and where compiled code is kept; Numba is loaded only to compile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

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
    "measure/passes.py",
)
"""What goes into compiled code, constants included."""


def compiled(function: Function, **options: Any) -> Function:
    """Compile a function when it is first called, or take it from disk.

    No fast-math: compiled code must equal its own plain Python run, and the other engine, to the last bit.
    """
    import numba

    config: Any = numba.config
    if config.DISABLE_JIT:
        return function
    usual, config.CACHE_DIR = config.CACHE_DIR, str(kernel_folder())
    try:
        njit: Any = numba.njit
        dispatcher = njit(cache=can_be_kept(), no_cfunc_wrapper=True, **options)(function)
    finally:
        config.CACHE_DIR = usual
    dispatcher.get_call_template = partial(_called, dispatcher.get_call_template)
    if can_be_kept():
        dispatcher._cache.load_overload = partial(_taken, dispatcher._cache)  # noqa: SLF001 (as `_taken` says)
    return cast("Function", dispatcher)


def _called(template: Callable[..., object], args: tuple[Any, ...], kws: dict[str, Any]) -> object:
    """Return what is called for such arguments: a number that stands in the code is like any other number.

    Numba would compile the function anew for each.
    """
    from numba import types

    plain: Any = types.unliteral
    return template(tuple(map(plain, args)), {name: plain(kind) for name, kind in kws.items()})


def _taken(kept: Any, signature: object, target: Any) -> object:
    """Return a function that lies ready on disk, None if none does.

    Numba does the same after loading all that it can compile with, linear algebra and SciPy among it: a third
    of what a short run takes.  What is compiled needs none of it, and compiling loads it by itself.
    """
    from numba.core.runtime.nrt import rtsys

    runtime: Any = rtsys
    runtime.initialize(target)
    with kept._guard_against_spurious_io_errors():  # noqa: SLF001 (there is no public way)
        return kept._load_overload(signature, target)  # noqa: SLF001


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
