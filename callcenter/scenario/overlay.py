"""Laying one scenario over another: mappings merge, everything else is replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from callcenter.scenario.marks import Path, Place, Tree, is_under, matches

REPLACED_WHOLE = (
    *(f"tiers.*.{key}" for key in ("patience", "talk", "wrap_up")),
    *(f"callbacks.{key}" for key in ("talk", "wrap_up", "no_answer")),
    "ivr.time",
    "tiers.*.ivr.time",
)
"""Distributions: another family must not be mixed with the one below."""

RIVALS: Mapping[Path, list[tuple[str, str]]] = {
    ("demand", "calls"): [("demand", "tiers")],
    ("demand", "mix"): [("demand", "tiers")],
    ("demand", "tiers"): [("demand", "calls"), ("demand", "mix")],
}
"""Keys that take the place of others."""


def overlaid(base: Tree, over: Tree) -> Tree:
    """Return `over` laid over `base`, every key keeping the place where it really stands."""
    dropped: set[Path] = set()
    data = _merged(base.data, over.data, (), dropped)
    places = {**_without(base.places.items(), dropped), **over.places}
    return Tree(data, places, base.problems + over.problems, base.broken | over.broken)


def _without(places: Iterable[tuple[Path, Place]], dropped: set[Path]) -> dict[Path, Place]:
    return {path: place for path, place in places if not is_under(path, dropped)}


def _merged(base: dict[str, Any], over: dict[str, Any], path: Path, dropped: set[Path]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        here = (*path, key)
        for rival in RIVALS.get(here, []):
            if rival[-1] not in over and merged.pop(rival[-1], None) is not None:
                dropped.add(rival)
        if _merges(base.get(key), value, here):
            merged[key] = _merged(base[key], value, here, dropped)
            continue
        dropped.add(here)
        merged[key] = value
        if value is None and key in base:
            del merged[key]
    return merged


def _merges(below: object, above: object, path: Path) -> bool:
    replaced = any(matches(path, pattern) for pattern in REPLACED_WHOLE)
    return isinstance(below, dict) and isinstance(above, dict) and not replaced
