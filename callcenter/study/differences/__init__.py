"""Differences of figures that share their callers: what they are, and how surely they are known."""
