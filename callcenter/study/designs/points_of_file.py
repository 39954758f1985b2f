"""From a sweep file to its points; whatever is wrong with them is shown where the sweep file says so."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from callcenter.language import gettext as _
from callcenter.scenario import Problem, Scenario, ScenarioError, load
from callcenter.scenario.loading import part_of, read_yaml
from callcenter.scenario.marks import Path as Keys
from callcenter.scenario.marks import Tree
from callcenter.study.designs.design import Design, Point, design_of, point
from callcenter.study.designs.ranges import Levels, Range
from callcenter.study.designs.space_filling import places
from callcenter.study.designs.sweep_file import SPACE_FILLING, SweepFile

Choice = dict[str, tuple[object, str | int]]
"""What each path takes at a point, and its place in a list of values; empty where it is from a range."""

ENDS = ("from", "to")


def load_design(
    source: str | os.PathLike[str],
    changes: Mapping[str, object] | None = None,
    replications: int | None = None,
    seed: int | None = None,
) -> Design:
    """Read a sweep file and build the scenario of every point; raises ScenarioError with all problems.

    ``changes`` apply to the scenario before it is varied; ``replications`` and ``seed`` override the file.
    """
    tree = read_yaml(Path(source))
    file = _checked(tree)
    base = _base(file, tree, Path(source).parent, changes)
    if seed is None:
        seed = base.seed if file.seed is None else file.seed
    points = _points(file, tree, base, Path(source).parent, seed)
    number = file.replications if replications is None else replications
    return design_of(Path(source).stem, points, seed, number)


def _checked(tree: Tree) -> SweepFile:
    if "vary" not in tree.data and "tiers" in tree.data:
        raise ScenarioError(
            [tree.problem((), _("this is a scenario, not a sweep; say `run` instead of `sweep`"))]
        )
    return part_of(SweepFile, tree)


def _base(file: SweepFile, tree: Tree, folder: Path, changes: Mapping[str, object] | None) -> Scenario:
    source = folder / file.scenario
    if not source.is_file():
        message = _(
            "there is no file `{scenario}` beside this one; give the path from here to the scenario"
        ).format(scenario=file.scenario)
        raise ScenarioError([tree.problem(("scenario",), message)])
    return load(source, changes)


def _points(file: SweepFile, tree: Tree, base: Scenario, folder: Path, seed: int) -> tuple[Point, ...]:
    _refuse_wrong_ends(file, tree, base)
    points: list[Point] = []
    problems: dict[Problem, None] = {}
    for choice in _choices(file, tree, seed):
        settings = {path: value for path, (value, _) in choice.items()}
        try:
            points.append(point(base.with_(_anchored(settings, folder)), settings))
        except ScenarioError as error:
            places = {path: number for path, (_, number) in choice.items()}
            problems |= dict.fromkeys(_placed(problem, tree, places) for problem in error.problems)
    if problems:
        raise ScenarioError(list(problems))
    return tuple(points)


def _refuse_wrong_ends(file: SweepFile, tree: Tree, base: Scenario) -> None:
    """Try both ends of every range by themselves, so that a wrong one is reported once, not by point."""
    problems: dict[Problem, None] = {}
    for path, levels in file.levels.items():
        if isinstance(levels, Range):
            for end, value in zip(ENDS, levels.ends, strict=True):
                try:
                    base.with_({path: value})
                except ScenarioError as error:
                    problems |= dict.fromkeys(
                        _placed(problem, tree, {path: end}) for problem in error.problems
                    )
    if problems:
        raise ScenarioError(list(problems))


def _choices(file: SweepFile, tree: Tree, seed: int) -> Iterator[Choice]:
    """Yield what each path takes at a point, and which of its values that is."""
    if file.design in SPACE_FILLING:
        yield from _spread(file, tree, seed)
        return
    listed = [
        [(path, (value, number)) for number, value in enumerate(values)]
        for path, values in file.levels.items()
        if not isinstance(values, Range)
    ]
    for choice in product(*listed) if file.design == "grid" else zip(*listed, strict=True):
        yield dict(choice)


def _spread(file: SweepFile, tree: Tree, seed: int) -> Iterator[Choice]:
    number = file.points or 1
    if file.design == "sobol" and number & (number - 1):
        _advise(tree, number)
    for row in places(file.design, len(file.levels), number, seed):
        yield {path: _taken(levels, at) for (path, levels), at in zip(file.levels.items(), row, strict=True)}


def _taken(levels: Levels, place: float) -> tuple[object, str | int]:
    if isinstance(levels, Range):
        return levels.at(place), ""
    number = int(place * len(levels))
    return levels[number], number


def _advise(tree: Tree, number: int) -> None:
    mark = tree.place(("points",)).whole
    fewer = 1 << (number.bit_length() - 1)
    advice = _(
        "`design: sobol` covers the ranges evenly when their number is a power of two, "
        "given {given}; {fewer} or {more} would be better"
    )
    advice = advice.format(given=number, fewer=fewer, more=2 * fewer)
    place = f"{mark.file}:{mark.line}:{mark.column}"
    logging.getLogger(__name__).warning("%s: points: %s", place, advice)


def _anchored(value: Any, folder: Path) -> Any:
    """Look up files named in the sweep from its own folder."""
    if isinstance(value, list):
        return [_anchored(item, folder) for item in value]
    if isinstance(value, dict):
        return {
            key: str((folder / item).absolute())
            if key == "file" and isinstance(item, str)
            else _anchored(item, folder)
            for key, item in value.items()
        }
    return value


def _placed(problem: Problem, tree: Tree, choice: Mapping[str, str | int]) -> Problem:
    """Move a problem of a varied value to the place where the sweep file gives that value."""
    for path, which in choice.items():
        if problem.path == path or problem.path.startswith(f"{path}."):
            return tree.problem(_place(tree, path, which), problem.message)._replace(path=problem.path)
    return problem


def _place(tree: Tree, path: str, which: str | int) -> Keys:
    """Return the place of a value in a list, of an end of a range, or of the whole range (empty)."""
    written = tree.data["vary"][path]
    is_scaled = isinstance(written, dict) and list(written) == ["scale"]
    scaled: Sequence[str] = ("scale",) if is_scaled else ()
    return ("vary", path, *scaled, *([] if which == "" else [which]))
