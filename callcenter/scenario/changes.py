"""Dotted changes to a scenario, as after `--set` and in sweeps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem, ScenarioError, fault, nearest, wrong
from callcenter.scenario.files.overlay import rivals
from callcenter.scenario.files.series import with_series
from callcenter.scenario.files.yaml12 import parse
from callcenter.scenario.marks import Mark, Path, Place, Tree, is_under, matches, plain_data
from callcenter.scenario.parts.by_day import each_value, is_by_day
from callcenter.scenario.parts.series import level
from callcenter.scenario.values import at_least_zero, is_number, quantity, round_half_up
from callcenter.scenario.values import factor as read_factor

FILE = "--set"
"""Stands for a file name in problems of changes."""

NAMED = ("tiers", "pools", "demand.tiers", "pools.*.serves", "ivr.menus", "tiers.*.ivr.menus")
"""Mappings whose keys the planner chooses: a change inside one needs a name that exists."""

_MORE = re.compile(r"[+-]\d+(\.\d+)?")
"""Agents to be added or taken away; no agents are below zero, so a sign says it."""

TEXTS = (("name",), ("about",))
"""Paths whose value is text even where it reads like something else."""


def changed(tree: Tree, changes: Mapping[str, Any]) -> Tree:
    """Return the tree with every dotted path changed; a problem of a path is noted in the tree."""
    data, places, problems = deepcopy(tree.data), dict(tree.places), list(tree.problems)
    paths: list[Path] = []
    for path_text, value in changes.items():
        try:
            path = _resolved(data, path_text.split("."))
            _assign(data, places, path, _new_value(data, path, value))
            paths.append(path)
        except PydanticCustomError as error:
            problems.append(Problem(FILE, None, None, path_text, error.message()))
        except ScenarioError as error:
            problems += [each._replace(line=None, column=None, path=path_text) for each in error.problems]
    remarks = {path: remark for path, remark in tree.remarks.items() if not is_under(path, paths)}
    return with_series(Tree(data, places, tuple(problems), tree.broken, remarks))


def _resolved(data: dict[str, Any], parts: Sequence[str]) -> Path:
    """Return the path with list positions as numbers; refuses one that leads through a name nobody has."""
    if parts[0] == "extends":
        raise fault(_("can only stand in a file; name the scenario itself instead"))
    node: Any = data
    path: Path = ()
    for part in parts:
        is_last = len(path) == len(parts) - 1
        node = _spelled_out(data, path, node, part)
        if isinstance(node, list):
            path = (*path, _position(node, part))
            node = node[int(part)]
            continue
        if not isinstance(node, dict):
            raise wrong(
                _("`{part}` leads nowhere, `{path}` has no keys").format(part=part, path=path[-1]),
                node,
                _("change it as a whole"),
            )
        if not is_last and part not in node and any(matches(path, pattern) for pattern in NAMED):
            raise fault(
                _("there is no `{part}`; {remedy}").format(
                    part=part, remedy=nearest(part, node, _("known names"))
                )
            )
        path = (*path, part)
        node = node.get(part, {})
    return path


def _spelled_out(data: dict[str, Any], path: Path, node: Any, part: str) -> Any:
    """Return `serves: [vip]` as a mapping, in which a condition can be set."""
    if not matches(path, "pools.*.serves") or not isinstance(node, list) or part not in node:
        return node
    data["pools"][path[1]]["serves"] = {name: {} for name in node}
    return data["pools"][path[1]]["serves"]


def _position(items: list[Any], part: str) -> int:
    if not part.isdecimal() or int(part) >= len(items):
        raise wrong(
            _("there is no such place in the list"),
            part,
            _("write a number from 0 to {last}").format(last=len(items) - 1),
        )
    return int(part)


def _new_value(data: dict[str, Any], path: Path, value: Any) -> Any:
    new = plain_data(value)
    more = _more(new, path)
    if more is not None:
        return _with_more(data, path, more)
    if isinstance(new, str) and path not in TEXTS:
        new = parse(new, FILE).data
    if isinstance(new, dict) and new.keys() == {"scale"}:
        return _scaled(_at(data, path), at_least_zero(new["scale"]), _is_whole(path))
    return new


def _more(new: Any, path: Path) -> float | None:
    """Return how many agents more or fewer `+2` says, None if a value says anything else."""
    match = _MORE.fullmatch(new.strip()) if isinstance(new, str) and matches(path, "pools.*.agents") else None
    return None if match is None else float(match[0])


def _with_more(data: dict[str, Any], path: Path, more: float) -> Any:
    """Return the agents of a pool with so many more in every interval of every day that has any."""
    pool = data["pools"][path[1]]
    if "agents" not in pool:
        raise fault(
            _("there is nothing to add to, the pool has shifts; change `{path}`").format(
                path=f"pools.{path[1]}.shifts.0.agents"
            )
        )

    def added(value: Any, _place: int | None) -> Any:
        return level(max(0.0, level(value) + more)) if level(value) else value

    return each_value(pool["agents"], added)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        if isinstance(data, dict) and step not in data:
            raise fault(_("there is nothing to scale, the scenario leaves it out; give the value itself"))
        data = data[step]
    return data


def _is_whole(path: Path) -> bool:
    """Whether a figure counts people or lines."""
    return path == ("lines",) or (path[0] == "pools" and not {"agents", "shifts"}.isdisjoint(path[2:]))


def _scaled(value: Any, factor: float, is_whole: bool) -> Any:
    if isinstance(value, list):
        return [_scaled(item, factor, is_whole) for item in value]
    if is_by_day(value):
        return each_value(value, lambda each, _place: _scaled(each, factor, is_whole))
    if isinstance(value, dict) and {"start", "agents"} <= value.keys():
        return {**value, "agents": _scaled(value["agents"], factor, is_whole=True)}
    if is_number(value):
        return round_half_up(value * factor) if is_whole else value * factor
    parts = quantity(value)
    if parts and parts[1] == "%" and parts[0][0] in "+-":  # by so much more or less
        return read_factor(value) * factor
    if parts is None:
        raise wrong(_("cannot be scaled"), value, _("scale a figure or a series"))
    return f"{float(parts[0]) * factor!r} {parts[1]}".strip()


def _assign(data: dict[str, Any], places: dict[Path, Place], path: Path, value: Any) -> None:
    node: Any = data
    for depth, step in enumerate(path[:-1]):
        _drop_rivals(node, path[: depth + 1])
        if isinstance(node, dict) and step not in node:
            node[step] = {}
            places[path[: depth + 1]] = _PLACE
        node = node[step]
    if value is None and isinstance(node, dict) and path[-1] in node:
        del node[path[-1]]
        return
    _drop_rivals(node, path)
    node[path[-1]] = value
    for inside in [other for other in places if other[: len(path)] == path]:
        del places[inside]
    places[path] = _PLACE


def _drop_rivals(node: Any, path: Path) -> None:
    """Remove the keys of a node whose place this path takes."""
    for rival in rivals(path):
        node.pop(rival, None)


_PLACE = Place(Mark(FILE), Mark(FILE))
