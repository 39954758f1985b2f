"""Comparisons: scenarios on the same callers, main effects of a sweep, one more agent."""
