"""Which model made a result."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from callcenter.language import gettext as _
from callcenter.study.errors import StudyError
from callcenter.version import __version__

PARTS = (
    "arrays.py",
    "batch",
    "calendar.py",
    "calllog.py",
    "clock.py",
    "demand",
    "engine",
    "heap.py",
    "measure",
    "outcomes.py",
    "scenario/parts/distribution.py",
    "scenario/parts/families.py",
    "scenario/parts/follow_ups.py",
    "scenario/parts/ivr.py",
    "scenario/parts/shifts.py",
    "scenario/parts/staffing.py",
    "scenario/values.py",
)
"""What turns a resolved scenario into a tally."""


class VersionsDifferError(StudyError):
    """A worker is not of the version of whoever sends it work; their results must not be mixed.

    It is raised at the worker and put into words where it is read, which may be in another language.
    """

    def __init__(self, machine: str, process: int, differing: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(machine, process, differing)
        self.machine = machine
        self.process = process
        self.differing = differing

    def __str__(self) -> str:
        """Return which worker it is, what differs, and what to do."""
        each = _("{name} {own} instead of {other}")
        differing = (
            each.format(name=name, own=own, other=other) for name, (own, other) in self.differing.items()
        )
        return _(
            "A worker ({machine}, process {process}) has {differing}; install the same version of callcenter "
            "and its packages there, restart the worker, and run the same command again."
        ).format(machine=self.machine, process=self.process, differing=_(", ").join(differing))


@cache
def model_version() -> str:
    """Return a digest of the code that decides a tally, and of the Numba that compiles it.

    Results of another version are never mixed with new ones, and nobody needs to remember to raise a number.
    """
    digest = sha256(version("numba").encode())
    for part in PARTS:
        for source in _sources(files("callcenter") / part):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


@cache
def identity() -> dict[str, str]:
    """Return what must be the same on every worker, by name."""
    return {"callcenter": __version__, "numpy": version("numpy"), "model": model_version()}


def agree(required: Mapping[str, str]) -> None:
    """Raise VersionsDifferError if this process does not have the versions required."""
    own = identity()
    differing = {name: (own[name], other) for name, other in required.items() if own[name] != other}
    if differing:
        raise VersionsDifferError(platform.node(), os.getpid(), differing)


def versions() -> dict[str, str]:
    """Return the versions that a result may depend on, by name."""
    packages = {name: version(name) for name in ("numpy", "simpy")}
    return {
        "callcenter": __version__,
        "model": model_version(),
        "python": platform.python_version(),
        **packages,
    }


def _sources(part: Traversable) -> Iterator[Traversable]:
    if part.is_dir():
        for child in sorted(part.iterdir(), key=lambda child: child.name):
            yield from _sources(child)
    elif part.name.endswith(".py"):
        yield part
