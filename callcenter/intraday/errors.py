"""What keeps a day from being looked at."""

from __future__ import annotations


class IntradayError(ValueError):
    """What is wrong with the actuals, the time or an option, and what to do."""
