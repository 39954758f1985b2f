"""How the functions of this engine are compiled, stated once."""

from __future__ import annotations

from callcenter.kernels import Function, compiled

_OPTIONS = {"_nrt": False}
"""Kernels allocate nothing; counting references to their arrays would take half of the time."""

_INSIDE = {**_OPTIONS, "no_cpython_wrapper": True}
"""Only kernels call them: to take a floor out of its Python objects would be more code than most have."""


def entry(function: Function) -> Function:
    """Compile a function of arrays and numbers that Python calls."""
    return compiled(function, **_OPTIONS)


def kernel(function: Function) -> Function:
    """Compile a function of arrays and numbers that only kernels call."""
    return compiled(function, **_INSIDE)


def hot(function: Function) -> Function:
    """Compile a function that every call passes into its callers: handing over the floor would cost more.

    LLVM does it: Numba's own inlining repeats all of its work in each place, and takes as long again.
    """
    return compiled(function, forceinline=True, **_INSIDE)
