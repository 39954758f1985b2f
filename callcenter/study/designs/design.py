"""The design of a study: which points it has, and how often each is simulated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.designs.precision import Precision

LARGEST_SEED = 2**63 - 1
"""What a database holds as a whole number."""


class Point(NamedTuple):
    """What one point sets, by dotted path, and the scenario which that makes."""

    settings: Mapping[str, object]
    scenario: Scenario
    fingerprint: str
    callers: str
    """Fingerprint of those who call; points of the same callers share their call tapes."""


class Design(NamedTuple):
    """The points of a study, all simulated with the same seed and replications 0 to n-1."""

    name: str
    points: tuple[Point, ...]
    seed: int
    replications: int
    """Of each point; with a precision, the fewest of each."""
    precision: Precision | None = None
    """If given, each point has as many replications as it takes."""

    @property
    def varied(self) -> tuple[str, ...]:
        """The dotted paths that differ between points."""
        first = self.points[0].settings
        return tuple(
            path for path in first if any(point.settings[path] != first[path] for point in self.points)
        )


def point(scenario: Scenario, settings: Mapping[str, object]) -> Point:
    """Return the point of a scenario."""
    return Point(settings, scenario, scenario.fingerprint, scenario.callers_fingerprint)


def single_point(scenario: Scenario, replications: int, seed: int | None = None) -> Design:
    """Return the design of one scenario by itself; the seed is the scenario's own unless given."""
    return design_of(
        scenario.name, [point(scenario, {})], scenario.seed if seed is None else seed, replications
    )


def design_of(name: str, points: Iterable[Point], seed: int, replications: int) -> Design:
    """Return a design; ValueError if there is nothing to simulate, or no such seed."""
    if replications < 1:
        raise ValueError(
            _("replications must be 1 or more, given {replications}").format(replications=replications)
        )
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(
            _("seed must be from 0 to {most}, given {seed}").format(most=LARGEST_SEED, seed=seed)
        )
    return Design(name, tuple(points), seed, replications)
