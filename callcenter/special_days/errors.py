"""What is wrong with a table of days."""

from __future__ import annotations


class SpecialDaysError(ValueError):
    """A calendar or another table of days cannot be read; the message says where and what to write."""
