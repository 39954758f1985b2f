"""From a YAML file or plain data to a Scenario."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.changes import changed
from callcenter.scenario.errors import Problem, ScenarioError, shown
from callcenter.scenario.files.overlay import overlaid
from callcenter.scenario.files.reading import missing_file, normal, read_bytes
from callcenter.scenario.files.references import anchor
from callcenter.scenario.files.series import with_series
from callcenter.scenario.files.yaml12 import parse
from callcenter.scenario.marks import Tree, plain_data
from callcenter.scenario.model import Scenario
from callcenter.scenario.part import Context, P

LARGEST_FILE = 2**20
LONGEST_CHAIN = 10
"""Scenarios that may extend each other."""

Source = Scenario | str | os.PathLike[str] | Mapping[str, object]
"""A scenario, or the file or plain data that it is made from; whatever takes a scenario takes these."""


def load(source: Source, changes: Mapping[str, object] | None = None) -> Scenario:
    """Return the scenario of a YAML file or of plain data, with dotted changes made to it.

    One that is there already is returned as it is, or changed.  Raises ScenarioError with every problem.
    """
    if isinstance(source, Scenario):
        return source.with_(changes) if changes else source
    if isinstance(source, Mapping):
        tree = _complete(Tree(plain_data(source)), FilePath(), ())
    else:
        tree = _from_file(FilePath(source), ())
    tree = with_series(tree)
    return Scenario.from_tree(changed(tree, changes) if changes else tree)


def read_yaml(path: FilePath) -> Tree:
    """Return the mapping in a YAML file with places; raises ScenarioError where there is none."""
    try:
        text = read_bytes(path, LARGEST_FILE).decode("utf-8-sig")
    except PydanticCustomError as error:
        raise ScenarioError([Problem(str(path), None, None, "", error.message())]) from None
    except UnicodeDecodeError:
        raise ScenarioError(
            [Problem(str(path), None, None, "", _("is not UTF-8 text; save it as UTF-8"))]
        ) from None
    tree = parse(text, str(path))
    if not isinstance(tree.data, dict):
        raise ScenarioError([tree.problem((), _no_mapping(tree.data))])
    return tree


def _no_mapping(data: object) -> str:
    if data is None:
        return _("the file is empty; write keys such as `name: ...`")
    return _("a file must be a mapping of keys, given {given}; write keys such as `name: ...`").format(
        given=shown(data)
    )


def _from_file(path: FilePath, chain: tuple[FilePath, ...]) -> Tree:
    tree = read_yaml(path)
    if "vary" in tree.data and "tiers" not in tree.data:
        raise ScenarioError(
            [tree.problem((), _("this is a sweep, not a scenario; say `sweep` instead of `run`"))]
        )
    return _complete(tree, path.parent, (*chain, path.resolve()))


def _complete(tree: Tree, folder: FilePath, chain: tuple[FilePath, ...]) -> Tree:
    """Return the tree laid over the scenario that it extends; files are read when the day is known."""
    anchor(tree, folder)
    if "extends" not in tree.data:
        return tree
    base = tree.data["extends"]
    own = replace(tree, data={key: value for key, value in tree.data.items() if key != "extends"})
    problem = _refused(base, folder, chain)
    if problem is None:
        return overlaid(_from_file(normal(folder / base), chain), own)
    raise ScenarioError([*own.problems, own.problem(("extends",), problem)])


def _refused(base: Any, folder: FilePath, chain: tuple[FilePath, ...]) -> str | None:
    """Return why a file cannot be extended, None if it can."""
    if not isinstance(base, str):
        return _("must name one file, given {given}; write for example `extends: base.yaml`").format(
            given=shown(base)
        )
    path = normal(folder / base)
    missing = missing_file(path)
    if missing:
        return missing
    if path.resolve() in chain:
        return _("{path} extends this file in turn; remove one of the two `extends`").format(path=path)
    if len(chain) > LONGEST_CHAIN:
        return _("more than {most} scenarios extend each other; copy what is needed").format(
            most=LONGEST_CHAIN
        )
    return None


def part_of(model: type[P], tree: Tree) -> P:
    """Return the part that a file describes; raises ScenarioError with every problem at its place."""
    problems = list(tree.problems)
    try:
        part = model.model_validate(tree.data, context=Context())
    except ValidationError as error:
        problems += [
            tree.problem(line["loc"], line["msg"], line["type"])
            for line in error.errors(include_url=False)
            if not tree.is_broken(line["loc"])
        ]
    if problems:
        raise ScenarioError(sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0)))
    return part
