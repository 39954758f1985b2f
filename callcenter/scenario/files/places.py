"""What was read from a file, with the place of each value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from callcenter.scenario.errors import Problem
from callcenter.scenario.files.tables import Cell
from callcenter.scenario.marks import Path, Place


class Read(NamedTuple):
    """What a file holds, the places of its values, the cells that cannot be read, and what was guessed."""

    values: list[Any]
    places: dict[Path, Place]
    problems: list[Problem]
    remarks: tuple[str, ...] = ()

    def remarked(self, name: str, remarks: Iterable[str]) -> Read:
        """Return the same with further remarks, all of them under the name of the file if one is given."""
        every = tuple(dict.fromkeys((*remarks, *self.remarks)))
        return self._replace(remarks=tuple(f"{name}: {remark}" for remark in every) if name else every)


def placed(values: Sequence[Any], cells: Sequence[Cell], problems: Sequence[Problem], path: Path) -> Read:
    """Return values each of which stands in a cell."""
    if problems:
        return Read([], {}, list(problems))
    return Read(list(values), {(*path, index): cell.place for index, cell in enumerate(cells)}, [])
