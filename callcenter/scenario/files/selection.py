"""The rows of a long table that count: `where: {queue: vip, date: 2026-11-23}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from callcenter.scenario.errors import Problem, fault, listed, nearest, wrong
from callcenter.scenario.files.columns import alike
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import (
    Day,
    Order,
    dated,
    fitting_order,
    is_same,
    order_of,
    weekday_of,
)
from callcenter.scenario.files.tables import Table

_MOST_SHOWN = 6


def chosen(
    table: Table, where: Mapping[str, str], order: Order | None, path: str
) -> tuple[list[Row], list[Problem]]:
    """Return the rows in which every named column says what is wanted, and the cells that cannot tell.

    Raises the error of a value where no row is left, or where a date may be two.
    """
    kept = list(table.rows)
    problems: list[Problem] = []
    for column, wanted in where.items():
        at = table.position(column)
        problems += _uncalculated(table, kept, at, path)
        matching = _matching(table, kept, at, wanted, order)
        if not matching and not problems:
            raise fault(_nothing(table, column, wanted, [_text(row, at) for row in kept]))
        kept = matching
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


def _matching(table: Table, rows: Sequence[Row], at: int, wanted: str, order: Order | None) -> list[Row]:
    """Return the rows that say what is wanted: in the same words, on the same day, or on that weekday."""
    same = [row for row in rows if alike(_text(row, at)) == alike(wanted)]
    if same:
        return same
    weekday = weekday_of(wanted)
    if weekday is not None:
        order = fitting_order(table.texts(at), order)
        return [row for row in rows if _falls_on(_text(row, at), weekday, order)]
    return _of_the_day(table, rows, at, wanted, order)


def _falls_on(text: str, weekday: int, order: Order) -> bool:
    if weekday_of(text) is not None:
        return weekday_of(text) == weekday
    stamp = dated(text, order)
    return stamp is not None and bool(stamp.day.year) and date(*stamp.day).weekday() == weekday


def _of_the_day(table: Table, rows: Sequence[Row], at: int, wanted: str, order: Order | None) -> list[Row]:
    """Return the rows of a day; refuses days and months that might be exchanged."""
    possible = [order] if order else sorted(order_of(table.texts(at)))
    readings = []
    for each in possible:
        stamp = dated(wanted, each)
        if stamp is not None and not stamp.rest:
            readings.append([row for row in rows if _is_on(_text(row, at), stamp.day, each)])
    filled = [found for found in readings if found]
    if len(filled) > 1 and filled[0] != filled[1]:
        remedy = "write `dates: d/m/y` or `dates: m/d/y` beside `where`"
        raise wrong(f"`{table.header[at]}` may have days or months first", _text(filled[0][0], at), remedy)
    return filled[0] if filled else []


def _is_on(text: str, day: Day, order: Order) -> bool:
    stamp = dated(text, order)
    return stamp is not None and is_same(stamp.day, day)


def _nothing(table: Table, column: str, wanted: str, texts: Sequence[str]) -> str:
    values = list(dict.fromkeys(text for text in texts if text))
    hint = nearest(wanted, values, "it says") if len(values) <= _MOST_SHOWN else _many(wanted, values)
    return f"{table.name} has no row in which `{column}` is {wanted}; {hint}"


def _many(wanted: str, values: Sequence[str]) -> str:
    near = nearest(wanted, values)
    return near if near.startswith("did") else f"it says {listed(values[:_MOST_SHOWN])} and others"
