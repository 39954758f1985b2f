"""What a table is made of, whatever it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.study import Result

MOST_TIERS = 6
"""Tiers beside each other; a report with more shows the first, the CSV files have all."""

Figures = Mapping[str, Any]


class Cell(NamedTuple):
    """A text with a smaller note below it; `kind` is a verdict or `text` (left-aligned)."""

    text: str
    note: str = ""
    kind: str = ""


class Row(NamedTuple):
    """Cells, the first of which names the row; `kind` marks the point shown or a new group."""

    cells: Sequence[Cell]
    kind: str = ""


class Table(NamedTuple):
    """Heads and rows, and in words how many more rows there are than shown."""

    caption: str
    heads: Sequence[Cell]
    rows: Sequence[Row]
    left_out: str = ""
    kind: str = ""


def shown_tiers(result: Result) -> list[str]:
    """Return the tiers that fit beside each other in file order, those with a target before others."""
    tiers = result.scenario.tiers
    kept = sorted(tiers, key=lambda name: tiers[name].target is None)[:MOST_TIERS]
    return [name for name in tiers if name in kept]


def heads(names: Sequence[str], texts: int = 1) -> list[Cell]:
    """Return head cells, the first ones of text columns."""
    return [Cell(name, kind="text" if place < texts else "") for place, name in enumerate(names)]


def text_cells(texts: Sequence[str]) -> list[Cell]:
    """Return left-aligned cells."""
    return [Cell(text, kind="text") for text in texts]


def rate_cell(level: Figures) -> Cell:
    """Return an answer rate with the sign of its verdict and its interval below."""
    sign = f"{wording.verdict(level['verdict'])[0]} " if level["verdict"] else ""
    return Cell(sign + wording.percent(level["value"]), wording.interval(level), level["verdict"] or "")


def estimate_cell(estimate: Figures, form: Callable[[float | None], str]) -> Cell:
    """Return value and interval; no interval where chance has no part in it, as in a roster."""
    ends = wording.interval(estimate, form)
    return Cell(form(estimate["value"]), "" if estimate["low"] == estimate["high"] else ends)


def left_out(number: int, noun: str, file: str) -> str:
    """Say how many rows are missing and where they are; empty if none is."""
    if number <= 0:
        return ""
    return _("{rows} more in {file}.").format(rows=wording.plural(number, noun), file=file)
