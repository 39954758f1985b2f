"""What the results store says of a study: how it came about, what is planned, how far it is."""

from __future__ import annotations

from typing import NamedTuple


class Origin(NamedTuple):
    """How a study came about."""

    engine: str
    command: str
    """The line that made it; empty from Python."""
    created: str
    """ISO 8601, UTC."""
    versions: dict[str, str]
    """By name: callcenter, the model, Python, NumPy, SimPy."""

    @property
    def model(self) -> str:
        """Version of the model that made the results."""
        return self.versions["model"]


class Plan(NamedTuple):
    """How many replications a point is to have."""

    planned: int
    settled: bool
    """False while later results may ask for more (precision)."""


class Session(NamedTuple):
    """The latest start of a study, in seconds since 1970."""

    start: float
    latest: float
    """When the last result came."""
    done: int
    """Replications since the start."""
    ended: bool
    """Whether it came to an end, were it by Ctrl-C; False while it runs, and where it was killed."""


class Progress(NamedTuple):
    """How many points and replications are planned and done."""

    points: int
    points_done: int
    cells: int
    cells_done: int
