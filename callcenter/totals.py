"""What totals are called where a figure stands beside those of tiers: in results, tables and files."""

from __future__ import annotations

ALL = "all"
"""Of all tiers that make up the total."""

HOTLINE = "hotline"
"""Of the hotline as a whole, its agents included."""
