"""Counting, compiled: one function for each thing that is counted, in a log or with an engine.

Counts are whole numbers and times are multiples of 2**-20 s, so sums are exact in whatever order they are
taken.
"""
