"""Which peers are installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import NamedTuple

from benchmarks.day import LARGE, Counted, Day

Model = Callable[[int, Day], Counted]
"""A function of a seed and a day."""


class Peer(NamedTuple):
    """Another simulator."""

    name: str
    package: str

    @property
    def is_installed(self) -> bool:
        """Whether it can be imported."""
        return find_spec(self.package) is not None

    @property
    def version(self) -> str:
        """Return the version that is installed."""
        return version(self.package)

    def model(self) -> Model:
        """Return its model."""
        simulate_day: Model = import_module(f"benchmarks.peers.{self.package}_day").simulate_day
        return simulate_day


PEERS = (Peer("salabim", "salabim"), Peer("Ciw", "ciw"), Peer("Cimba", "cimba"))


def days_of(peer: Peer, seeds: Iterable[int]) -> list[Counted]:
    """Run a peer's days; to be called in a process of its own if numba has been at work in this one."""
    return [peer.model()(seed, LARGE) for seed in seeds]


def missing() -> list[str]:
    """Return a line for every peer that is left out."""
    return [
        f"{peer.name}: not installed: pip install callcenter[bench]"
        for peer in PEERS
        if not peer.is_installed
    ]


def load_first() -> None:
    """Import the peer that compiles nothing if numba has been at work before it was imported."""
    if find_spec("cimba"):
        import_module("cimba")


load_first()
