"""Tests of the parts of a scenario."""
