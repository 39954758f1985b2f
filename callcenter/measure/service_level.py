"""The service level in its five definitions, all of them ratios of counts (contract 4.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy.typing as npt

from callcenter.measure.estimates import Ratio

Counts = Mapping[str, npt.NDArray[Any]]
"""Counts by name, all of one shape."""


def of_offered(counts: Counts) -> Ratio:
    """Answered within / offered: every lost call counts against it."""
    return counts["answered_within"], counts["offered"]


def ignoring_quick_abandons(counts: Counts) -> Ratio:
    """Answered within / (offered - abandoned within): quick abandons are left out."""
    return counts["answered_within"], counts["offered"] - counts["abandoned_within"]


def counting_quick_abandons(counts: Counts) -> Ratio:
    """(Answered within + abandoned within) / offered: quick abandons count as served in time."""
    return counts["answered_within"] + counts["abandoned_within"], counts["offered"]


def of_answered(counts: Counts) -> Ratio:
    """Answered within / answered: lost calls are left out."""
    return counts["answered_within"], counts["answered"]


def excluding_short_abandons(counts: Counts) -> Ratio:
    """Answered within / (offered - abandoned within the short-abandon time)."""
    return counts["answered_within"], counts["offered"] - counts["abandoned_short"]


DEFINITIONS: dict[str, Callable[[Counts], Ratio]] = {
    definition.__name__: definition
    for definition in (
        of_offered,
        ignoring_quick_abandons,
        counting_quick_abandons,
        of_answered,
        excluding_short_abandons,
    )
}
"""The definitions by the name that a scenario gives."""
