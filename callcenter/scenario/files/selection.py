"""The rows of a long table that count: `where: {queue: vip, date: 2026-11-23}`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from callcenter.scenario.errors import Problem, fault, listed, nearest, wrong
from callcenter.scenario.files.tables import Row, Table, alike

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_MOST_SHOWN = 6


def chosen(
    table: Table, rows: Sequence[Row], where: Mapping[str, str], path: str
) -> tuple[list[Row], list[Problem]]:
    """Return the rows in which every named column says what `where` asks for, and uncalculated cells.

    Raises the error of a value where no row is left.
    """
    kept = list(rows)
    problems: list[Problem] = []
    for column, value in where.items():
        at = table.position(column)
        problems += _uncalculated(table, kept, at, path)
        fitting = [row for row in kept if _says(_text(row, at), value)]
        if not fitting and not problems:
            raise fault(_nothing(table, column, value, [_text(row, at) for row in kept]))
        kept = fitting
    return kept, problems


def uncalculated(formula: str) -> str:
    """Return what is wrong with a formula that no spreadsheet has calculated yet."""
    return wrong(
        "is a formula without its result", formula, "open the workbook in Excel and save it"
    ).message()


def _uncalculated(table: Table, rows: Sequence[Row], at: int, path: str) -> list[Problem]:
    cells = [table.cell(line, row, at) for line, row in rows]
    return [cell.mark.problem(path, uncalculated(cell.text)) for cell in cells if cell.text.startswith("=")]


def _text(row: Row, at: int) -> str:
    return row[1][at].strip() if at < len(row[1]) else ""


def _says(text: str, value: str) -> bool:
    """Compare without regard to case and spaces, dates by their day."""
    day = _day(value)
    if day is not None:
        return day == _day(text) and (len(value) <= 10 or alike(text) == alike(value))
    return alike(text) == alike(value)


def _day(text: str) -> tuple[int, ...] | None:
    match = _DATE.fullmatch(text)
    return tuple(map(int, match.groups())) if match else None


def _nothing(table: Table, column: str, value: str, texts: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(text for text in texts if text))
    hint = nearest(value, distinct, "it says") if len(distinct) <= _MOST_SHOWN else _many(value, distinct)
    return f"{table.name} has no row in which `{column}` is {value}; {hint}"


def _many(value: str, distinct: Sequence[str]) -> str:
    near = nearest(value, distinct)
    return near if near.startswith("did") else f"it says {listed(distinct[:_MOST_SHOWN])} and others"
