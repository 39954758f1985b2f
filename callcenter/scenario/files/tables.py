"""Tables in CSV files and workbooks of bounded size, every cell with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from callcenter.scenario.errors import Sheet, fault, letters, nearest, wrong
from callcenter.scenario.files.reading import normal, read_bytes
from callcenter.scenario.marks import Mark, Place

LARGEST_FILE = 50 * 2**20

CSV_FILES = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm")

Row = tuple[int, list[str]]
"""The line or row in the file, and the text of its cells."""


class Cell(NamedTuple):
    """A cell of a table and where it stands; rows and columns count from 1."""

    text: str
    mark: Mark

    @property
    def place(self) -> Place:
        """The cell as the place of a key and its value."""
        return Place(self.mark, self.mark)


class Table(NamedTuple):
    """A table: its file, its header, its rows, and the sheet if it is one of a workbook."""

    file: str
    header: list[str]
    rows: Iterable[Row]
    sheet: Sheet | None = None

    @property
    def name(self) -> str:
        """The table as messages call it."""
        return f"sheet '{self.sheet.name}' of {self.file}" if self.sheet else self.file

    def filled(self, most: int) -> Iterator[Row]:
        """Yield the rows that are not empty, each with its line; refuses more than so many."""
        read = 0
        try:
            for line, row in self.rows:
                if any(cell.strip() for cell in row):
                    read += 1
                    yield line, row
                if read > most:
                    raise fault(f"{self.name} has more than {most:,} rows; take a sample of it")
        except csv.Error as error:
            raise fault(f"{self.name} is not a CSV file ({error}); save it as CSV") from None

    def cell(self, line: int, row: list[str], column: int) -> Cell:
        """Return a cell of a row; one that is not there is empty."""
        text = row[column].strip() if column < len(row) else ""
        return Cell(text, Mark(self.file, line, column + 1, self.sheet))

    def position(self, column: object) -> int:
        """Return where a column stands, named exactly or but for case and spaces; refuses one named twice."""
        places = self._columns(column)
        if not places:
            names = [name for name in self.header if name]
            hint = nearest(column, names, "its columns")
            remedy = "; the names of the columns must stand in the first row" if len(names) < 2 else ""
            raise fault(f"{self.name} has no column `{column}`; {hint}{remedy}")
        if len(places) > 1:
            columns = " and ".join(letters(at + 1) for at in places)
            raise fault(f"{self.name} has the column `{column}` twice ({columns}); rename one of them")
        return places[0]

    def _columns(self, column: object) -> list[int]:
        exact = [at for at, name in enumerate(self.header) if name == str(column)]
        return exact or [at for at, name in enumerate(self.header) if name and alike(name) == alike(column)]


def alike(name: object) -> str:
    """Return a name without regard to case and spaces."""
    return "".join(str(name).lower().split())


def read_table(file: Path, sheet: object = None) -> Table:
    """Return the table of a CSV file, or of a sheet of a workbook, whose first filled row is the header."""
    path = normal(file)
    if path.suffix.lower() in WORKBOOKS:
        return _of_workbook(path, sheet)
    if path.suffix.lower() not in CSV_FILES:
        remedy = "save it as .xlsx or .csv"
        raise wrong("only Excel workbooks and CSV files can be read", path.name, remedy)
    if sheet is not None:
        raise wrong("only a workbook has sheets", f"{sheet} in {path.name}", "remove `sheet`")
    text = _decoded(read_bytes(path, LARGEST_FILE), path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = [name.strip() for name in next(reader, [])]
    return Table(str(path), header, ((reader.line_num, row) for row in reader))


def _of_workbook(path: Path, sheet: object) -> Table:
    from callcenter.scenario.files.workbooks import (  # openpyxl takes time to import
        LARGEST_WORKBOOK,
        read_sheet,
    )

    name, rows = read_sheet(read_bytes(path, LARGEST_WORKBOOK), str(path), sheet)
    filled = [row for row in enumerate(rows, 1) if any(row[1])]
    if not filled:
        raise fault(f"sheet '{name}' of {path} is empty; name the sheet that holds the table with `sheet`")
    header = [" ".join(text.split()) for text in filled[0][1]]
    return Table(str(path), header, filled[1:], Sheet(name, tuple(header)))


def _decoded(content: bytes, path: Path) -> str:
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
