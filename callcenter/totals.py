"""What totals are called where a figure stands beside those of tiers: in results, tables and files."""

from __future__ import annotations

from collections.abc import Iterable

ALL = "all"
"""Of all tiers that make up the total."""

HOTLINE = "hotline"
"""Of the hotline as a whole, its agents included."""


def without_total(tiers: Iterable[str]) -> list[str]:
    """Return the tiers without their total; a scenario's only tier may have the name of the total."""
    names = list(tiers)
    return [name for name in names if name != ALL] or names
