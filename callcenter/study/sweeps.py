"""A sweep: every point of a design simulated with the same callers, and which of them meet the targets."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callcenter import __version__
from callcenter.engine import resolve_engine
from callcenter.study.answer import answer, callback_answer
from callcenter.study.cells import cells_of
from callcenter.study.design import Design
from callcenter.study.points import overall_verdict, point_table, roster
from callcenter.study.result import Result
from callcenter.study.results import Results
from callcenter.study.store import Origin, Store, StoreError
from callcenter.study.sweep_points import load_design
from callcenter.study.version import versions
from callcenter.study.work import Effort, Keep, Progress, simulate_missing

if TYPE_CHECKING:
    import pandas as pd

Directory = str | os.PathLike[str]


@dataclass(frozen=True, eq=False)
class SweepResult:
    """What a study found at each of its points; a single run is a study of one point."""

    design: Design
    origin: Origin
    results: Sequence[Result]
    """One a point, read from the store each time it is asked for."""
    incomplete: bool = False
    """Whether replications, or whole points, are still to be simulated."""

    @property
    def name(self) -> str:
        """Name of the sweep, or of the scenario."""
        return self.design.name

    @property
    def varied(self) -> tuple[str, ...]:
        """Dotted paths that differ between points."""
        return self.design.varied

    @property
    def settings(self) -> tuple[Mapping[str, object], ...]:
        """What each point sets, by dotted path."""
        return tuple(point.settings for point in self.design.points)

    @cached_property
    def summaries(self) -> tuple[dict[str, Any], ...]:
        """The summary of each point."""
        return tuple(result.summary for result in self.results)

    @cached_property
    def points(self) -> pd.DataFrame:
        """A row for each point and tier: settings, agents, answer rate with interval, all other figures."""
        return point_table(self.design, self.summaries)

    @cached_property
    def answer(self) -> str:
        """The fewest agents that met every target, under each of the other conditions, in a sentence."""
        return answer(self.design, self.summaries)

    @cached_property
    def callback_answer(self) -> str:
        """Whether every callback was begun in time, in a sentence; empty if none was owed."""
        return callback_answer(self.summaries)

    @property
    def summary(self) -> dict[str, Any]:
        """Every figure of every point as plain data, ready for JSON: what `sweep --json` writes."""
        return {
            "sweep": self.name,
            "replications": self.design.replications,
            "seed": self.design.seed,
            "engine": self.origin.engine,
            "version": __version__,
            "points": [
                {
                    "settings": point.settings,
                    **roster(point.scenario)._asdict(),
                    "verdict": overall_verdict(found),
                    **{part: found[part] for part in ("tiers", "pools", "callbacks", "lines", "economics")},
                }
                for point, found in zip(self.design.points, self.summaries, strict=True)
            ],
            "answer": self.answer,
            "callback_answer": self.callback_answer,
        }


def sweep(
    source: Directory,
    replications: int | None = None,
    seed: int | None = None,
    engine: str = "auto",
    workers: int | None = 1,
    out: Directory | None = None,
    changes: Mapping[str, object] | None = None,
    executor: Executor | None = None,
    on_progress: Progress | None = None,
    command: str = "",
) -> SweepResult:
    """Simulate every point of a sweep file.

    With ``out`` every finished replication is kept in that directory, and what is there already is not
    simulated again; ``command`` is noted down there as the origin.  ``changes`` apply to the scenario before
    the sweep varies it.
    """
    design = load_design(source, changes, replications, seed)
    return conduct(design, Effort(engine, workers, executor, on_progress), out, command)


def conduct(
    design: Design, effort: Effort, out: Directory | None = None, command: str = "", keep: Keep | None = None
) -> SweepResult:
    """Simulate what is missing of a design, in the store of a directory or in memory."""
    engine = resolve_engine(effort.engine)
    store = Store(None if out is None else Path(out))
    origin = Origin(engine, command, datetime.now(UTC).isoformat(timespec="seconds"), versions())
    store.describe(design, origin)
    cells = [cell for point in design.points for cell in cells_of(point, design.seed, design.replications)]
    logs = simulate_missing(cells, store, effort._replace(engine=engine), keep)
    return SweepResult(design, origin, Results(design, origin, store, logs if keep else None))


def reopen(directory: Directory) -> SweepResult:
    """Return the study left in a directory, as far as it got; StoreError if there is none."""
    store = Store.existing(Path(directory))
    design, origin = store.study()
    done = [store.count(point, design.seed, design.replications, origin.model) for point in design.points]
    if not any(done):
        raise StoreError(f"{directory} holds no finished replication yet; start the run or sweep again")
    begun = design._replace(points=tuple(p for p, number in zip(design.points, done, strict=True) if number))
    return SweepResult(
        begun, origin, Results(begun, origin, store), incomplete=min(done) < design.replications
    )
