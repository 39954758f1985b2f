"""What cannot be replayed, in words that say what to do."""

from __future__ import annotations


class ReplayError(ValueError):
    """Records and scenario do not fit together, or something is asked that they cannot tell."""
