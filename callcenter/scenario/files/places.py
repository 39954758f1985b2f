"""What was read from a file, with the place of each value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem
from callcenter.scenario.files.references import ROSTER
from callcenter.scenario.files.tables import Cell
from callcenter.scenario.files.timetable import Timed
from callcenter.scenario.marks import Path, Place


class Read(NamedTuple):
    """What a file holds, the places of its values, the cells that cannot be read, and what was guessed."""

    values: list[Any] | dict[str, Any]
    places: dict[Path, Place]
    problems: list[Problem]
    remarks: tuple[str, ...] = ()
    key: str = ""
    """The key that holds the values instead of the one that names the file; empty if it is the same."""

    def remarked(self, name: str, remarks: Iterable[str]) -> Read:
        """Return the same with further remarks, all of them under the name of the file if one is given."""
        every = tuple(dict.fromkeys((*remarks, *self.remarks)))
        return self._replace(remarks=tuple(f"{name}: {remark}" for remark in every) if name else every)


def placed(values: Sequence[Any], cells: Sequence[Cell], problems: Sequence[Problem], path: Path) -> Read:
    """Return values each of which stands in a cell."""
    if problems:
        return Read([], {}, list(problems))
    return Read(list(values), {(*path, index): cell.place for index, cell in enumerate(cells)}, [])


def placed_in_time(result: Timed, path: Path) -> Read:
    """Return a series by intervals; agents who change within intervals become shifts of the same pool."""
    if not result.spells:
        return placed(result.figures, result.cells, result.problems, path)
    shifts = [
        {"start": clock_text(spell.start), "end": clock_text(spell.end), "agents": spell.figure}
        for spell in result.spells
    ]
    above = (*path[:-1], ROSTER)
    places = {(*above, index): spell.cell.place for index, spell in enumerate(result.spells)}
    remark = _("agents change within intervals; they are read as shifts")
    return Read(shifts, places, [], (remark,), ROSTER)
