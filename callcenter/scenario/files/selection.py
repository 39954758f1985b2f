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
    """Return the rows in which every named column says what is wanted, and the cells that cannot tell.

    Raises the error of a value where no row is left.
    """
    kept = list(rows)
    problems: list[Problem] = []
    for column, wanted in where.items():
        at = table.position(column)
        problems += _uncalculated(table, kept, at, path)
        found = [row for row in kept if _says(_text(row, at), wanted)]
        if not found and not problems:
            raise fault(_nothing(table, column, wanted, [_text(row, at) for row in kept]))
        kept = found
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


def _says(text: str, wanted: str) -> bool:
    """Compare without regard to case and spaces, dates by their day."""
    day = _day(wanted)
    if day is not None:
        return day == _day(text) and (len(wanted) <= 10 or alike(text) == alike(wanted))
    return alike(text) == alike(wanted)


def _day(text: str) -> tuple[int, ...] | None:
    found = _DATE.fullmatch(text)
    return tuple(map(int, found.groups())) if found else None


def _nothing(table: Table, column: str, wanted: str, texts: Sequence[str]) -> str:
    said = list(dict.fromkeys(text for text in texts if text))
    hint = nearest(wanted, said, "it says") if len(said) <= _MOST_SHOWN else _many(wanted, said)
    return f"{table.name} has no row in which `{column}` is {wanted}; {hint}"


def _many(wanted: str, said: Sequence[str]) -> str:
    near = nearest(wanted, said)
    return near if near.startswith("did") else f"it says {listed(said[:_MOST_SHOWN])} and others"
