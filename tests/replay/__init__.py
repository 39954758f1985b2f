"""Tests of recorded days simulated again."""
