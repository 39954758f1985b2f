"""Thresholds and targets of the tiers and of the total."""

from __future__ import annotations

from callcenter.measure.promises import Promise, promises_of
from tests.measure.logs import scenario


def test_tiers_with_and_without_targets() -> None:
    """A tier without a target is measured at the shortest of the others and is not part of the total."""
    promises = promises_of(scenario())

    assert (Promise(20.0, 0.90), Promise(30.0, 0.85), Promise(20.0, None)) == promises.tiers
    assert Promise(20.0, None) == promises.all
    assert (0, 1) == promises.members


def test_the_only_target_is_that_of_the_total() -> None:
    """One tier is promised something: so is the total, which it makes up alone."""
    promises = promises_of(scenario({"tiers.vip.target": "none"}))

    assert Promise(30.0, 0.85) == promises.all
    assert (1,) == promises.members


def test_without_targets_everyone_counts_at_20_s() -> None:
    """Nothing is promised to anyone."""
    promises = promises_of(scenario({"tiers.vip.target": "none", "tiers.mid.target": "none"}))

    assert (Promise(20.0, None),) * 3 == promises.tiers
    assert (0, 1, 2) == promises.members
