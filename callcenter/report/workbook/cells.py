"""What stands in cells: numbers with their formats, texts, and formulas with the values they have."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from callcenter.report.tables.units import SHARE, TEXT

GENERAL = TEXT.number_format

MOST_UNITS = 32_767
"""UTF-16 code units that a cell holds."""

_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Formula(NamedTuple):
    """A formula, and its value for readers that do not calculate; `None` is the empty text."""

    text: str
    value: float | None


Value = str | float | None | Formula


class Column(NamedTuple):
    """A head and the cells below it, all of one number format unless there is one for each."""

    head: str
    values: Sequence[Value]
    form: str | Sequence[str] = GENERAL
    look: Mapping[str, Any] = {}
    """Further properties of the cells' format."""


def is_nothing(value: Value) -> bool:
    """Whether a cell stays empty: no value, or no number."""
    return value is None or (isinstance(value, float) and not math.isfinite(value))


def numbers(series: Iterable[Any]) -> list[Value]:
    """Return figures as plain numbers, none where there is none."""
    return [None if figure is None or pd.isna(figure) else float(figure) for figure in series]


def fitting(text: str) -> str:
    """Return the text as far as a cell holds it, without what no file may hold."""
    clean = _NO_CHARACTERS.sub("\ufffd", text)
    units = clean.encode("utf-16-le")
    if len(units) <= 2 * MOST_UNITS:
        return clean
    return units[: 2 * (MOST_UNITS - 1)].decode("utf-16-le", errors="ignore") + "…"


def below(target: float | None) -> str:
    """Return the format of an answer rate that puts a cross before what is below the target."""
    share = SHARE.number_format
    return share if target is None else f'[<{target:.10g}]"✗ "{share};{share}'
