"""From a sweep file to its points; whatever is wrong with them is shown where the sweep file says so."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from callcenter.scenario import Problem, Scenario, ScenarioError, load
from callcenter.scenario.loading import read_yaml
from callcenter.scenario.marks import Path as Keys
from callcenter.scenario.marks import Tree
from callcenter.scenario.part import Context
from callcenter.study.design import Design, Point, design_of, point
from callcenter.study.sweep_file import SweepFile

Settings = dict[str, object]
Choice = tuple[int, ...]
"""Which value each path takes at a point."""


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
    points = _points(file, tree, base, Path(source).parent)
    number = file.replications if replications is None else replications
    return design_of(Path(source).stem, points, seed, number)


def _checked(tree: Tree) -> SweepFile:
    if "vary" not in tree.data and "tiers" in tree.data:
        raise ScenarioError(
            [tree.problem((), "this is a scenario, not a sweep; say `run` instead of `sweep`")]
        )
    problems = list(tree.problems)
    try:
        file = SweepFile.model_validate(tree.data, context=Context())
    except ValidationError as error:
        problems += [
            tree.problem(line["loc"], line["msg"], line["type"])
            for line in error.errors(include_url=False)
            if not tree.is_broken(line["loc"])
        ]
    if problems:
        raise ScenarioError(sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0)))
    return file


def _base(file: SweepFile, tree: Tree, folder: Path, changes: Mapping[str, object] | None) -> Scenario:
    source = folder / file.scenario
    if not source.is_file():
        message = (
            f"there is no file `{file.scenario}` beside this one; give the path from here to the scenario"
        )
        raise ScenarioError([tree.problem(("scenario",), message)])
    return load(source, changes)


def _points(file: SweepFile, tree: Tree, base: Scenario, folder: Path) -> tuple[Point, ...]:
    points: list[Point] = []
    problems: dict[Problem, None] = {}
    for choice in _choices(file):
        settings = {
            path: values[number] for number, (path, values) in zip(choice, file.vary.items(), strict=True)
        }
        try:
            points.append(point(base.with_(_anchored(settings, folder)), settings))
        except ScenarioError as error:
            places = dict(zip(file.vary, choice, strict=True))
            problems |= dict.fromkeys(_placed(problem, tree, places) for problem in error.problems)
    if problems:
        raise ScenarioError(list(problems))
    return tuple(points)


def _choices(file: SweepFile) -> Iterator[Choice]:
    numbers = [range(len(values)) for values in file.vary.values()]
    return product(*numbers) if file.design == "grid" else zip(*numbers, strict=True)


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


def _placed(problem: Problem, tree: Tree, choice: Mapping[str, int]) -> Problem:
    """Move a problem of a varied value to the place where the sweep file gives that value."""
    for path, number in choice.items():
        if problem.path == path or problem.path.startswith(f"{path}."):
            return tree.problem(_place(tree, path, number), problem.message)._replace(path=problem.path)
    return problem


def _place(tree: Tree, path: str, number: int) -> Keys:
    scaled: Sequence[str] = ("scale",) if isinstance(tree.data["vary"][path], dict) else ()
    return ("vary", path, *scaled, number)
