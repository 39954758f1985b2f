"""Tests of the warnings about a valid scenario."""
