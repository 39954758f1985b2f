"""A base scenario that a fit keeps to: all that it names stays, the rest is fitted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from callcenter.fit.hours import Hours
from callcenter.fit.written import Path, Written
from callcenter.language import gettext as _
from callcenter.scenario import Day, Scenario, load
from callcenter.scenario.files.overlay import overlaid
from callcenter.scenario.files.references import anchor
from callcenter.scenario.files.series import with_series
from callcenter.scenario.loading import part_of, read_yaml
from callcenter.scenario.marks import Tree


@dataclass(frozen=True)
class Base:
    """The data of a base, which need not be a whole scenario, and its name."""

    tree: Tree
    name: str

    @property
    def hours(self) -> Hours | None:
        """The hours that the base names; None where it names none."""
        given = self.tree.data.get("day")
        if not isinstance(given, dict) or not {"open", "close", "interval"} <= set(given):
            return None
        day = part_of(Day, Tree(given))
        return Hours(day.open, day.close, day.interval)


def base_of(given: Scenario | str | os.PathLike[str]) -> Base:
    """Return the base in a file, or a scenario as the base."""
    if isinstance(given, Scenario):
        return Base(Tree(given.to_dict()), given.name)
    path = FilePath(given)
    tree = read_yaml(path)
    if "extends" in tree.data:
        return Base(Tree(load(path).to_dict()), path.name)
    anchor(tree, path.parent)
    return Base(with_series(tree), path.name)


def laid_over(fitted: Written, base: Base) -> Written:
    """Return a fit with a base laid over it; pools that the base does not name go, where it names any."""
    own = dict(fitted.data)
    named = base.tree.data.get("pools")
    if isinstance(named, dict) and named:
        own["pools"] = {pool: data for pool, data in own["pools"].items() if pool in named}
    merged = overlaid(Tree(own), base.tree)
    source = _("as in {base}").format(base=base.name)
    beside = {path: comment for path, comment in fitted.beside.items() if not _has(base.tree.data, path)}
    kept = {path: source for path in _leaves(base.tree.data) if len(path) <= _DEEPEST}
    return fitted._replace(data=merged.data, beside={**beside, **kept})


_DEEPEST = 3
"""Keys of a path that stand on lines of their own."""


def _has(data: Any, path: Path) -> bool:
    for key in path:
        if not isinstance(data, dict) or key not in data:
            return False
        data = data[key]
    return True


def _leaves(data: Any, path: Path = ()) -> list[Path]:
    """Return the paths of what a base says: the last keys that stand on a line."""
    if isinstance(data, dict) and data and len(path) < _DEEPEST:
        return [leaf for key, value in data.items() for leaf in _leaves(value, (*path, key))]
    return [path]
