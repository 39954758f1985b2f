"""Rules of a map applied to rows: the first whose conditions all hold names the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fnmatch import translate
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from callcenter.arrays import Flags, Ints
from callcenter.scenario.files.columns import alike

Conditions = Mapping[str, Sequence[str]]


class Coded(NamedTuple):
    """The cells of a column: its distinct texts, and which of them each cell is."""

    codes: Ints
    texts: npt.NDArray[np.object_]
    """The distinct texts, without case and spaces."""

    written: npt.NDArray[np.object_]
    """The same as they are written."""


CellsOf = Callable[[str], Coded]
"""Returns the cells of a column, by the name that a condition gives it."""


def coded(cells: pd.Series[Any]) -> Coded:
    """Return cells by their distinct texts."""
    codes, distinct = pd.factorize(cells, use_na_sentinel=False)
    is_nothing = pd.isna(distinct)
    texts = ["" if nothing else alike(text) for text, nothing in zip(distinct, is_nothing, strict=True)]
    return Coded(codes, np.array(texts, dtype=object), np.array(distinct, dtype=object))


def first_fitting(
    rules: Mapping[str, Conditions], about: str, cells_of: CellsOf, rows: int
) -> npt.NDArray[np.object_]:
    """Return the name of the first rule that each row fits, None where none does."""
    names = np.full(rows, None, dtype=object)
    for name, conditions in reversed(list(rules.items())):
        names[fits(conditions, about, cells_of, rows)] = name
    return names


def fits(conditions: Conditions, about: str, cells_of: CellsOf, rows: int) -> Flags:
    """Return whether each row fulfils all conditions; one without a column is about `about`."""
    fulfilled = np.ones(rows, dtype=np.bool_)
    for column, words in conditions.items():
        fulfilled &= says(cells_of(column or about), words)
    return fulfilled


def says(cells: Coded, words: Sequence[str]) -> Flags:
    """Return whether each cell is one of some words; `*` in a word stands for anything."""
    sought = [alike(word) for word in words]
    is_meant = np.isin(cells.texts, [word for word in sought if "*" not in word])
    for pattern in (re.compile(translate(word)) for word in sought if "*" in word):
        is_meant |= np.array([pattern.match(text) is not None for text in cells.texts], dtype=np.bool_)
    numbers = [number for word in sought if (number := _number(word)) is not None]
    if numbers:
        is_meant |= np.isin(
            pd.to_numeric(pd.Series(cells.texts), errors="coerce").to_numpy(np.float64), numbers
        )
    return is_meant[cells.codes] if len(cells.texts) else np.zeros(len(cells.codes), dtype=np.bool_)


def _number(word: str) -> float | None:
    """Return the number of a word, so that 2 and 2.0 are the same."""
    try:
        return float(word)
    except ValueError:
        return None
