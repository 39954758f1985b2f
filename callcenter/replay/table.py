"""The days of a replay as rows of plain figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from callcenter.arrays import Floats
from callcenter.replay.beside import BAND
from callcenter.replay.parts import MEASURES


def rows(
    days: Sequence[str], offered: Sequence[int], recorded: Floats, simulated: Floats
) -> Iterator[dict[str, Any]]:
    """Yield one row for each day from measures of shape (days, 3) and (days, replications, 3)."""
    for day, name in enumerate(days):
        row: dict[str, Any] = {"day": name, "offered": offered[day]}
        for number, measure in enumerate(MEASURES):
            values = simulated[day, :, number]
            low, high = np.nanquantile(values, BAND) if np.isfinite(values).any() else (np.nan, np.nan)
            row |= {
                f"{measure}_recorded": float(recorded[day, number]),
                f"{measure}_simulated": float(np.nanmean(values)) if np.isfinite(values).any() else np.nan,
                f"{measure}_low": float(low),
                f"{measure}_high": float(high),
            }
        yield row
