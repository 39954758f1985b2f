"""The points of a sweep in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter import wording
from callcenter.language import ngettext

if TYPE_CHECKING:
    import pandas as pd


def range_of_rates(rows: pd.DataFrame) -> str:
    """Return the lowest and the highest answer rate of the points, and at how many the target was met."""
    rates, number = rows["service_level"], len(rows)
    low, high = wording.percent(rates.min()), wording.percent(rates.max())
    met = int((rows["verdict"] == "met").sum())
    return ngettext(
        "Answer rate from {low} to {high} over {number} point; target met at {met}.",
        "Answer rate from {low} to {high} over {number} points; target met at {met}.",
        number,
    ).format(low=low, high=high, number=f"{number:,}", met=met)
