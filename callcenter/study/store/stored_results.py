"""The results of a study's points, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from callcenter.study.designs.design import Design
from callcenter.study.result import Result
from callcenter.study.store.description import Origin
from callcenter.study.store.outcome import CellKey, Logs
from callcenter.study.store.results_store import Store


class Results(Sequence[Result]):
    """One result per point, read from the store when asked for, so that a large sweep fits into memory."""

    def __init__(
        self, design: Design, origin: Origin, store: Store, planned: Sequence[int], logs: Logs | None = None
    ) -> None:
        self._design = design
        self._origin = origin
        self._store = store
        self._planned = planned
        self._logs = logs

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self._design.points)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Result, ...]: ...
    def __getitem__(self, index: int | slice) -> Result | tuple[Result, ...]:
        """Read the result of a point, or of some."""
        numbers = range(len(self))[index]
        return self._read(numbers) if isinstance(numbers, int) else tuple(map(self._read, numbers))

    def _read(self, position: int) -> Result:
        point, seed = self._design.points[position], self._design.seed
        tallies = self._store.tallies(point, seed, self._planned[position], self._origin.model)
        logs = None
        if self._logs is not None:
            logs = tuple(self._logs[CellKey(point.fingerprint, seed, number)] for number in tallies)
        missing = frozenset(range(max(tallies) + 1)) - tallies.keys() if tallies else frozenset[int]()
        return Result(
            point.scenario,
            seed,
            self._origin.engine,
            tuple(tallies.values()),
            logs,
            missing,
            self._design.precision,
        )
