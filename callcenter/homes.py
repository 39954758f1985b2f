"""Public names of packages: imported when they are first used, and packages that are functions, too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


def getter(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return what a package takes as its `__getattr__`: the names, each with the module it comes from."""

    def attribute(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(homes[name]), name)

    return attribute


def homes_of(package: str, names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the home of each name, from the names by module of the package."""
    return {name: f"{package}.{module}" for module, listed in names.items() for name in listed}


class _Function(ModuleType):
    """A package that has the name of its one function, as the command has."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return vars(self)["_function"](*args, **options)


def call_as(package: str, function: Callable[..., Any]) -> None:
    """Let a package be called, as this function of its own."""
    module = sys.modules[package]
    module.__dict__["_function"] = function
    module.__class__ = _Function
