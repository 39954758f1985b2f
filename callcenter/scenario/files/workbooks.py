"""Sheets of Excel workbooks as text, of bounded size: values as last calculated, nothing is executed."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple

from openpyxl import load_workbook
from pydantic_core import PydanticCustomError

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.scenario.errors import closest, fault, listed, nearest
from callcenter.scenario.files.native import Native

LARGEST_WORKBOOK = 20 * 2**20
LARGEST_UNPACKED = 200 * 2**20
LARGEST_BESIDE = 40 * 2**20
"""Bytes of all that is not a sheet: texts, formats."""

MOST_PARTS = 2_000
MOST_ROWS = 1_048_576
MOST_CELLS = 2_000_000
MOST_CHARACTERS = 50 * 2**20
"""Of all cells; a text that many cells share is counted in each."""

_SHEETS = "xl/worksheets/"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How files of Excel 97 begin, and encrypted ones."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")

_MALFORMED = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError, AttributeError),
    *(ArithmeticError, OSError, EOFError, RuntimeError, AssertionError),
)
"""What openpyxl raises where a file is not what it expects; a parse error of XML is a SyntaxError."""

_MIDNIGHT = datetime(1900, 1, 1)
"""Excel's day 1: the cell says 24:00."""

LONGEST_ROW = 200_000
"""Signs `>` of one row; Excel writes at most eight for each of its 16,384 columns."""

_CHUNK = 2**16
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")

Rows = list[list[str]]


class Page(NamedTuple):
    """A sheet: its name, the text of its cells from A1 on, and what should be known of it."""

    name: str
    rows: Rows
    remarks: tuple[str, ...] = ()


def read_sheet(content: bytes, file: str, sheet: object = None) -> Page:
    """Return a sheet, the first that is not hidden if none is asked for.

    A formula that was never calculated is its own text, which begins with `=`.
    """
    _check_size(content, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about cells that look like dates and are none
            return _read(content, file, sheet)
    except PydanticCustomError:
        raise
    except _MALFORMED as error:
        raise _damaged(file, error) from None


def _damaged(file: str, error: Exception) -> PydanticCustomError:
    return fault(
        _("{file} is damaged ({reason}); open it in Excel and save it anew").format(
            file=file, reason=_reason(error)
        )
    )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _check_size(content: bytes, file: str) -> None:
    """Refuse what is no workbook, and one that would unpack to more than anyone types."""
    if content.startswith(_OLE):
        message = _(
            "{file} has a password or the old format of Excel 97; "
            "save it as an Excel workbook (.xlsx) without a password"
        )
        raise fault(message.format(file=file))
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except _MALFORMED:
        raise fault(_("{file} is not an Excel workbook; save it as .xlsx").format(file=file)) from None
    unpacked = sum(part.file_size for part in parts)
    beside = sum(part.file_size for part in parts if not part.filename.startswith(_SHEETS))
    if unpacked > LARGEST_UNPACKED or beside > LARGEST_BESIDE or len(parts) > MOST_PARTS:
        message = _(
            "{file} unpacks to {size:,.0f} MB in {count:,} parts, too large; "
            "copy the table to a new workbook, values only"
        )
        raise fault(message.format(file=file, size=unpacked / 2**20, count=len(parts)))
    try:
        _check_rows(content, file)
    except PydanticCustomError:
        raise
    except _MALFORMED as error:
        raise _damaged(file, error) from None


def _check_rows(content: bytes, file: str) -> None:
    """Refuse rows that would not fit into memory, and a workbook all of whose sheets are too large."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [part for part in book.infolist() if part.filename.startswith(_SHEETS) and part.file_size]
        cells = [_counted(book, part, file) for part in sheets]
    if cells and min(cells) > MOST_CELLS:
        raise fault(
            _("each sheet of {file} has more than {most:,} cells; copy the table to a new workbook").format(
                file=file, most=MOST_CELLS
            )
        )


def _counted(book: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> int:
    """Return how many cells a sheet has, without reading them; refuses a row longer than any."""
    cells = length = 0
    with book.open(part) as sheet:
        while chunk := sheet.read(_CHUNK):
            cells += chunk.count(b"<c ") + chunk.count(b"<c>") + chunk.count(b"<c/")
            begins = [match.start() for match in _ROW.finditer(chunk)] if b"<!" not in chunk else []
            length = chunk.count(b">", begins[-1]) if begins else length + chunk.count(b">")
            if length > LONGEST_ROW:
                message = _(
                    "{file} has a row of more cells than Excel has columns ({part}); "
                    "copy the table to a new workbook, values only"
                )
                raise fault(message.format(file=file, part=part.filename))
    return cells


def sheet_names(content: bytes, file: str) -> list[str]:
    """Return the names of the sheets that are not hidden; all of them if all are."""
    _check_size(content, file)
    try:
        book = _opened(content)
        visible = [page.title for page in book.worksheets if page.sheet_state == "visible"]
        return visible or [page.title for page in book.worksheets]
    except _MALFORMED as error:
        raise _damaged(file, error) from None


def _opened(content: bytes, *, values: bool = True) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about formats and charts, which are not read
        return load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)


def _read(content: bytes, file: str, sheet: object) -> Page:
    book = _opened(content)
    chosen = _sheet_of({page.title: page for page in book.worksheets}, file, sheet)
    rows = [list(map(_text, row)) for row in _cells(chosen, file)]
    if any("" in row for row in rows) and _has_formulas(content):
        _fill_uncalculated(rows, content, chosen.title, file)
    return Page(chosen.title, rows, tuple(_hidden(chosen, book.worksheets, sheet)))


def _hidden(chosen: Any, sheets: Iterable[Any], title: object) -> Iterator[str]:
    """Yield what should be known where a sheet is hidden: the one that is read, or the one left out."""
    if chosen.sheet_state != "visible":
        yield _("the sheet is hidden in the workbook")
        return
    before = next(iter(sheets))
    if title is None and before is not chosen:
        remark = _("the hidden sheet '{name}' is left out; name it with `sheet` if it is meant")
        yield remark.format(name=before.title)


def _sheet_of(sheets: Mapping[str, Any], file: str, title: object) -> Any:
    if not sheets:
        raise fault(_("{file} has no sheet with cells; name another workbook").format(file=file))
    if title is None:
        visible = (page for page in sheets.values() if page.sheet_state == "visible")
        return next(visible, next(iter(sheets.values())))
    same = [name for name in sheets if name.strip().lower() == str(title).strip().lower()]
    if not same:
        known = _("its sheets: {names}").format(names=listed(list(sheets)))
        near = nearest(title, sheets) if closest(title, sheets) is not None else ""
        hint = f"{near} {known}".strip()
        raise fault(_("{file} has no sheet `{title}`; {hint}").format(file=file, title=title, hint=hint))
    return sheets[str(title) if title in sheets else same[0]]


def _cells(sheet: Any, file: str) -> Iterator[tuple[Any, ...]]:
    """Yield the values of each row; what the file says about its own size is not believed."""
    sheet.reset_dimensions()
    read = characters = 0
    for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS):
        read += 1 + len(row)
        characters += sum(len(value) for value in row if isinstance(value, str))
        if read > MOST_CELLS or characters > MOST_CHARACTERS:
            most = (
                _("{n} cells").format(n=f"{MOST_CELLS:,}")
                if read > MOST_CELLS
                else _("{n} MB of text").format(n=MOST_CHARACTERS // 2**20)
            )
            message = _("sheet '{title}' of {file} has more than {most}; copy the table to a new workbook")
            raise fault(message.format(title=sheet.title, file=file, most=most))
        yield row


def _has_formulas(content: bytes) -> bool:
    """Whether any cell is a formula; without one the sheet need not be read twice."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [name for name in book.namelist() if name.startswith(_SHEETS)]
        return any(_FORMULA.search(book.read(name)) for name in sheets)


def _fill_uncalculated(rows: Rows, content: bytes, title: str, file: str) -> None:
    """Put the text of a formula where its value is missing: a program wrote it and no Excel has opened it."""
    book = _opened(content, values=False)
    for row, formulas in zip(rows, _cells(book[title], file), strict=False):
        for at, (text, formula) in enumerate(zip(row, formulas, strict=False)):
            if not text and formula is not None:
                row[at] = str(getattr(formula, "text", None) or formula)


def _text(value: object) -> str:
    """Return a value as a planner would write it: plain numbers, ISO dates, clock times."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        is_whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if is_whole else Native(repr(value), value)
    if isinstance(value, datetime):
        return Native(_moment(value), value)
    if isinstance(value, date):
        return Native(value.isoformat(), value)
    if isinstance(value, time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
        return Native(clock_text(seconds), value)
    if isinstance(value, timedelta):
        return Native(clock_text(value.total_seconds()), value)
    return "" if value is None else str(value)


def _moment(value: datetime) -> str:
    if value <= _MIDNIGHT:
        return "24:00"
    nearest_second = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    clock = clock_text(nearest_second.hour * 3600 + nearest_second.minute * 60 + nearest_second.second)
    day = nearest_second.date().isoformat()
    return day if clock == "00:00" else f"{day} {clock}"
