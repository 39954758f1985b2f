"""What keeps calls from being forecast."""

from __future__ import annotations


class ForecastError(ValueError):
    """What is wrong with the history, the calendar or an event, and what to do."""
