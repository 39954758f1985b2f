"""Comparisons: differences between scenarios that meet the same callers."""
