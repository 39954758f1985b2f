"""The figures in chosen cells of a table: numbers and durations, their signs decided over whole columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem, fault, wrong
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.durations import read_durations
from callcenter.scenario.files.numbers import Kind, Number, Numbers, Sign, read_numbers
from callcenter.scenario.files.selection import uncalculated
from callcenter.scenario.files.tables import Cell, Table
from callcenter.scenario.marks import Path, dotted
from callcenter.scenario.parts.series import Level
from callcenter.scenario.values import Factor

_AGENTS: TypeAdapter[Any] = TypeAdapter(Level)
_FACTORS: TypeAdapter[Any] = TypeAdapter(Factor)
_COUNTS = frozenset(("calls", "agents"))


class Figures(NamedTuple):
    """The figures of some cells in their order, what is wrong by their position, and what was guessed."""

    values: list[Any]
    cells: list[Cell]
    wrong: dict[int, Problem]
    remarks: tuple[str, ...] = ()


def numbers_of(
    table: Table, columns: int | Sequence[int], rows: Sequence[Row], sign: Sign | None, path: Path
) -> Figures:
    """Return the numbers of a column in some rows, or of several columns beside each other.

    Raises the error of a value where the columns may hold thousands or decimals.
    """
    block = [columns] if isinstance(columns, int) else columns
    cells = [table.cell(*row, at) for row in rows for at in block]
    kind: Kind = "count" if path[-1] in _COUNTS else "factor"
    every = [text for at in block for text in table.texts(at)]
    numbers = read_numbers(every, kind, sign, separator=table.grid.separator)
    _refuse_doubt(numbers, cells, kind, table.header[block[0]])
    values = read_numbers([cell.text for cell in cells], kind, numbers.sign).values
    wrong_cells = {
        index: cell.mark.problem(dotted((*path, index)), message)
        for index, (cell, value) in enumerate(zip(cells, values, strict=True))
        if (message := _wrong_number(cell.text, value, path))
    }
    return Figures(values, cells, wrong_cells, tuple(_guesses(numbers, cells, kind)))


def _differ(cells: Sequence[Cell], kind: Kind) -> Cell | None:
    """Return the first cell that is another number by another decimal sign; None if all are the same."""
    texts = [cell.text for cell in cells]
    both = zip(
        cells, read_numbers(texts, kind, ".").values, read_numbers(texts, kind, ",").values, strict=True
    )
    return next((cell for cell, point, comma in both if point != comma and None not in (point, comma)), None)


def _refuse_doubt(numbers: Numbers, cells: Sequence[Cell], kind: Kind, head: str) -> None:
    doubtful = _differ(cells, kind) if numbers.question else None
    if doubtful is not None:
        raise wrong(
            _("`{head}` may have thousands or decimals").format(head=head),
            doubtful.text,
            _decimal_remedy(doubtful.text),
        )


def _decimal_remedy(text: str) -> str:
    mark = "." if "." in text else ","
    other = "," if mark == "." else "."
    return _(
        "write `decimal: '{other}'` beside `column` if these are thousands, `decimal: '{mark}'` if decimals"
    ).format(other=other, mark=mark)


def _guesses(numbers: Numbers, cells: Sequence[Cell], kind: Kind) -> Iterator[str]:
    doubtful = _differ(cells, kind) if numbers.is_guessed else None
    if doubtful is not None:
        value = read_numbers([doubtful.text], kind, numbers.sign).values[0]
        yield _("{text} is read as {value}").format(text=doubtful.text, value=f"{value:.12g}")


def _wrong_number(text: str, value: Number | None, path: Path) -> str:
    """Return what is wrong with the number in a cell, empty if nothing."""
    if text.startswith("="):
        return uncalculated(text)
    if value is None:
        return wrong(_("is not a number"), text or None, _("write a number in this cell")).message()
    try:
        (_AGENTS if path[-1] == "agents" else _FACTORS).validate_python(value)
    except ValidationError as error:
        return error.errors(include_url=False)[0]["msg"]
    return ""


def durations_of(table: Table, column: int, rows: Sequence[Row], sign: Sign | None, path: Path) -> Figures:
    """Return the durations of a column in some rows as text with a unit; bare numbers mean seconds."""
    cells = [table.cell(*row, column) for row in rows]
    head = table.header[column]
    durations = read_durations([cell.text for cell in cells], head, sign)
    if durations.question:
        raise wrong(
            _("`{head}` may have thousands or decimals").format(head=head),
            durations.question,
            _decimal_remedy(durations.question),
        )
    if durations.are_parts_of_a_day:
        raise fault(
            _(
                "`{head}` has no number of 1 or more: are these parts of a day? write seconds, or 0:02:14"
            ).format(head=head)
        )
    wrong_cells = {
        index: cell.mark.problem(dotted((*path, index)), _wrong_duration(cell.text))
        for index, (cell, value) in enumerate(zip(cells, durations.values, strict=True))
        if value is None
    }
    remark = _("{text} is read as minutes and seconds").format(text=durations.minutes)
    values = ["" if value is None else f"{value!r} s" for value in durations.values]
    return Figures(values, cells, wrong_cells, (remark,) if durations.minutes else ())


def _wrong_duration(text: str) -> str:
    if text.startswith("="):
        return uncalculated(text)
    return wrong(_("is not a duration"), text or None, _("write seconds as a number in this cell")).message()
