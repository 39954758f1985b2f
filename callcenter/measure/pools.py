"""The pools' figures: rostered, staffed, busy and overtime, and the work they did."""

from __future__ import annotations

POOL_SUMS = ("staffed_s", "busy_s", "overtime_s", "rostered_s", "unrostered_s", "break_s", "silent_s")
"""On the phones as staffed; in talk, wrap-up or a callback; busy beyond the staffing (rule R8); rostered;
busy beyond the roster, which is the overtime that is paid; on unscheduled breaks in opening hours; places
held by customers who had left without a word, by interval of their start."""

POOL_COUNTS = ("calls", "attempts", "silent")
"""Calls answered, by interval of arrival; callback attempts, and contacts taken whose customer had left
without a word, by interval of their start."""
