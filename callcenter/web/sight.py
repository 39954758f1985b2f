"""What the page is looking at, as its tabs are told it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from callcenter.scenario import Scenario
from callcenter.study import Result
from callcenter.web.dials import Stands
from callcenter.web.whatif import WhatIf


class Sight(NamedTuple):
    """One variant of a scenario, simulated, beside its reference."""

    desk: WhatIf
    result: Result
    reference: Result
    changes: Mapping[str, object]
    """From the scenario as written to the variant."""
    stands: Stands
    """Of the dials."""
    edits: Mapping[str, object]
    """What the dials start from: changes by the grid, and agents that were found."""
    is_pinned: bool

    @property
    def variant(self) -> Scenario:
        """The variant."""
        return self.result.scenario

    @property
    def is_other(self) -> bool:
        """Whether it differs from the reference."""
        return self.reference.scenario.fingerprint != self.variant.fingerprint
