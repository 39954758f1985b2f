"""Recorded calls as the demand of a scenario: what it knows of them, and the door to who reads them."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol


class Recording(Protocol):
    """Recorded days that a scenario plays; immutable."""

    @property
    def days(self) -> tuple[str, ...]:
        """Their dates or names, in the order in which they are played."""

    @property
    def digest(self) -> str:
        """SHA-256 of all that it puts on a call tape."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a planner must know of it, a sentence each."""

    def expected(self, tier: str) -> tuple[float, ...]:
        """Return the mean first calls of a tier in each interval, those that the IVR keeps included."""

    def tape(self, scenario: Any, seed: int, replication: int) -> Any:
        """Return the call tape of a replication."""


def recording_of(scenario: Any) -> Recording:
    """Return the recorded days that a scenario names; raises the error of whoever reads them.

    A scenario stands below records, fits and replays in the house, and imports none of them: like the public
    names of the package, the reader is found by its name when it is first needed.
    """
    made: Recording = import_module("callcenter.replay.demand").recording_of(scenario)
    return made
