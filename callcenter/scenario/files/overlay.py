"""Laying one scenario over another: mappings merge, everything else is replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from callcenter.scenario.files.references import is_reference
from callcenter.scenario.marks import Path, Place, Tree, is_under, matches
from callcenter.scenario.parts.by_day import is_by_day
from callcenter.scenario.parts.recorded_calls import RIVALS

_WHOSE = ("", "tiers.*.")
"""What stands before a key that the scenario and its tiers have."""

REPLACED_WHOLE = (
    *(f"tiers.*.{key}" for key in ("patience", "talk", "wrap_up")),
    *(f"tiers.*.{key}.after" for key in ("redial", "repeat")),
    *(f"callbacks.{key}" for key in ("talk", "wrap_up", "no_answer")),
    *(f"{whose}ivr.{key}" for whose in _WHOSE for key in ("time", "authentication", "menus.*.time")),
    *(f"{whose}online.time" for whose in _WHOSE),
)
"""Distributions: another family must not be mixed with the one below."""

_STATED_WITHOUT_MENUS = ("time", "self_service", "hangs_up")
_ANNOUNCED, _IN_LINE = "when_announced_wait_exceeds", "when_in_line"

_RIVALS: Mapping[str, tuple[str, ...]] = {
    "demand.calls": ("tiers", "replay"),
    "demand.mix": ("tiers", "replay"),
    "demand.tiers": ("calls", "mix", "replay"),
    "demand.replay": RIVALS,
    "pools.*.agents": ("shifts",),
    "pools.*.shifts": ("agents",),
    "tiers.*.target": ("targets",),
    "tiers.*.targets": ("target",),
    "tiers.*.target.preset": ("within", "share"),
    "tiers.*.target.within": ("preset",),
    "tiers.*.target.share": ("preset",),
    f"tiers.*.offer.{_ANNOUNCED}": (_IN_LINE,),
    f"tiers.*.offer.{_IN_LINE}": (_ANNOUNCED,),
    **{f"{whose}ivr.menus": _STATED_WITHOUT_MENUS for whose in _WHOSE},
    **{f"{whose}ivr.{key}": ("menus",) for whose in _WHOSE for key in _STATED_WITHOUT_MENUS},
}
"""Keys that take the place of others beside them."""


def rivals(path: Path) -> tuple[str, ...]:
    """Return the keys beside a path whose place it takes."""
    return next((keys for pattern, keys in _RIVALS.items() if matches(path, pattern)), ())


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
        for rival in rivals(here):
            if rival not in over and merged.pop(rival, None) is not None:
                dropped.add((*path, rival))
        if _merges(base.get(key), value, here):
            merged[key] = _merged(base[key], value, here, dropped)
            continue
        dropped.add(here)
        merged[key] = value
        if value is None and key in base:
            del merged[key]
    return merged


def _merges(below: object, above: object, path: Path) -> bool:
    if not isinstance(below, dict) or not isinstance(above, dict):
        return False
    if is_reference(path, above) or is_by_day(above) or is_by_day(below):
        return False
    return not any(matches(path, pattern) for pattern in REPLACED_WHOLE)
