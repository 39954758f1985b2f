"""Rows of files of any size, a chunk at a time, with their lines: CSV, Excel, Parquet and JSON lines."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Ints
from callcenter.language import gettext as _
from callcenter.records.wide import header_of, rows_of
from callcenter.scenario.errors import Problem, ScenarioError, fault, wrong
from callcenter.scenario.files.columns import is_total
from callcenter.scenario.files.csv_rows import Row, rows_of_lines, separator_of
from callcenter.scenario.files.encodings import NAMES, decoded
from callcenter.scenario.files.heads import head_of
from callcenter.scenario.files.reading import missing_file
from callcenter.scenario.files.tables import CSV_FILES, WORKBOOKS, Grid, Table, read_grid
from callcenter.scenario.files.wide import Across, across

CHUNK = 200_000
"""Rows that are held at a time."""

FIRST_CHUNK = 20_000
"""Rows of the first chunk, by which a file is understood."""

MOST_COLUMNS = 2_000
LONGEST_LINE = 2**20
LARGEST_UNPACKED = 64 * 2**30
_SAMPLE = 2**20
_LOOKED_AT = 200
"""Rows in which the head of a table is looked for."""

GZIP, PARQUET = ".gz", ".parquet"
JSON_FILES = (".json", ".jsonl", ".ndjson")
LOGS = (".log", "")
READABLE = (*CSV_FILES, *WORKBOOKS, PARQUET, *JSON_FILES)


class Chunk(NamedTuple):
    """Some rows: the line of each in the file, and the cells by the position of their column."""

    lines: Ints
    cells: pd.DataFrame


@dataclass(frozen=True)
class RawTable:
    """A table of a file: the names of its columns, and its rows, which may be gone through again."""

    name: str
    header: Sequence[str]
    chunks: Callable[[], Iterator[Chunk]]
    separator: str = ""
    remarks: tuple[str, ...] = ()
    line: int | None = None
    """Of the head, where the table is one of text."""


def filled(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return the cells that hold anything."""
    held = cells[cells.notna()]
    return held[held.astype(object) != ""]


def kind_of(file: Path) -> str:
    """Return the ending that says what a file is; `.gz` around it does not count."""
    return (file.with_suffix("") if file.suffix.lower() == GZIP else file).suffix.lower()


def open_table(
    file: Path, names: Sequence[str] = (), sheet: object = None, encoding: str = "", separator: str = ""
) -> RawTable:
    """Return the table of a file, whose head has these names if any has."""
    missing = missing_file(file)
    if missing:
        raise fault(missing)
    kind = kind_of(file)
    if kind in WORKBOOKS:
        return _of_workbook(file, names, sheet)
    if kind == PARQUET:
        return _of_parquet(file)
    if kind in JSON_FILES:
        return _of_json(file, names)
    if kind not in CSV_FILES:
        what = _("records are read from CSV, Excel, Parquet and JSON files")
        raise wrong(what, file.name, _("save it as .csv, or name its kind with `source` in a map"))
    return _of_text(file, names, encoding, separator)


def _of_workbook(file: Path, names: Sequence[str], sheet: object) -> RawTable:
    grid = read_grid(file, sheet)
    table = grid.table(names)
    intervals = across(table)
    if intervals is not None:
        return _of_wide(table, intervals)
    rows = [row for row in table.rows if not any(is_total(text) for text in row[1])]
    left_out = len(table.rows) - len(rows)
    remarks = (_("{number} rows are left out, they are totals").format(number=left_out),) if left_out else ()
    header = table.header

    def chunks() -> Iterator[Chunk]:
        return _chunked(rows, len(header))

    return RawTable(grid.name, header, chunks, "", (*grid.remarks, *remarks))


def _of_wide(table: Table, intervals: Across) -> RawTable:
    """Return a report with its intervals across as rows of one interval each."""
    header = header_of(table, intervals)

    def chunks() -> Iterator[Chunk]:
        return _chunked(rows_of(table, intervals), len(header))

    return RawTable(table.name, header, chunks, table.grid.separator, table.grid.remarks)


def _of_text(file: Path, names: Sequence[str], encoding: str, separator: str) -> RawTable:
    encoding, is_guessed = encoding_of(file, encoding)
    with lines_of(file, encoding) as lines:
        start = list(islice(lines, _LOOKED_AT))
    separator = separator or separator_of("".join(start))
    rows_above = list(rows_of_lines(_whole(start), separator, str(file)))
    head = head_of(rows_above, names)
    head_line = rows_above[head.last][0] if rows_above else None
    _refuse_too_wide(head.names)
    if file.suffix.lower() in CSV_FILES:
        first = Grid(str(file), list(rows_of_lines(_whole(start), separator, str(file))), separator).table(
            names
        )
        if across(first) is not None:
            whole = read_grid(file, None, encoding if encoding in NAMES else "").table(names)
            return _of_wide(whole, across(whole) or Across({}, []))

    def chunks() -> Iterator[Chunk]:
        with lines_of(file, encoding) as lines:
            rows = islice(rows_of_lines(lines, separator, str(file)), head.last + 1, None)
            yield from _chunked(rows, len(head.names))

    remark = _("its letters are read as {encoding}; if wrong, write `encoding` in a map")
    remarks = (remark.format(encoding=encoding),) if is_guessed else ()
    return RawTable(str(file), head.names, chunks, separator, remarks, head_line)


def _refuse_too_wide(header: Sequence[str]) -> None:
    if len(header) > MOST_COLUMNS:
        text = _("more than {most} columns; check the separator")
        raise fault(text.format(most=f"{MOST_COLUMNS:,}"))


def _whole(lines: list[str]) -> list[str]:
    """Return the first lines of a file without one whose quotes go on beyond them."""
    quotes = 0
    last = 0
    for at, line in enumerate(lines, 1):
        quotes += line.count('"')
        last = at if quotes % 2 == 0 else last
    return lines[:last]


def _chunked(rows: Iterable[Row], width: int) -> Iterator[Chunk]:
    """Yield the rows in chunks; cells beyond the head are left out, missing ones are empty."""
    rows, size = iter(rows), FIRST_CHUNK
    while some := list(islice(rows, size)):
        size = CHUNK
        lines = np.fromiter((line for line, _row in some), np.int64, len(some))
        columns = list(islice(zip_longest(*(row for _line, row in some), fillvalue=""), width))
        columns += [("",) * len(some)] * (width - len(columns))
        yield Chunk(
            lines, pd.DataFrame({at: pd.Series(column, dtype=object) for at, column in enumerate(columns)})
        )


def encoding_of(file: Path, given: str = "") -> tuple[str, bool]:
    """Return the encoding of a text file by its first letters beyond ASCII, and whether it was guessed."""
    with _opened(file) as stream:
        block = stream.read(_SAMPLE)
        sample = block
        while block and sample.isascii() and b"\0" not in sample[:4]:
            block = stream.read(_SAMPLE)
            sample = block or sample
    cut = sample.rfind(b"\n") + 1 if len(sample) == _SAMPLE else len(sample)
    text = decoded(sample[:cut], given) or decoded(sample[: cut + 1], given)
    if text is None:
        raise fault(_("is not a text file; save it as CSV in UTF-8, or name its encoding"))
    return text.encoding, text.is_guessed


class lines_of:  # noqa: N801 - used as a function, in a `with`
    """The lines of a text file, packed or not; one without an end in sight is refused."""

    def __init__(self, file: Path, encoding: str) -> None:
        self.file, self.encoding = file, encoding

    def __enter__(self) -> Iterator[str]:
        self.stream = io.TextIOWrapper(_opened(self.file), encoding=self.encoding, newline="")
        return self._lines()

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def _lines(self) -> Iterator[str]:
        read = 0
        try:
            while line := self.stream.readline(LONGEST_LINE):
                read += len(line)
                if len(line) == LONGEST_LINE or read > LARGEST_UNPACKED:
                    raise fault(_("is no table of text: a line has no end; save it as CSV"))
                yield line
        except (UnicodeDecodeError, EOFError, gzip.BadGzipFile, OSError) as error:
            remedy = _("save it as CSV in UTF-8, or name its encoding")
            raise fault(
                _("{what}; {remedy}").format(
                    what=_("cannot be read to its end ({error})").format(error=error), remedy=remedy
                )
            ) from None


def _opened(file: Path) -> IO[bytes]:
    return gzip.open(file) if file.suffix.lower() == GZIP else file.open("rb")  # type: ignore[return-value]


def _of_parquet(file: Path) -> RawTable:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        header = list(ParquetFile(file).schema_arrow.names)
    except (ArrowException, OSError, ValueError):
        raise wrong(_("is no Parquet file"), str(file), _("write it anew")) from None

    def chunks() -> Iterator[Chunk]:
        first = 1
        for batch in ParquetFile(file).iter_batches(CHUNK):
            cells = batch.to_pandas()
            cells.columns = pd.RangeIndex(len(header))
            yield Chunk(np.arange(first, first + len(cells)), cells)
            first += len(cells)

    return RawTable(str(file), header, chunks)


def _of_json(file: Path, names: Sequence[str]) -> RawTable:
    """Return records of JSON as a table; what none of them says is an empty column."""
    with lines_of(file, "utf-8-sig") as lines:
        header = list(
            dict.fromkeys(chain.from_iterable(record for _at, record in islice(_records(lines, file), CHUNK)))
        )
    if set(names) & set(header):
        header += [name for name in names if name not in header]
    _refuse_too_wide(header)

    def chunks() -> Iterator[Chunk]:
        with lines_of(file, "utf-8-sig") as lines:
            yield from _chunked(
                ((at, [record.get(name, "") for name in header]) for at, record in _records(lines, file)),
                len(header),
            )

    return RawTable(str(file), header, chunks)


def _records(lines: Iterable[str], file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the flat content of each line of JSON, `Agent.Username` for what lies below `Agent`."""
    for at, line in enumerate(lines, 1):
        if line.strip():
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                record = None
            if not isinstance(record, dict):
                remedy = _("write one record in each line, such as {example}").format(
                    example='{"ContactId": "..."}'
                )
                message = _("{what}; {remedy}").format(what=_("holds no JSON record"), remedy=remedy)
                raise ScenarioError([Problem(str(file), at, None, "", message)])
            yield at, dict(_flat(record, ""))


def _flat(record: dict[str, Any], above: str) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", "" if value is None else str(value)


def of_frame(frame: pd.DataFrame) -> RawTable:
    """Return a table of pandas, such as the calls of a result, as rows of a file."""
    header = [str(name) for name in frame.columns]

    def chunks() -> Iterator[Chunk]:
        for first in range(0, len(frame), CHUNK):
            cells = frame.iloc[first : first + CHUNK].reset_index(drop=True)
            cells.columns = pd.RangeIndex(len(header))
            yield Chunk(np.arange(first + 1, first + 1 + len(cells)), cells)

    return RawTable("table", header, chunks)
