"""Tables as a workbook has them: numbers in the format of their unit, intervals beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Table
from callcenter.report.tables.measure import Measure, Where
from callcenter.report.tables.units import TEXT, VERDICT, is_missing
from callcenter.report.workbook import cells
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.sheet import Area, Sheet

ENDS = ("low", "high")

Figure = tuple[Column, Sequence[Cell]]
"""A column of a table, and the cells below it that a workbook has."""


class Written(NamedTuple):
    """Where a table stands, and which column has what, by key; ends of intervals as `key_low`, `key_high`."""

    area: Area
    places: Mapping[str, int]


def write(
    sheet: Sheet,
    table: Table,
    *,
    names: int = 1,
    is_main: bool = False,
    live: Mapping[str, str] = {},
    formats: Mapping[str, str] = {},
) -> Written:
    """Write a table, with filters and its heads and first columns in sight if the sheet is for it.

    A column in `live` is a formula of others by key, `={rate}-{target}`; one in `formats` has a number format
    of its own.
    """
    keys, columns = map(list, zip(*_columns(table), strict=True))
    places = {key: keys.index(key) for key in keys}
    for key, form in formats.items():
        columns[places[key]] = columns[places[key]]._replace(form=form)
    for key, template in live.items():
        columns[places[key]] = _live(columns[places[key]], template, places, sheet.row + 1)
    area = (sheet.main_table if is_main else sheet.table)(columns, names=names)
    for column in _shown(table):
        if column.unit == VERDICT:
            sheet.signs(area, places[column.key])
    _take_note(sheet.book, table)
    return Written(area, places)


def write_across(sheet: Sheet, table: Table) -> Area:
    """Write the table that the sheet is for, one row per figure and three columns per row of the table."""
    (_name, names), *figures = _parts(table)
    columns = [cells.Column(_("figure"), [column.unit.named(column.head) for column, _below in figures])]
    for place, name in enumerate(names):
        columns += _across(str(name.value), place, figures)
    area = sheet.main_table(columns)
    for number, (column, _below) in enumerate(figures):
        if column.unit == VERDICT:
            for place in range(len(names)):
                sheet.signs(area.part(number, number), 1 + 3 * place)
    _take_note(sheet.book, table)
    return area


def _across(name: str, place: int, figures: Sequence[Figure]) -> Iterator[cells.Column]:
    """Yield the figures of a row of a table, and the ends of their intervals, below each other."""
    formats = [column.unit.number_format for column, _below in figures]
    values = [_value(column, below[place]) for column, below in figures]
    yield cells.Column(name, values, formats, {"bold": True})
    for end in ENDS:
        limits = [_end(below[place], end) for _column, below in figures]
        yield cells.Column(_head_of_end(name, end), limits, formats)


def _take_note(book: Book, table: Table) -> None:
    """Note which measures a book has, for its sheet of words."""
    book.measures |= {measure.name: measure for measure in _measures_of(table)}


def table_sheet(
    book: Book, name: str, table: Table, *, title: str = "", note: str = "", **how: Any
) -> Written:
    """Write a table onto a sheet of its own, its caption above it unless there is another title."""
    sheet = Sheet(book, name)
    sheet.title(title or table.caption)
    sheet.note(note)
    written = write(sheet, table, is_main=True, **how)
    sheet.finish()
    return written


def _measures_of(table: Table) -> list[Measure]:
    """Return the measures of a table that a workbook has, by column or by row."""
    heads = [column.measure for column in _shown(table)]
    rows = [cell.value for row in table.rows if Where.BOOK in row.on for cell in row.cells]
    return [each for each in (*heads, *rows) if isinstance(each, Measure)]


def _shown(table: Table) -> list[Column]:
    return [column for column in table.columns if Where.BOOK in column.on]


def _parts(table: Table) -> Iterator[Figure]:
    """Yield the columns of a workbook with their cells; a value of several numbers has a column for each."""
    rows = [row for row in table.rows if Where.BOOK in row.on]
    for place, column in enumerate(table.columns):
        if Where.BOOK in column.on:
            below = [row.cells[place] for row in rows]
            if column.unit.parts:
                yield from _split(column, below)
            else:
                yield column, below


def _split(column: Column, below: Sequence[Cell]) -> Iterator[Figure]:
    for key, (name, unit) in column.unit.parts.items():
        values = [cell.value[key] if isinstance(cell.value, Mapping) else None for cell in below]
        yield column._replace(head=_(name), unit=unit, key=key), [Cell(value) for value in values]


def _columns(table: Table) -> Iterator[tuple[str, cells.Column]]:
    """Yield each column of a sheet with its key."""
    wraps = "prose" in table.kind.split()
    for place, (column, below) in enumerate(_parts(table)):
        head, has_ends = column.unit.named(column.head), any(map(_has_ends, below))
        formats = [(cell.unit or column.unit).number_format for cell in below]
        look = {"bold": True} if has_ends and column.is_exact else {}
        if wraps and place and column.unit == TEXT:
            look = {"text_wrap": True}
        yield column.key, cells.Column(head, [_value(column, cell) for cell in below], formats, look)
        for end in ENDS if has_ends else ():
            beside = _head_of_end(_("95% interval") if column.is_beside else head, end)
            yield f"{column.key}_{end}", cells.Column(beside, [_end(cell, end) for cell in below], formats)


def _head_of_end(name: str, end: str) -> str:
    return (_("{figure}, low") if end == "low" else _("{figure}, high")).format(figure=name)


def _has_ends(cell: Cell) -> bool:
    return isinstance(cell.value, Mapping) and "low" in cell.value


def _value(column: Column, cell: Cell) -> cells.Value:
    value = cell.number
    if isinstance(value, Measure):
        return value.unit.named(value.head)
    if is_missing(value) or value == "":
        return None
    if column.unit == VERDICT:
        return VERDICT.write(value)
    return value if isinstance(value, str) else float(value)


def _end(cell: Cell, end: str) -> cells.Value:
    if not isinstance(cell.value, Mapping) or is_missing(cell.value.get(end)):
        return None
    return float(cell.value[end])


def _live(column: cells.Column, template: str, places: Mapping[str, int], top: int) -> cells.Column:
    """Return a column whose values are formulas of the other columns, its rows from `top` on."""
    formulas = [
        None if value is None else _formula(template, places, top + place, value)
        for place, value in enumerate(column.values)
    ]
    return column._replace(values=formulas)


def _formula(template: str, places: Mapping[str, int], row: int, value: Any) -> cells.Formula:
    addresses = {key: xl_rowcol_to_cell(row, place) for key, place in places.items()}
    return cells.Formula(template.format_map(addresses), value)
