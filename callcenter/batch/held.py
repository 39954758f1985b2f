"""The callers of one replication, held in memory: a variant with the same ones need not draw them."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Ints, Records
from callcenter.demand import GivenCalls
from callcenter.demand.drawing import CALL, COINS
from callcenter.demand.first_calls import Drawing
from callcenter.engine.compiled.records import Floor


class Held:
    """Room for what is drawn of one replication, and whose draws are in it; of one thread at a time."""

    _is_given = False

    def __init__(self) -> None:
        self.made: Ints = np.zeros(2, np.int64)
        """Calls, and starts online."""
        self.name: tuple[str, int, int] | None = None
        """Callers, seed and replication; None: nothing of use."""
        self._calls: Records | None = None
        self._follows: Records | None = None
        self._starters: Records | None = None

    def holds(self, name: tuple[str, int, int]) -> bool:
        """Whether the callers of a replication are here; those that are given are, whatever it is called."""
        return self._is_given or self.name == name

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


class Given(Held):
    """The callers of one replication, given and not drawn."""

    _is_given = True

    def __init__(self, given: GivenCalls) -> None:
        super().__init__()
        self._given = given
        self.made[0] = len(given.calls)

    def make_room(self, floor: Floor, starters: Records) -> bool:
        """Make as much room as a floor has; what is given is never lost."""
        if super().make_room(floor, starters):
            self._write()
        return False

    def _write(self) -> None:
        size = len(self._given.calls)
        calls: Any = self._calls
        follows: Any = self._follows
        for field in CALL.names or ():
            calls[field][:size] = self._given.calls[field]
        for field in COINS.names or () if self._given.coins.size else ():
            follows[field][:size] = self._given.coins[field]
