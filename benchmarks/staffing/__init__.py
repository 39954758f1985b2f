"""Puzzles of staffing: few days of a call centre, the same for everybody, and the least cost that keeps its targets."""
