"""The callers of one replication, held in memory: a variant with the same ones need not draw them."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Ints, Records
from callcenter.demand.first_calls import Drawing
from callcenter.engine.compiled.records import Floor


class Held:
    """Room for what is drawn of one replication, and whose draws are in it; of one thread at a time."""

    def __init__(self) -> None:
        self.made: Ints = np.zeros(2, np.int64)
        """Calls, and starts online."""
        self.name: tuple[str, int, int] | None = None
        """Callers, seed and replication; None: nothing of use."""
        self._calls: Records | None = None
        self._follows: Records | None = None
        self._starters: Records | None = None

    def make_room(self, floor: Floor, starters: Records) -> bool:
        """Make as much room as a floor has, if there is less; return whether that loses what was held."""
        is_lost = False
        for name, own in (("_calls", floor.calls), ("_follows", floor.follows), ("_starters", starters)):
            kept = getattr(self, name)
            if kept is None or len(kept) < len(own):
                setattr(self, name, np.zeros_like(own))
                is_lost = True
        return is_lost

    def on(self, floor: Floor, drawing: Drawing) -> tuple[Floor, Drawing, Ints]:
        """Return floor and drawing with these calls on them, and where it is counted how many there are.

        No array is longer than the floor's own.
        """
        assert self._calls is not None
        assert self._follows is not None
        assert self._starters is not None
        calls, follows = self._calls[: len(floor.calls)], self._follows[: len(floor.follows)]
        starters = self._starters[: len(drawing.starters)]
        return floor._replace(calls=calls, follows=follows), drawing._replace(starters=starters), self.made
