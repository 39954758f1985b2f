"""Series read from CSV files: `{file: x.csv, column: calls}`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from callcenter.scenario.errors import Problem, fault, nearest, wrong
from callcenter.scenario.files import normal, read_bytes
from callcenter.scenario.marks import Mark, Path, Place, Tree, dotted
from callcenter.scenario.values import quantity

SERIES = frozenset({"calls", "agents", "days", "per_interval", "empirical"})
"""Keys whose value may be read from a file."""

LARGEST_FILE = 50 * 2**20
MOST_ROWS = 1_000_000
MOST_COMPLAINTS = 10

_REMEDY = "write for example {file: forecast.csv, column: calls}"


class Cell(NamedTuple):
    """A cell of a CSV file and where it stands; rows and columns count from 1."""

    text: str
    mark: Mark


def with_series(tree: Tree, folder: FilePath) -> Tree:
    """Return the tree with its series files read, looked up in the folder of the YAML that names them."""
    places, problems, broken = dict(tree.places), list(tree.problems), set(tree.broken)
    for path, holder in _references(tree.data, ()):
        if tree.is_broken(path):
            continue
        try:
            cells = _column(holder[path[-1]], folder)
            holder[path[-1]], wrong_cells = _figures(cells, path)
        except PydanticCustomError as error:
            problems.append(tree.problem(path, error.message()))
            broken.add(path)
            continue
        places |= {(*path, index): Place(cell.mark, cell.mark) for index, cell in enumerate(cells)}
        problems += wrong_cells[:MOST_COMPLAINTS]
        broken |= {path} if wrong_cells else set()
    return Tree(tree.data, places, tuple(problems), frozenset(broken))


def _references(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield the path of each file reference and the mapping that holds it."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in SERIES and isinstance(value, dict) and "file" in value:
                yield (*path, key), node
            else:
                yield from _references(value, (*path, key))
    elif isinstance(node, list) and node and isinstance(node[0], dict):
        for index, item in enumerate(node):
            yield from _references(item, (*path, index))


def _column(reference: dict[str, Any], folder: FilePath) -> list[Cell]:
    strange = [key for key in reference if key not in ("file", "column")]
    if strange:
        raise fault(f"unknown key `{strange[0]}`; {nearest(strange[0], ('file', 'column'), 'known keys')}")
    if not isinstance(reference["file"], str):
        raise wrong("`file` must be the name of a file", reference["file"], _REMEDY)
    path = normal(folder / reference["file"])
    header, rows = _table(path)
    return _cells(str(path), rows, _position(header, reference.get("column"), str(path)))


def _table(path: FilePath) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    if path.suffix.lower() not in (".csv", ".txt", ".tsv"):
        raise wrong("only CSV files can be read", path.name, "save it as CSV")
    text = _decoded(read_bytes(path, LARGEST_FILE), path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = [name.strip() for name in next(reader, [])]
    return header, ((reader.line_num, row) for row in reader)


def _decoded(content: bytes, path: FilePath) -> str:
    """Decode UTF-8, or GB 18030 as Excel writes it in China."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise wrong("is not a text file", str(path), "save it as CSV in UTF-8")


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _position(header: list[str], column: object, name: str) -> int:
    if column is None:
        raise fault(f"`column` is missing; columns of {name}: {', '.join(header)}")
    if column not in header:
        raise fault(f"{name} has no column `{column}`; {nearest(column, header, 'its columns')}")
    return header.index(str(column))


def _cells(name: str, rows: Iterator[tuple[int, list[str]]], column: int) -> list[Cell]:
    cells = []
    try:
        for line, row in rows:
            if any(cell.strip() for cell in row):
                text = row[column].strip() if column < len(row) else ""
                cells.append(Cell(text, Mark(name, line, column + 1)))
            if len(cells) > MOST_ROWS:
                raise fault(f"{name} has more than {MOST_ROWS:,} rows; take a sample of it")
    except csv.Error as error:
        raise fault(f"{name} is not a CSV file ({error}); save it as CSV") from None
    return cells


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
    return int(text) if text.lstrip("+-").isdecimal() else float(text)


def _seconds(text: str) -> str:
    """Return a duration; in a file of observations a bare number means seconds."""
    found = quantity(text)
    if found is None or found[1] == "%":
        raise wrong("is not a duration", text or None, "write seconds as a number in this cell")
    return text if found[1] else f"{text} s"
