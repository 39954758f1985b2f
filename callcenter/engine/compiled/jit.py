"""How kernels are compiled, stated once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

from callcenter.engine.kernels import kernel_folder

Function = TypeVar("Function", bound=Callable[..., object])

_OPTIONS: dict[str, Any] = {
    "cache": True,  # on disk, so that only the first run of a version waits
    "_nrt": False,  # kernels allocate nothing; counting references to arrays would take half of the time
}
# No fast-math: a kernel must equal its own plain Python run, and the other engine, to the last bit.


def kernel(function: Function) -> Function:
    """Compile a function of arrays and numbers."""
    return _compiled(function, _OPTIONS)


def hot(function: Function) -> Function:
    """Compile a function that every call passes into its callers: handing over the floor would cost more."""
    return _compiled(function, _OPTIONS | {"inline": "always"})


def _compiled(function: Function, options: dict[str, Any]) -> Function:
    config: Any = numba.config
    usual, config.CACHE_DIR = config.CACHE_DIR, str(kernel_folder())
    try:
        compiled: Function = numba.njit(**options)(function)
    finally:
        config.CACHE_DIR = usual
    return compiled
