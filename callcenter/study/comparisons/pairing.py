"""Replications that results have in common: those of one number met the same callers."""

from __future__ import annotations

from collections.abc import Iterable

from callcenter.measure import Tally
from callcenter.study.result import Result


def common_numbers(results: Iterable[Result]) -> tuple[int, ...]:
    """Return the numbers of the replications that all results have, in order."""
    shared = set.intersection(*(set(result.numbers) for result in results))
    return tuple(sorted(shared))


def tallies_of(result: Result, numbers: Iterable[int]) -> tuple[Tally, ...]:
    """Return the tallies of some replications of a result."""
    known = dict(zip(result.numbers, result.tallies, strict=True))
    return tuple(known[number] for number in numbers)
