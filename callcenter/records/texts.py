"""The texts of cells, each distinct one once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from callcenter.arrays import Ints
from callcenter.scenario.files.native import Native, plain

SAMPLE = 5_000
"""Distinct cells by which the form of a column is decided."""


def is_text(cells: pd.Series[Any]) -> bool:
    """Whether cells are texts, and not dates or numbers already."""
    return not pd.api.types.is_datetime64_any_dtype(cells.dtype) and not pd.api.types.is_numeric_dtype(
        cells.dtype
    )


def distinct_of(cells: pd.Series[Any]) -> list[str]:
    """Return the distinct texts of cells, in order."""
    return [text for text in dict.fromkeys(cells) if isinstance(text, str) and text]


def distinct_texts(cells: pd.Series[Any]) -> tuple[Ints, list[str]]:
    """Return which of some texts each cell is, and these; every cell of a workbook stands for itself."""
    if Native in set(map(type, cells)):  # one text may stand for several parts of a second
        return np.arange(len(cells)), [plain(cell) if isinstance(cell, str) else "" for cell in cells]
    codes, distinct = pd.factorize(cells, use_na_sentinel=False)
    return codes, [plain(cell) if isinstance(cell, str) else "" for cell in distinct]
