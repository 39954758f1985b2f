"""Tables in CSV files and workbooks of bounded size, every cell with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem, Sheet, both, fault, letters, nearest, wrong
from callcenter.scenario.files.columns import alike
from callcenter.scenario.files.csv_rows import Row, csv_rows, separator_of
from callcenter.scenario.files.dates import day_of, fitting_order, weekday_of
from callcenter.scenario.files.encodings import NAMES, WESTERN, decoded
from callcenter.scenario.files.heads import Head, full_names, head_of
from callcenter.scenario.files.native import plain
from callcenter.scenario.files.reading import normal, read_bytes
from callcenter.scenario.marks import Mark, Place

LARGEST_FILE = 50 * 2**20
MOST_ROWS = 1_000_000

CSV_FILES = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm")


class Cell(NamedTuple):
    """A cell of a table and where it stands; rows and columns count from 1."""

    text: str
    mark: Mark

    @property
    def place(self) -> Place:
        """The cell as the place of a key and its value."""
        return Place(self.mark, self.mark)


@dataclass(frozen=True)
class Grid:
    """All filled rows of a file or a sheet, whatever they mean, and what had to be guessed to read them."""

    file: str
    rows: Sequence[Row]
    separator: str = ""
    sheet: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file or sheet as messages call it."""
        return (
            _("sheet '{sheet}' of {file}").format(sheet=self.sheet, file=self.file)
            if self.sheet
            else self.file
        )

    def table(self, names: Sequence[object] = ()) -> Table:
        """Return the table whose head has these names, if any has."""
        head = head_of(self.rows, names)
        sheet = Sheet(self.sheet, tuple(head.names)) if self.sheet else None
        return Table(self, head, self.rows[head.last + 1 :], sheet)


@dataclass(frozen=True)
class Table:
    """A table: its head, the filled rows below it, and the sheet if it is one of a workbook."""

    grid: Grid
    head: Head
    rows: Sequence[Row]
    sheet: Sheet | None = None

    @property
    def name(self) -> str:
        """The table as messages call it."""
        return self.grid.name

    @property
    def header(self) -> list[str]:
        """The name of each column."""
        return self.head.names

    def cell(self, line: int, row: list[str], column: int) -> Cell:
        """Return a cell of a row; one that is not there is empty."""
        text = plain(row[column]) if column < len(row) else ""
        return Cell(text, Mark(self.grid.file, line, column + 1, self.sheet))

    def strays(self, rows: Sequence[Row], path: str) -> list[Problem]:
        """Return a problem for each row of a text file that has more cells than the head."""
        cells = (
            self.cell(line, row, at)
            for line, row in rows
            if self.grid.separator and len(row) > len(self.header)
            for at in range(len(self.header), len(row))
        )
        remedy = _("put numbers and text with commas in double quotes")
        return [
            cell.mark.problem(path, wrong(_("stands below no column"), cell.text, remedy).message())
            for cell in cells
            if cell.text
        ]

    def head_cell(self, column: int) -> Cell:
        """Return the name of a column as a cell."""
        line = self.grid.rows[self.head.last][0]
        return Cell(self.header[column], Mark(self.grid.file, line, column + 1, self.sheet))

    def texts(self, column: int) -> list[str]:
        """Return the texts of a column in all rows."""
        return [plain(row[column]) if column < len(row) else "" for _, row in self.rows]

    def position(self, column: object) -> int:
        """Return where a column stands, named exactly or but for case and spaces; refuses one named twice."""
        places = self.columns(column)
        if not places:
            names = [name for name in self.header if name]
            hint = nearest(column, names, _("its columns"))
            message = _("{name} has no column `{column}`; {hint}")
            if len(names) < 2:
                message = _(
                    "{name} has no column `{column}`; {hint}; "
                    "the names of the columns must stand in one row above the table"
                )
            raise fault(message.format(name=self.name, column=column, hint=hint))
        if len(places) > 1:
            columns = both(letters(at + 1) for at in places)
            raise fault(
                _("{name} has the column `{column}` twice ({columns}); rename one of them").format(
                    name=self.name, column=column, columns=columns
                )
            )
        return places[0]

    def columns(self, column: object) -> list[int]:
        """Return where columns of a name stand; the name of their group may stand in front."""
        for names in (self.header, full_names(self.head)):
            exact = [at for at, name in enumerate(names) if name == str(column)]
            same = exact or [at for at, name in enumerate(names) if name and alike(name) == alike(column)]
            if same:
                return same
        return self._of_the_same_day(str(column))

    def _of_the_same_day(self, column: str) -> list[int]:
        """Return the columns whose heads are the same day or weekday, written in another way."""
        order = fitting_order([column, *self.header])
        named = day_of(column, order), weekday_of(column)
        days = [(day_of(name, order), weekday_of(name)) for name in self.header]
        return [at for at, each in enumerate(days) if named != (None, None) and each == named]


def read_grid(file: Path, sheet: object = None, encoding: str = "") -> Grid:
    """Return the rows of a CSV file, or of a sheet of a workbook."""
    path = normal(file)
    if path.suffix.lower() in WORKBOOKS:
        return _of_workbook(path, sheet)
    if path.suffix.lower() not in CSV_FILES:
        remedy = _("save it as .xlsx or .csv")
        raise wrong(_("only Excel workbooks and CSV files can be read"), path.name, remedy)
    if sheet is not None:
        raise wrong(
            _("only a workbook has sheets"),
            _("{sheet} in {name}").format(sheet=sheet, name=path.name),
            _("remove `sheet`"),
        )
    return _of_text(path, encoding)


def sheets_of(file: Path) -> list[str | None]:
    """Return the sheets of a workbook that are not hidden; one nameless table for any other file."""
    path = normal(file)
    if path.suffix.lower() not in WORKBOOKS:
        return [None]
    from callcenter.scenario.files.workbooks import LARGEST_WORKBOOK, sheet_names

    return list(sheet_names(read_bytes(path, LARGEST_WORKBOOK), str(path)))


def _of_text(path: Path, encoding: str) -> Grid:
    text = decoded(read_bytes(path, LARGEST_FILE), encoding)
    if text is None:
        raise _no_text(path, encoding)
    separator = separator_of(text.text)
    rows = list(islice(csv_rows(text.text, separator, str(path)), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise fault(
            _("{name} has more than {most:,} rows; take a sample of it").format(name=path, most=MOST_ROWS)
        )
    remarks = (_encoding_remark(text.encoding),) if text.is_guessed else ()
    return Grid(str(path), rows, separator, "", remarks)


def _no_text(path: Path, encoding: str) -> PydanticCustomError:
    if not encoding:
        return wrong(_("is not a text file"), str(path), _("save it as CSV in UTF-8"))
    remedy = _("save it as CSV in UTF-8, or name its encoding: {names}").format(names=_(", ").join(NAMES))
    return wrong(_("is not a text file in {encoding}").format(encoding=encoding), str(path), remedy)


def _encoding_remark(encoding: str) -> str:
    read, other = ("Latin-1", "gb18030") if encoding == WESTERN else ("GB 18030", "latin-1")
    remark = _(
        "its letters could be Latin-1 or GB 18030; read as {read}. If wrong, write `encoding: {other}`"
    )
    return remark.format(read=read, other=other)


def _of_workbook(path: Path, sheet: object) -> Grid:
    from callcenter.scenario.files.workbooks import (  # openpyxl takes time to import
        LARGEST_WORKBOOK,
        read_sheet,
    )

    page = read_sheet(read_bytes(path, LARGEST_WORKBOOK), str(path), sheet)
    filled = [(at, row) for at, row in enumerate(page.rows, 1) if any(row)]
    if not filled:
        raise fault(
            _("sheet '{name}' of {path} is empty; name the sheet that holds the table with `sheet`").format(
                name=page.name, path=path
            )
        )
    return Grid(str(path), filled, "", page.name, page.remarks)
