"""Public names that a package imports when they are first used, so that nobody waits for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
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
