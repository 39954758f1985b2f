"""Tables in CSV files of bounded size, every cell with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.files import normal, read_bytes
from callcenter.scenario.marks import Mark, Place

LARGEST_FILE = 50 * 2**20


class Cell(NamedTuple):
    """A cell of a CSV file and where it stands; rows and columns count from 1."""

    text: str
    mark: Mark

    @property
    def place(self) -> Place:
        """The cell as the place of a key and its value."""
        return Place(self.mark, self.mark)


class Table(NamedTuple):
    """A CSV file: its name, its header and its rows, each with its line."""

    name: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]

    def filled(self, most: int) -> Iterator[tuple[int, list[str]]]:
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
        return Cell(text, Mark(self.name, line, column + 1))


def read_table(file: Path) -> Table:
    """Return the table of a CSV file with a header line."""
    path = normal(file)
    if path.suffix.lower() not in (".csv", ".txt", ".tsv"):
        raise wrong("only CSV files can be read", path.name, "save it as CSV")
    text = _decoded(read_bytes(path, LARGEST_FILE), path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = [name.strip() for name in next(reader, [])]
    return Table(str(path), header, ((reader.line_num, row) for row in reader))


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
