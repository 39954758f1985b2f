"""The callback jobs' figures: what became of them, when they came, and how many were open."""

from __future__ import annotations

JOB_COUNTS = (
    "created",
    "attempted_within",
    "late",
    "not_due",
    "cancelled_before",
    "reached",
    "unreached",
    "cancelled",
    "pending",
    "backlog_max",
)
"""``attempted_within``: first attempt at the due time or before; ``late``: after it, or overdue without one;
``not_due``: pending, without an attempt, and not overdue when the run ended; ``cancelled_before``: cancelled
without an attempt, and not overdue; these four are all that were created.  ``backlog_max``: most open at
once."""

JOB_CELLS = ("created", "attempts", "backlog")
"""By interval in which they happen; ``backlog``: open at the end of the interval.

Only jobs of calls that are counted are."""
