"""Tests of a day seen at a moment."""
