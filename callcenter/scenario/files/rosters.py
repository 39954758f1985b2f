"""Rosters read from CSV files and workbooks: a shift in each row, its problems placed at its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem, fault, nearest, wrong
from callcenter.scenario.files.columns import alike, is_total
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.durations import read_durations
from callcenter.scenario.files.moments import moment
from callcenter.scenario.files.numbers import Number, read_numbers
from callcenter.scenario.files.places import Read
from callcenter.scenario.files.tables import Grid, Table
from callcenter.scenario.files.times import read_times
from callcenter.scenario.marks import Path, Place, dotted
from callcenter.scenario.parts.shifts import MOST_SHIFTS

NEEDED = ("start", "end", "agents")
COLUMNS = (*NEEDED, "breaks", "days")
TIMES = ("start", "end")

_ALSO = {
    **dict.fromkeys(("from", "begin", "shiftstart", "starttime", "von", "beginn"), "start"),
    **dict.fromkeys(("上班", "上班时间", "开始", "开始时间"), "start"),
    **dict.fromkeys(("to", "until", "shiftend", "endtime", "bis", "ende"), "end"),
    **dict.fromkeys(("下班", "下班时间", "结束", "结束时间"), "end"),
    **dict.fromkeys(("heads", "headcount", "agenten", "人数", "坐席", "坐席数"), "agents"),
    **dict.fromkeys(("break", "pausen", "pause", "小休", "休息"), "breaks"),
    "日": "days",
}
"""Further names of the columns, without case and spaces."""

_PLAIN_BREAK = re.compile(r"\d{1,2}:\d{2}\s+\d[^:]*")


def roster(grid: Grid, path: Path) -> Read:
    """Return the shifts of a roster as a planner would write them."""
    table = grid.table(NEEDED)
    names = _names(table)
    rows = [row for row in table.rows if not any(is_total(text) for text in row[1])]
    if len(rows) > MOST_SHIFTS:
        raise fault(
            _("{name} has more than {most:,} rows; take a sample of it").format(
                name=table.name, most=MOST_SHIFTS
            )
        )
    columns = {name: _column(table, rows, at, name) for at, name in enumerate(names) if name}
    shifts: list[Any] = []
    places: dict[Path, Place] = {}
    problems: list[Problem] = []
    for index, (line, row) in enumerate(rows):
        places[*path, index] = table.cell(line, row, 0).place
        places |= {(*path, index, name): table.cell(line, row, at).place for at, name in enumerate(names)}
        shifts.append({name: column[index] for name, column in columns.items() if column[index] != ""})
        problems += _strays(table, line, row, (*path, index))
    return Read(shifts, places, problems)


def _strays(table: Table, line: int, row: list[str], path: Path) -> Iterator[Problem]:
    """Yield the first cell of a row that has no name in the header."""
    for at, text in enumerate(row):
        if text.strip() and not "".join(table.header[at : at + 1]):
            what = wrong(
                _("stands below no column"), text.strip(), _("put text with commas in double quotes")
            )
            yield table.cell(line, row, at).mark.problem(dotted(path), what.message())
            return


def _names(table: Table) -> list[str]:
    """Return which column of a roster each column is; refuses unknown, doubled and missing ones."""
    names = [_known(head) for head in table.header]
    for head, name in zip(table.header, names, strict=True):
        if name and name not in COLUMNS:
            known = nearest(head, COLUMNS, _("a roster has"))
            raise fault(
                _("{name} has the unknown column `{head}`; {known}").format(
                    name=table.name, head=head, known=known
                )
            )
        if name and names.count(name) > 1:
            message = _("{table} has the column `{name}` twice; keep one of them")
            raise fault(message.format(table=table.name, name=name))
    missing = [name for name in NEEDED if name not in names]
    if missing:
        names_missing = _(" and no ").join(f"`{name}`" for name in missing)
        message = _("{table} has no column {missing}; a roster has {names}")
        raise fault(message.format(table=table.name, missing=names_missing, names=_(", ").join(COLUMNS)))
    return names


def _known(head: str) -> str:
    name = alike(head).replace("_", "")
    return name if name in COLUMNS else _ALSO.get(name, head)


def _column(table: Table, rows: Sequence[Row], at: int, name: str) -> list[Number | str]:
    """Return the cells of a column as YAML would read them; what cannot be read is left as it is."""
    texts = [table.cell(*row, at).text for row in rows]
    if name == "agents":
        return [
            text if value is None else value
            for text, value in zip(texts, read_numbers(texts).values, strict=True)
        ]
    if name in TIMES:
        return _clock_texts(table, texts, at)
    return [_breaks(text) for text in texts] if name == "breaks" else [str(text) for text in texts]


def _clock_texts(table: Table, texts: Sequence[str], at: int) -> list[Number | str]:
    """Return the clock times of a column; refuses shifts of several days, which need a column `days`."""
    moments = read_times(texts, is_named=True).values
    days = {when.day for when in moments if when is not None and when.day is not None}
    if len(days) > 1 and table.header[at] and _known(table.header[at]) == "start":
        message = _(
            "{table} holds shifts of {count} days; keep those of one day, "
            "or write clock times and a column `days`"
        )
        raise fault(message.format(table=table.name, count=len(days)))
    return [
        str(text) if when is None else clock_text(when.start)
        for text, when in zip(texts, moments, strict=True)
    ]


def _breaks(text: str) -> str:
    """Return breaks as they stand in a scenario: `12:00 1 h`, also for `12:00 PM 1 h` and `12:00-13:00`."""
    return "; ".join(_break(piece.strip()) for piece in re.split(r"[;,\n]", str(text)) if piece.strip())


def _break(piece: str) -> str:
    if _PLAIN_BREAK.fullmatch(piece):
        return piece
    span = moment(piece)
    if span is not None and span.end is not None:
        return f"{clock_text(span.start)} {span.end - span.start:g} s"
    words = piece.split()
    for cut in range(1, len(words)):
        begin, (length,) = moment(" ".join(words[:cut])), read_durations([" ".join(words[cut:])]).values
        if begin is not None and length and not words[-1].isdigit():
            return f"{clock_text(begin.start)} {length:g} s"
    return piece
