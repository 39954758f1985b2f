"""Maps from YAML files or plain data, laid over what is known of the program that wrote a log."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

import yaml
from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.records.map import Map
from callcenter.scenario.changes import changed
from callcenter.scenario.errors import Problem, ScenarioError
from callcenter.scenario.loading import part_of, read_yaml
from callcenter.scenario.marks import Tree, plain_data

MOST_FILES = 10_000

_SHAPES = Path(__file__).parent / "shapes"
_LAID_OVER = ("columns", "missing")
"""Keys of which a map need only say what differs; all others replace those of the program."""


def load_map(
    given: Map | str | PathLike[str] | Mapping[str, Any], changes: Mapping[str, Any] | None = None
) -> Map:
    """Return the map of a YAML file or of plain data, with dotted changes made to it.

    Raises ScenarioError with every problem at its place.
    """
    if isinstance(given, Map):
        given = given.model_dump(exclude_defaults=True)
    tree = Tree(plain_data(given)) if isinstance(given, Mapping) else read_yaml(Path(given))
    return part_of(Map, over_shape(changed(tree, changes or {})))


def with_changes(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain data with dotted changes made to it, as a map would have them."""
    return dict(changed(Tree(dict(data)), changes).data)


def over_shape(tree: Tree) -> Tree:
    """Return a map laid over that of the program which it names."""
    shape = shape_of(tree.data.get("source"))
    merged = {**shape, **tree.data}
    for key in _LAID_OVER:
        if isinstance(shape.get(key), dict) and isinstance(tree.data.get(key), dict):
            merged[key] = {**shape[key], **tree.data[key]}
    return Tree(merged, tree.places, tree.problems, tree.broken)


def shape_of(source: object) -> dict[str, Any]:
    """Return what is known of the logs of a program: its columns and the words in them."""
    return deepcopy(_shape(source)) if isinstance(source, str) and source in shapes() else {}


@cache
def _shape(program: str) -> dict[str, Any]:
    data = read_yaml(_SHAPES / f"{program}.yaml").data
    return {key: value for key, value in data.items() if key != "known_by"}


@cache
def shapes() -> dict[str, list[str]]:
    """Return the programs whose tables are known, and the columns that tell them from others."""
    return {file.stem: list(read_yaml(file).data["known_by"]) for file in sorted(_SHAPES.glob("*.yaml"))}


def files_of(given: Map, folder: Path) -> list[Path]:
    """Return the files that a map names, below its folder; ScenarioError where a pattern fits none."""
    files: list[Path] = []
    for pattern in given.files:
        paths = sorted(path for path in folder.glob(pattern) if path.is_file() and _is_below(path, folder))
        if not paths:
            message = _("no file fits `{pattern}`; check the name and the folder").format(pattern=pattern)
            raise ScenarioError([Problem(str(folder), None, None, "files", message)])
        files += paths
    if len(files) > MOST_FILES:
        raise ScenarioError(
            [
                Problem(
                    str(folder),
                    None,
                    None,
                    "files",
                    _("more than {most} files; name fewer").format(most=MOST_FILES),
                )
            ]
        )
    return list(dict.fromkeys(files))


def _is_below(path: Path, folder: Path) -> bool:
    """Whether a file is really in the folder, and no link leads out of it."""
    return path.resolve().is_relative_to(folder.resolve())


def map_text(given: Map) -> str:
    """Return a map as YAML, leaving out what is as usual."""
    data = plain_data(given.model_dump(exclude_defaults=True))
    return yaml.safe_dump(
        {"source": given.source, **_short(data)}, allow_unicode=True, sort_keys=False, width=100
    )


def _short(value: Any) -> Any:
    """Return data with lists of one word as the word, and conditions without a column as their words."""
    if isinstance(value, dict):
        short = {key: _short(item) for key, item in value.items()}
        return short[""] if list(short) == [""] else short
    if isinstance(value, list):
        return value[0] if len(value) == 1 else value
    return value


def in_words(error: PydanticCustomError, file: object) -> ScenarioError:
    """Return the error of a value as that of a file."""
    return ScenarioError([Problem(str(file), None, None, "", error.message())])
