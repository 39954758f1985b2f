"""Compiled functions that are parts of others: linked into them, and neither optimised nor emitted alone.

Numba makes machine code of every function before it links it into those that call it, where all of it is
optimised again.  For functions that only compiled ones call, the first of these is work for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from llvmlite import binding
from numba import njit
from numba.core.caching import CompileResultCacheImpl, FunctionCache
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler, CompileResult


def part(function: Callable[..., Any], is_kept: bool, is_kernel: bool, **options: Any) -> Any:
    """Return a dispatcher that compiled functions can call, and nobody else.

    A part that is a kernel, too, is optimised once for itself and once where it is called: it is faster so.
    """
    compiler = KernelCompiler if is_kernel else PartCompiler
    dispatcher = cast("Any", njit)(pipeline_class=compiler, **options)(function)
    if is_kept:
        dispatcher._cache = PartCache(function)  # noqa: SLF001 (as its own `enable_caching` does)
    return dispatcher


class Part(JITCodeLibrary):
    """The code of a function as it was written, to be linked into others."""

    @classmethod
    def of(cls, codegen: Any, name: str, bitcode: bytes) -> Part:
        """Return a part that was kept."""
        code = cls(codegen, name)
        code._final_module = binding.parse_bitcode(bitcode)
        code._finalize_final_module()
        return code

    def _optimize_final_module(self) -> None:
        """Leave that to the function that it becomes a part of."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True

    def get_pointer_to_function(self, _name: str) -> int:
        """Return where a function begins: nowhere."""
        return 0

    @property
    def codegen(self) -> Any:
        """What Numba tells where the environment of the function is, which has none."""
        return self

    def set_env(self, _name: str, _environment: object) -> None:
        """Forget an environment: it is for printing and for objects of Python."""

    def serialize_using_object_code(self) -> tuple[str, bytes]:
        """Return what is kept; there is no object code."""
        self._ensure_finalized()
        return self.name, self._final_module.as_bitcode()


class Whole(Part):
    """The code of a kernel that another kernel calls."""

    _optimize_final_module = JITCodeLibrary._optimize_final_module  # noqa: SLF001 (of a base)


class PartCompiler(Compiler):
    """A compiler of parts."""

    kind = Part

    def compile_extra(self, function: Any) -> Any:
        """Compile a function into a library of its own kind."""
        library = self.kind(self.state.targetctx.codegen(), function.__qualname__)
        library.enable_object_caching()
        self.state.library = library
        return super().compile_extra(function)


class KernelCompiler(PartCompiler):
    """A compiler of kernels that other kernels call."""

    kind = Whole


class _Parts(CompileResultCacheImpl):
    """How parts are kept on disk."""

    def rebuild(self, target_context: Any, payload: Any) -> Any:
        """Return a part as it was when it was compiled."""
        rebuild = cast("Any", CompileResult)._rebuild  # noqa: SLF001 (no public way)
        rebuilt = rebuild(_Shelf(target_context), *payload)
        return rebuilt._replace(target_context=target_context)


class _Shelf:
    """A target of compiling that reads parts."""

    def __init__(self, target: Any) -> None:
        self._target = target

    def __getattr__(self, name: str) -> Any:
        return getattr(self._target, name)

    def codegen(self) -> _Shelf:
        """Return what reads libraries of code."""
        return self

    def unserialize_library(self, kept: tuple[str, bytes]) -> Part:
        """Return the library of a part."""
        return Part.of(self._target.codegen(), *kept)


class PartCache(FunctionCache):
    """Where parts are kept."""

    _impl_class = _Parts
