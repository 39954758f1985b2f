"""Puzzles of staffing: a few days of a call centre, the same for everybody, and the least cost for them."""
