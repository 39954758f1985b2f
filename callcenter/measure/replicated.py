"""The tallies of many replications, added up as far as the figures of a summary allow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from callcenter.measure.figures import daily, whole
from callcenter.measure.tally import Tally, stack
from callcenter.scenario import Scenario

AT_A_TIME = 64
"""Tallies put side by side before they are added up: more would not stay in the processor's cache."""


class Replicated:
    """Replications side by side, each sum made once, when it is first asked for."""

    def __init__(self, scenario: Scenario, tallies: Sequence[Tally]) -> None:
        self._scenario = scenario
        self._tallies = tallies

    @cached_property
    def of_cells(self) -> Tally:
        """Nothing is added up: a copy of all there is, which few figures need."""
        return stack(self._tallies)

    @cached_property
    def of_days(self) -> Tally:
        """The cells of each day together."""
        firsts = range(0, len(self._tallies), AT_A_TIME)
        some = [daily(self._scenario, stack(self._tallies[first : first + AT_A_TIME])) for first in firsts]
        return Tally(*map(np.concatenate, zip(*some, strict=True)))

    @cached_property
    def of_all(self) -> Tally:
        """All days together."""
        return whole(self.of_days)
