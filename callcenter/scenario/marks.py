"""Plain data together with the place of every key and value in the files it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from numbers import Integral, Real
from typing import Any, NamedTuple

from callcenter.scenario.errors import Problem, Sheet

Path = tuple[str | int, ...]


class Mark(NamedTuple):
    """A place in a file, counted from 1; in a CSV file or a sheet the column is that of the table."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: Sheet | None = None

    def problem(self, path: str, message: str) -> Problem:
        """Return a problem of this place."""
        return Problem(self.file, self.line, self.column, path, message, self.sheet)


class Place(NamedTuple):
    """Where the key and where the value of a path stand."""

    key: Mark
    value: Mark

    @property
    def whole(self) -> Mark:
        """The value, or its key where the value only begins on a later line."""
        return self.value if self.value[:2] == self.key[:2] else self.key


@dataclass(frozen=True)
class Tree:
    """Plain data, places by path, and what was wrong in reading; `broken` paths need no second complaint.

    `remarks` say, by path, what was guessed in reading a file.
    """

    data: Any
    places: Mapping[Path, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    broken: frozenset[Path] = frozenset()
    remarks: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """Return the place of a path, or of the nearest path above it that has one."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Place(Mark(""), Mark(""))

    def problem(self, path: Path, message: str, kind: str = "value") -> Problem:
        """Return a problem placed at the value of a path, at its `key`, or at its parent (`absent`)."""
        place = self.place(path[:-1] if kind == "absent" else path)
        mark = place.whole if kind == "value" else place.key
        return mark.problem(dotted(path), message)

    def is_broken(self, path: Path) -> bool:
        """Whether this path, or one above it, was complained about while reading."""
        return is_under(path, self.broken)


def is_under(path: Path, tops: Collection[Path]) -> bool:
    """Whether a path is one of `tops` or lies below one."""
    return any(path[:length] in tops for length in range(len(path) + 1))


def dotted(path: Iterable[str | int]) -> str:
    """Return a path as the planner writes it after `--set`."""
    return ".".join(map(str, path))


def plain_data(value: Any) -> Any:
    """Return mappings, sequences and numbers of any library as the plain data that YAML has."""
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, bool | str | None):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    return [plain_data(item) for item in value] if isinstance(value, Iterable) else value


def matches(path: Path, pattern: str) -> bool:
    """Whether a path fits a dotted pattern in which `*` stands for one name."""
    names = pattern.split(".")
    return len(path) == len(names) and all(
        name in ("*", step) for name, step in zip(names, path, strict=True)
    )
