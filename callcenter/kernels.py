"""Compiling functions of arrays, and where compiled code is kept; Numba is loaded when one is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property, partial, update_wrapper
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])

PACKAGE = Path(__file__).parent
SOURCES = (
    "kernels.py",
    "parts.py",
    "arrays.py",
    "batch/*.py",
    "calllog.py",
    "clock.py",
    "heap.py",
    "calendar.py",
    "outcomes.py",
    "demand/*.py",
    "engine/*.py",
    "engine/compiled/*.py",
    "measure/counting/*.py",
    "measure/calls.py",
    "measure/customers.py",
    "measure/jobs.py",
    "measure/journeys.py",
    "measure/pools.py",
    "measure/tally.py",
    "measure/thresholds.py",
    "measure/waits.py",
)
"""What goes into compiled code, constants included."""

PARTS_OF_KERNELS = "parts"
"""Folder of functions as other compiled ones call them."""


def kernel(function: Function) -> Function:
    """Compile a function that allocates nothing: counting references would take half of the time."""
    return compiled(function, _nrt=False, nogil=True)


def inner(function: Function) -> Function:
    """Compile a function that only compiled ones call: unpacking a floor's arrays for Python is much code."""
    return compiled(function, _nrt=False, nogil=True, no_cpython_wrapper=True)


def hot(function: Function) -> Function:
    """Compile a function that every call passes into its callers: handing over arrays would cost more.

    LLVM does it: Numba's own inlining repeats all of its work in each place, and takes as long again.
    """
    return compiled(function, _nrt=False, nogil=True, no_cpython_wrapper=True, forceinline=True)


def compiled(function: Function, **options: Any) -> Function:
    """Compile a function when it is first called, or take it from disk.

    No fast-math: compiled code must equal its own plain Python run, and the other engine, to the last bit.
    """
    return cast("Function", Compiled(function, options))


class Compiled:
    """A function that loads Numba when it is called; compiled functions that call it see it as a part."""

    def __init__(self, function: Callable[..., object], options: dict[str, Any]) -> None:
        self._function, self._options = function, options
        update_wrapper(self, function)

    def __call__(self, *values: Any) -> Any:
        """Run the compiled function; one that only kernels call has no way in, and runs as it is written."""
        return self._function(*values) if self._is_inner else self._kernel(*values)

    @property
    def _is_inner(self) -> bool:
        return "no_cpython_wrapper" in self._options

    @property
    def _numba_type_(self) -> Any:
        """What Numba takes the function for where a compiled one calls it."""
        return self._part._numba_type_

    @cached_property
    def _kernel(self) -> Any:
        import numba

        njit = cast("Any", numba.njit)
        with _kept_in(kernel_folder()):
            dispatcher = njit(cache=can_be_kept(), no_cfunc_wrapper=True, **self._options)(self._function)
        if can_be_kept() and hasattr(dispatcher, "_cache"):
            dispatcher._cache.load_overload = partial(_taken, dispatcher._cache)  # noqa: SLF001 (see `_taken`)
        return dispatcher

    @cached_property
    def _part(self) -> Any:
        from callcenter.parts import part

        options = self._options | {"no_cfunc_wrapper": True, "no_cpython_wrapper": True}
        with _kept_in(kernel_folder() / PARTS_OF_KERNELS):
            return _of_one_type(part(self._function, can_be_kept(), not self._is_inner, **options))


@contextmanager
def _kept_in(folder: Path) -> Iterator[None]:
    """Have what is compiled kept in a folder; where that is, is a setting of all threads."""
    from numba import config

    settings = cast("Any", config)
    with _LOCK:
        usual, settings.CACHE_DIR = settings.CACHE_DIR, str(folder)
        try:
            yield
        finally:
            settings.CACHE_DIR = usual


def _of_one_type(dispatcher: Any) -> Any:
    """Have Numba compile a function once for all whole numbers, not anew for each constant it is given."""
    from numba import types

    find, plain = dispatcher.get_call_template, cast("Any", types.unliteral)
    dispatcher.get_call_template = lambda args, named: find(
        tuple(map(plain, args)), {name: plain(kind) for name, kind in named.items()}
    )
    return dispatcher


_LOCK = RLock()


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
    files = sorted(path for source in SOURCES for path in PACKAGE.glob(source))
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


def is_compiled(function: str) -> bool:
    """Whether a compiled function, given as module.function, lies ready on disk."""
    folder = kernel_folder()
    kept = folder.rglob(f"{function}-*.nbi")
    return any(not path.is_relative_to(folder / PARTS_OF_KERNELS) for path in kept)
