"""Which model made a result."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from callcenter import __version__

PARTS = (
    "calllog.py",
    "demand",
    "engine",
    "measure",
    "scenario/follow_ups.py",
    "scenario/ivr.py",
    "scenario/shifts.py",
    "scenario/staffing.py",
    "scenario/values.py",
)
"""What turns a resolved scenario into a tally."""


@cache
def model_version() -> str:
    """Return a digest of the code that decides a tally, and of the NumPy whose streams it draws from.

    Results of another version are never mixed with new ones, and nobody needs to remember to raise a number.
    """
    digest = sha256(version("numpy").encode())
    for part in PARTS:
        for source in _sources(files("callcenter") / part):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


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
