"""The results of a study's points, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from callcenter.study.cells import cells_of
from callcenter.study.design import Design, Point
from callcenter.study.result import Result
from callcenter.study.store import Origin, Store
from callcenter.study.work import Logs


class Results(Sequence[Result]):
    """One result a point, read from the store when asked for, so that a large sweep fits into memory."""

    def __init__(self, design: Design, origin: Origin, store: Store, logs: Logs | None = None) -> None:
        self._design = design
        self._origin = origin
        self._store = store
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
        if isinstance(index, slice):
            return tuple(map(self._read, self._design.points[index]))
        return self._read(self._design.points[index])

    def _read(self, point: Point) -> Result:
        seed, replications = self._design.seed, self._design.replications
        tallies = self._store.tallies(point, seed, replications, self._origin.model)
        logs = None
        if self._logs is not None:
            logs = tuple(self._logs[cell.key] for cell in cells_of(point, seed, replications))
        return Result(point.scenario, seed, self._origin.engine, tallies, logs)
