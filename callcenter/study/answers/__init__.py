"""Answers of a sweep: its points, the fewest agents, the point shown, as data."""
