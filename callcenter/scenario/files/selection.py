"""The rows of a long table that count: `where: {queue: vip, date: 2026-11-23}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem, closest, fault, listed, nearest, wrong
from callcenter.scenario.files.columns import alike, is_total
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import (
    Day,
    Order,
    dated,
    dated_either_way,
    is_same,
    order_of,
    weekday_of,
)
from callcenter.scenario.files.tables import Table

_MOST_SHOWN = 6


def chosen(
    table: Table, where: Mapping[str, str], order: Order | None, path: str
) -> tuple[list[Row], list[Problem]]:
    """Return the rows in which every named column says what `where` asks for, and the cells that cannot tell.

    Raises the error of a value where no row is left, or where a date may be two.
    """
    kept = list(table.rows)
    problems: list[Problem] = []
    for column, value in where.items():
        at = table.position(column)
        problems += _uncalculated(table, kept, at, path)
        fitting = matching(table, kept, at, value, order)
        if not fitting and not problems:
            raise fault(_nothing(table, column, value, [_text(row, at) for row in kept]))
        kept = fitting
    return kept, problems


def uncalculated(formula: str) -> str:
    """Return what is wrong with a formula that no spreadsheet has calculated yet."""
    return wrong(
        _("is a formula without its result"), formula, _("open the workbook in Excel and save it")
    ).message()


def _uncalculated(table: Table, rows: Sequence[Row], at: int, path: str) -> list[Problem]:
    cells = [table.cell(*row, at) for row in rows if _text(row, at).startswith("=")]
    return [cell.mark.problem(path, uncalculated(cell.text)) for cell in cells]


def _text(row: Row, at: int) -> str:
    return row[1][at].strip() if at < len(row[1]) else ""


def matching(table: Table, rows: Sequence[Row], at: int, value: str, order: Order | None) -> list[Row]:
    """Return the rows that say the same in a column: in the same words, on the same day, or on that weekday.

    Raises the error of a value where days and months might be exchanged.
    """
    texts = _texts(table, at)
    sought = alike(value)
    same = [row for row in rows if alike(texts[row[0]]) == sought]
    if same:
        return same
    possible = [order] if order else sorted(order_of(texts.values()))
    readings = [[row for row in rows if _fits(texts[row[0]], value, each)] for each in possible]
    filled = [fitting for fitting in readings if fitting]
    if len(filled) > 1 and filled[0] != filled[1]:
        remedy = _("write `dates: d/m/y` or `dates: m/d/y` beside `where`")
        raise wrong(
            _("`{column}` may have days or months first").format(column=table.header[at]),
            _text(filled[0][0], at),
            remedy,
        )
    return filled[0] if filled else []


def _texts(table: Table, at: int) -> dict[int, str]:
    """Return the texts of a column by row; days that are merged over several rows stand in each of them."""
    texts = {line: row[at].strip() if at < len(row) else "" for line, row in table.rows}
    distinct = {text for text in texts.values() if text}
    if "" in texts.values() and all(_is_day(text) for text in distinct):
        above = ""
        for line, text in texts.items():
            texts[line] = above = text or above
    return texts


def _is_day(text: str) -> bool:
    return dated_either_way(text) is not None or weekday_of(text) is not None or is_total(text)


def _fits(text: str, value: str, order: Order) -> bool:
    """Whether a text is of the day or of the weekday that a value names."""
    weekday, stamp = weekday_of(value), dated(value, order)
    if weekday is not None:
        return _falls_on(text, weekday, order)
    return stamp is not None and not stamp.rest and _is_on(text, stamp.day, order)


def _falls_on(text: str, weekday: int, order: Order) -> bool:
    if weekday_of(text) is not None:
        return weekday_of(text) == weekday
    stamp = dated(text, order)
    return stamp is not None and bool(stamp.day.year) and date(*stamp.day).weekday() == weekday


def _is_on(text: str, day: Day, order: Order) -> bool:
    stamp = dated(text, order)
    return stamp is not None and is_same(stamp.day, day)


def _nothing(table: Table, column: str, value: str, texts: Sequence[str]) -> str:
    values = list(dict.fromkeys(text for text in texts if text))
    hint = nearest(value, values, _("it says")) if len(values) <= _MOST_SHOWN else _many(value, values)
    return _("{name} has no row in which `{column}` is {value}; {hint}").format(
        name=table.name, column=column, value=value, hint=hint
    )


def _many(value: str, values: Sequence[str]) -> str:
    if closest(value, values) is not None:
        return nearest(value, values)
    return _("it says {names} and others").format(names=listed(values[:_MOST_SHOWN]))
