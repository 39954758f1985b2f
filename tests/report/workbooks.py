"""A reader of the workbooks that we write, with a small calculator for the formulas they use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import numpy as np
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from callcenter.report.workbook import Destination

_REFERENCE = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^\W\d]\w*))!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?"
)
_EQUALS = re.compile(r"(?<![<>=])=(?!=)")

Place = tuple[str, str]
"""Sheet and cell."""


class Blank(float):
    """What a formula sees in an empty cell: 0, and equal to the empty text."""

    def __eq__(self, other: object) -> bool:
        return other == "" or float(self) == other

    __hash__ = float.__hash__


class Reader:
    """A workbook as read back: cached values, formulas, and what the formulas come to."""

    def __init__(self, write: Callable[[Destination], object]) -> None:
        """Write a workbook into memory and read it."""
        stream = BytesIO()
        write(stream)
        self.bytes = stream.getvalue()
        self.values = load_workbook(BytesIO(self.bytes), data_only=True)
        self.texts = load_workbook(BytesIO(self.bytes))

    @property
    def names(self) -> list[str]:
        """Names of the sheets."""
        return list(self.values.sheetnames)

    def sheet(self, name: str) -> Worksheet:
        """Return a sheet with its values."""
        found = self.values[name]
        assert isinstance(found, Worksheet)
        return found

    def rows(self, sheet: str, head: str) -> list[dict[str, Any]]:
        """Return the rows of the first table whose first head is this one, by head."""
        cells: list[list[Any]] = [[cell.value for cell in row] for row in self.sheet(sheet).iter_rows()]
        top = next(number for number, row in enumerate(cells) if row[0] == head and row[1] is not None)
        heads = [name for name in cells[top] if name is not None]
        found = []
        for row in cells[top + 1 :]:
            if row[0] is None or all(value is None for value in row[1:]):
                break
            found.append(dict(zip(heads, row, strict=False)))
        return found

    def all_text(self, sheet: str) -> list[str]:
        """Return every text of a sheet."""
        return [
            cell.value for row in self.sheet(sheet).iter_rows() for cell in row if isinstance(cell.value, str)
        ]

    def formulas(self) -> dict[Place, str]:
        """Return every formula, by its place."""
        return {
            (sheet.title, cell.coordinate): str(cell.value)
            for sheet in self.texts.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }

    def parts(self, beginning: str) -> dict[str, str]:
        """Return the files of the package below a path."""
        with ZipFile(BytesIO(self.bytes)) as package:
            names = [name for name in package.namelist() if name.startswith(beginning)]
            return {name: package.read(name).decode() for name in names}

    def place(self, sheet: str, head: str, row: int = 0) -> Place:
        """Return the place of a cell so many rows below a head."""
        for cells in self.sheet(sheet).iter_rows():
            for cell in cells:
                if cell.value == head:
                    return sheet, f"{cell.column_letter}{cell.row + 1 + row}"
        raise KeyError(head)

    def calculated(self, place: Place, changes: Mapping[Place, float] | None = None) -> Any:
        """Return what a cell comes to, all formulas calculated anew, some cells changed."""
        changes = changes or {}
        if place in changes:
            return changes[place]
        sheet, cell = place
        text = self.texts[sheet][cell].value
        if not isinstance(text, str) or self.texts[sheet][cell].data_type != "f":
            return Blank(0.0) if text is None else text
        return self._evaluate(text, sheet, changes)

    def _evaluate(self, text: str, sheet: str, changes: Mapping[Place, float]) -> Any:
        found: list[Any] = []

        def noted(match: re.Match[str]) -> str:
            quoted, plain, column, row, last, end = match.groups()
            name = quoted.replace("''", "'") if quoted else plain or sheet
            if last is None:
                found.append(self.calculated((name, f"{column}{row}"), changes))
            else:
                cells = self.texts[name][f"{column}{row}:{last}{end}"]
                places = [(name, cell.coordinate) for line in cells for cell in line]
                found.append([self.calculated(place, changes) for place in places])
            return f"found[{len(found) - 1}]"

        python = _EQUALS.sub("==", _REFERENCE.sub(noted, text.removeprefix("=")))
        functions = {"IF": _if, "SUM": _sum, "SUMPRODUCT": _sum_product, "EXACT": _exact, "found": found}
        return eval(python, {"__builtins__": {}}, functions)  # noqa: S307 - our own formulas


def _if(condition: bool, yes: Any, no: Any) -> Any:
    return yes if condition else no


def _sum(values: list[Any]) -> float:
    return float(sum(value for value in values if not isinstance(value, str)))


def _sum_product(first: Any, second: list[Any]) -> float:
    numbers = [0.0 if isinstance(value, str) else float(value) for value in second]
    return float((np.asarray(first) * np.asarray(numbers)).sum())


def _exact(texts: list[str], text: str) -> Any:
    return np.array([int(each == text) for each in texts])
