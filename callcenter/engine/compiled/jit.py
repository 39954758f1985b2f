"""How the functions of this engine are compiled, stated once."""

from __future__ import annotations

from callcenter.kernels import Function, compiled

_OPTIONS = {"_nrt": False}
"""Kernels allocate nothing; counting references to their arrays would take half of the time."""


def kernel(function: Function) -> Function:
    """Compile a function of arrays and numbers."""
    return compiled(function, **_OPTIONS)


def hot(function: Function) -> Function:
    """Compile a function that every call passes into its callers: handing over the floor would cost more."""
    return compiled(function, inline="always", **_OPTIONS)
