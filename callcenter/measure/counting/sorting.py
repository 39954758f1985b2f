"""Sorting in place, without memory of its own."""

from __future__ import annotations

from callcenter.arrays import Floats
from callcenter.kernels import inner


@inner
def sort(values: Floats) -> None:
    """Sort by the gaps of Knuth (Shell 1959): what is sorted here is short, or nearly in order."""
    gap = 1
    while gap < values.size // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for place in range(gap, values.size):
            value = values[place]
            before = place - gap
            while before >= 0 and values[before] > value:
                values[before + gap] = values[before]
                before -= gap
            values[before + gap] = value
        gap //= 3
