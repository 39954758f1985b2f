"""What a fit cannot do with records, in words that say what to do."""

from __future__ import annotations


class FitError(ValueError):
    """The records do not hold what a fit needs; the message says what is missing and what to write."""
