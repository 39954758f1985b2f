"""Columns of lengths and of counts as numbers, their signs decided over the column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.records.texts import SAMPLE, distinct_of, distinct_texts, is_text
from callcenter.scenario.errors import wrong
from callcenter.scenario.files.durations import read_durations
from callcenter.scenario.files.native import plain
from callcenter.scenario.files.numbers import Sign, may_be_either, read_numbers


@dataclass(frozen=True)
class Lengths:
    """How the lengths of a column are written: the unit of its head, its decimal sign."""

    head: str
    sign: Sign | None = None


def lengths_of(head: str, cells: pd.Series[Any], sign: Sign | None) -> Lengths:
    """Return how lengths are written; raises the error of a value where a number may mean two things."""
    form = Lengths(head, sign)
    if not is_text(cells) or sign is not None:
        return form
    texts = distinct_of(cells)[:SAMPLE]
    durations = read_durations(texts, head)
    if durations.question:
        what = _("`{column}` may have thousands or decimals").format(column=head)
        raise wrong(what, durations.question, _("write `decimal: '.'` or `decimal: ','` in a map"))
    return replace(form, sign=read_numbers(texts, "seconds").sign)


def lengths(cells: pd.Series[Any], form: Lengths) -> Floats:
    """Return the seconds of some cells; `nan` where a cell holds no length."""
    if not is_text(cells):
        cells = cells.dt.total_seconds() if pd.api.types.is_timedelta64_dtype(cells.dtype) else cells
        return cells.to_numpy(np.float64, na_value=np.nan) * (
            read_durations(["1"], form.head).values[0] or 1.0
        )
    codes, distinct = distinct_texts(cells)
    values = read_durations(distinct, form.head, form.sign).values
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)[codes]


def figures(name: str, cells: pd.Series[Any], sign: Sign | None) -> Floats:
    """Return the counts of some cells; raises the error of a value where a number may mean two things."""
    if not is_text(cells):
        return cells.to_numpy(np.float64, na_value=np.nan)
    read = read_numbers(_plain(cells), "count", sign)
    if read.question:
        what = _("`{column}` may have thousands or decimals").format(column=name)
        raise wrong(what, read.question, _("write `decimal: '.'` or `decimal: ','` in a map"))
    return np.array([np.nan if value is None else value for value in read.values], dtype=np.float64)


def guessed_figure(cells: pd.Series[Any], sign: Sign | None) -> tuple[str, float] | None:
    """Return a count whose sign was guessed, and what it is read as; None where nothing was guessed."""
    if not is_text(cells):
        return None
    texts = _plain(cells)
    read = read_numbers(texts, "count", sign)
    if not read.is_guessed:
        return None
    both = zip(texts, read.values, strict=True)
    return next(
        ((text, float(value)) for text, value in both if value is not None and may_be_either(text)), None
    )


def _plain(cells: pd.Series[Any]) -> list[str]:
    return [plain(text) if isinstance(text, str) else str(text) for text in cells]
