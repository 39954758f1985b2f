"""A sweep: every point of a design simulated with the same callers, and which of them meet the targets."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from callcenter.engine import resolve_engine
from callcenter.language import gettext as _
from callcenter.measure import size_of
from callcenter.measure.joint import DaysKept
from callcenter.study.answers.days_kept import asked_in, chance_kept
from callcenter.study.answers.points import overall_verdict, point_table, roster
from callcenter.study.designs.design import Design, single_point
from callcenter.study.designs.points_of_file import load_design
from callcenter.study.designs.precision import MOST, asked, precision_of
from callcenter.study.errors import StoreError
from callcenter.study.result import Result
from callcenter.study.sentences.answer import answer, callback_answer
from callcenter.study.sentences.precision import shortfall_of_points
from callcenter.study.store.description import Origin
from callcenter.study.store.notebook import Notebook
from callcenter.study.store.outcome import Logs
from callcenter.study.store.results_store import Store
from callcenter.study.store.stored_results import Results
from callcenter.study.store.version import versions
from callcenter.study.workers.cells import Simulation
from callcenter.study.workers.effort import Effort, effort_of
from callcenter.study.workers.executors import workforce
from callcenter.study.workers.lost_workers import LostWorkersError, lost_workers
from callcenter.study.workers.rounds import complete
from callcenter.study.workers.work import Job, Keep, Progress
from callcenter.version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from callcenter.engine import Routing

_LOG = logging.getLogger(__name__)

MOST_BYTES = 8e9
"""Of the tables of one point, all replications side by side."""

Directory = str | os.PathLike[str]

PARTS = ("tiers", "pools", "callbacks", "lines", "economics", "targets", "joint")
"""Of the summary of a point, in JSON."""


@dataclass(frozen=True, eq=False)
class SweepResult:
    """What a study found at each of its points; a single run is a study of one point."""

    design: Design
    origin: Origin
    results: Sequence[Result]
    """One per point, read from the store each time it is asked for."""
    incomplete: bool = False
    """Whether replications, or whole points, are still to be simulated."""
    failed: int = 0
    """Replications that were given up because they lost their worker process again and again."""
    directory: Path | None = None
    """Where it is kept, None in memory."""
    days_asked: DaysKept | None = None
    """Days to keep, the chance of which is asked for."""

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
    def replications(self) -> tuple[int, ...]:
        """How many replications each point has."""
        return tuple(result.replications for result in self.results)

    @cached_property
    def imprecise(self) -> tuple[int, ...]:
        """Numbers of the points that have not reached the precision asked for."""
        if self.design.precision is None:
            return ()
        return tuple(number for number, result in enumerate(self.results) if not result.is_precise)

    @cached_property
    def days_kept(self) -> tuple[dict[str, Any] | None, ...]:
        """The chance to keep so many days at each point; None where nothing is asked or promised."""
        return tuple(chance_kept(result, self.days_asked) for result in self.results)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be known beside the answer: work that was given up, precision that was not reached."""
        remarks = [lost_workers(self.failed)] if self.failed else []
        if self.design.precision is not None and self.imprecise:
            points = len(self.imprecise), len(self.settings)
            remarks.append(shortfall_of_points(self.design.precision, *points))
        return tuple(remarks)

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row per point and tier: settings, agents, answer rate with interval, all other figures."""
        return point_table(self.design, self.summaries, self.days_kept if self.days_asked else ())

    @property
    def answer(self) -> str:
        """The fewest agents that met every target, under each of the other conditions, in a sentence."""
        return answer(self)

    @property
    def callback_answer(self) -> str:
        """Whether every callback was begun in time, in a sentence; empty if none was owed."""
        return callback_answer(self.summaries)

    @property
    def summary(self) -> dict[str, Any]:
        """Every figure of every point as plain data, ready for JSON: what `sweep --json` writes."""
        return {
            "sweep": self.name,
            "replications": self.design.replications,
            **asked(self.design.precision, not self.imprecise),
            "seed": self.design.seed,
            "engine": self.origin.engine,
            "version": __version__,
            "points": [
                {
                    "settings": point.settings,
                    **roster(point.scenario)._asdict(),
                    "replications": replications,
                    "verdict": overall_verdict(summary),
                    **{part: summary[part] for part in PARTS},
                    **({"joint": summary["joint"] | {"days_kept": kept}} if kept else {}),
                }
                for point, replications, summary, kept in zip(
                    self.design.points, self.replications, self.summaries, self.days_kept, strict=True
                )
            ],
            "answer": self.answer,
            "callback_answer": self.callback_answer,
        }

    def __repr__(self) -> str:
        points, seed = len(self.settings), self.design.seed
        return f"<SweepResult of {self.name!r}: {points} points, seed {seed}>"


def as_study(study: SweepResult | Result) -> SweepResult:
    """Return a result as the study of one point, undated: the same result always makes the same files."""
    if isinstance(study, SweepResult):
        return study
    design = single_point(study.scenario, study.replications, study.seed)
    return SweepResult(design, Origin(study.simulated_by, "", "", versions()), (study,))


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
    precision: float | None = None,
    max_replications: int = MOST,
    cluster: str | None = None,
    fresh: bool = False,
    effort: Effort | None = None,
) -> SweepResult:
    """Simulate every point of a sweep file.

    With ``out`` every finished replication is kept in that directory, and what is there already is not
    simulated again, unless ``fresh``; ``command`` is noted down there as the origin.  ``changes`` apply to
    the scenario before the sweep varies it.  With ``precision`` (0.005 is half a percentage point) each point
    gets further replications until the answer rate of every tier has that half-width, or there are
    ``max_replications``.  ``engine``, ``workers``, ``executor`` and ``cluster`` say who works, or ``effort``
    says it at once.  Raises ScenarioError with every problem of the sweep file, and LostWorkersError if no
    replication could be done.
    """
    who = effort_of(effort, Effort(workers=workers, executor=executor, cluster=cluster, engine=engine))
    design = load_design(source, changes, replications, seed)
    design = design._replace(precision=precision_of(precision, max_replications, design.replications))
    return conduct(design, who, Kept(out, command, fresh), on_progress=on_progress)


class Kept(NamedTuple):
    """Where the replications of a study are kept."""

    directory: Directory | None = None
    """None: in memory, as long as the results are there."""
    command: str = ""
    """The line that the study came from, noted down there."""
    fresh: bool = False
    """Whether what is there already is simulated again."""


def conduct(
    design: Design,
    effort: Effort,
    kept: Kept = Kept(),  # noqa: B008 (a value that nothing changes)
    *,
    keep: Keep | None = None,
    routing: Routing | None = None,
    on_progress: Progress | None = None,
) -> SweepResult:
    """Simulate what is missing of a design, in the store of a directory or in memory.

    What is damaged there is simulated again.  Raises LostWorkersError if no replication could be done.
    """
    _refuse_too_large(design)
    simulation = Simulation(resolve_engine(effort.engine, routing), keep is not None, routing)
    with workforce(effort, in_threads=simulation.is_batched) as force:
        directory = None if kept.directory is None else Path(kept.directory)
        store = Store(directory)
        damage = store.mend()
        if damage:
            _LOG.warning(damage)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        origin = Origin(simulation.engine, kept.command, now, versions())
        store.describe(design, origin)
        store.retry()
        if kept.fresh:
            store.forget(design.points, design.seed)
            Notebook(directory).forget()
        with store.session_under_way():
            logs = complete(design, Job(design.seed, store, force, simulation, on_progress))
    study = _study(design, origin, store, logs if keep else None)
    if not study.design.points:
        raise LostWorkersError(study.failed)
    return replace(study, directory=directory)


def _refuse_too_large(design: Design) -> None:
    """Refuse a study of which no memory holds the tables of a point, before anything is simulated."""
    sizes = [size_of(point.scenario) for point in design.points]
    needed = design.replications * max(sizes)
    if needed > MOST_BYTES:
        largest = design.points[sizes.index(max(sizes))].scenario
        message = _(
            "the tables of {n:,} replications need {needed:,.0f} GB, at most {most:.0f} are possible; "
            "simulate fewer replications or `days`, or take a longer `day.interval`"
        )
        raise largest.refusal(
            ("days",) if largest.days > 1 else ("day", "interval"),
            message.format(n=design.replications, needed=needed / 1e9, most=MOST_BYTES / 1e9),
        )


def reopen(directory: Directory) -> SweepResult:
    """Return the study left in a directory, as far as it got; StoreError if there is none that is whole."""
    store = Store.existing(Path(directory))
    store.check()
    study = _study(*store.study(), store)
    if not study.design.points:
        raise StoreError(
            _("{directory} holds no finished replication yet; start the run or sweep again").format(
                directory=directory
            )
        )
    return replace(study, directory=Path(directory))


def _study(design: Design, origin: Origin, store: Store, logs: Logs | None = None) -> SweepResult:
    """Return what the store has of a study; points that have nothing are left out."""
    plans, done = store.plans(), store.done(design.seed, origin.model)
    numbers = [
        sum(number < plan.planned for number in done.get(point.fingerprint, ()))
        for point, plan in zip(design.points, plans, strict=True)
    ]
    begun = [position for position, number in enumerate(numbers) if number]
    design = design._replace(points=tuple(design.points[position] for position in begun))
    planned = [plans[position].planned for position in begun]
    incomplete = any(
        number < plan.planned or not plan.settled for number, plan in zip(numbers, plans, strict=True)
    )
    results = Results(design, origin, store, planned, logs)
    return SweepResult(design, origin, results, incomplete, store.failed(), None, asked_in(origin.command))
