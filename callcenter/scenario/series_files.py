"""What is read from CSV files: series, `{file: x.csv, column: calls}`, and rosters, `{file: roster.csv}`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from pydantic_core import PydanticCustomError

from callcenter.scenario.errors import Problem, fault, nearest, wrong
from callcenter.scenario.marks import Path, Tree, dotted
from callcenter.scenario.roster_files import ROSTER, Read, roster
from callcenter.scenario.tables import Cell, Table, read_table
from callcenter.scenario.values import as_number, quantity

SERIES = frozenset({"calls", "agents", "days", "per_interval", "empirical"})
"""Keys whose value may be read from a file."""

MOST_ROWS = 1_000_000
MOST_COMPLAINTS = 10


def with_series(tree: Tree, folder: FilePath) -> Tree:
    """Return the tree with its CSV files read, looked up in the folder of the YAML that names them."""
    places, problems, broken = dict(tree.places), list(tree.problems), set(tree.broken)
    for path, holder in _references(tree.data, ()):
        if tree.is_broken(path):
            continue
        try:
            read = _roster if path[-1] == ROSTER else _series
            holder[path[-1]], found_at, wrong_cells = read(holder[path[-1]], folder, path)
        except PydanticCustomError as error:
            problems.append(tree.problem(path, error.message()))
            broken.add(path)
            continue
        places |= found_at
        problems += wrong_cells[:MOST_COMPLAINTS]
        broken |= {path} if wrong_cells else set()
    return Tree(tree.data, places, tuple(problems), frozenset(broken))


def _series(reference: dict[str, Any], folder: FilePath, path: Path) -> Read:
    table = read_table(_file(reference, folder, ("file", "column"), "{file: forecast.csv, column: calls}"))
    position = _position(table, reference.get("column"))
    cells = [table.cell(line, row, position) for line, row in table.filled(MOST_ROWS)]
    figures, wrong_cells = _figures(cells, path)
    return figures, {(*path, index): cell.place for index, cell in enumerate(cells)}, wrong_cells


def _roster(reference: dict[str, Any], folder: FilePath, path: Path) -> Read:
    table = read_table(_file(reference, folder, ("file",), "{file: roster.csv}"))
    return roster(table, path)


def _file(reference: dict[str, Any], folder: FilePath, known: tuple[str, ...], example: str) -> FilePath:
    strange = [key for key in reference if key not in known]
    if strange:
        raise fault(f"unknown key `{strange[0]}`; {nearest(strange[0], known, 'known keys')}")
    if not isinstance(reference["file"], str):
        raise wrong("`file` must be the name of a file", reference["file"], f"write for example {example}")
    return folder / reference["file"]


def _references(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield the path of each file reference and the mapping that holds it."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in (*SERIES, ROSTER) and isinstance(value, dict) and "file" in value:
                yield (*path, key), node
            else:
                yield from _references(value, (*path, key))
    elif isinstance(node, list) and node and isinstance(node[0], dict):
        for index, item in enumerate(node):
            yield from _references(item, (*path, index))


def _position(table: Table, column: object) -> int:
    if column is None:
        raise fault(f"`column` is missing; columns of {table.name}: {', '.join(table.header)}")
    if column not in table.header:
        raise fault(f"{table.name} has no column `{column}`; {nearest(column, table.header, 'its columns')}")
    return table.header.index(str(column))


def _figures(cells: list[Cell], path: Path) -> tuple[list[int | float | str], list[Problem]]:
    figures: list[int | float | str] = []
    problems = []
    for index, cell in enumerate(cells):
        try:
            figures.append(_seconds(cell.text) if path[-1] == "empirical" else _number(cell.text))
        except PydanticCustomError as error:
            problems.append(Problem(*cell.mark, dotted((*path, index)), error.message()))
    return figures, problems


def _number(text: str) -> int | float:
    found = quantity(text)
    if found is None or found[1]:
        raise wrong("is not a number", text or None, "write a number in this cell")
    return as_number(text)


def _seconds(text: str) -> str:
    """Return a duration; in a file of observations a bare number means seconds."""
    found = quantity(text)
    if found is None or found[1] == "%":
        raise wrong("is not a duration", text or None, "write seconds as a number in this cell")
    return text if found[1] else f"{text} s"
