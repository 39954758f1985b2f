"""Replications: the same scenario on many days of chance."""

from __future__ import annotations

import os
from concurrent.futures import Executor

from callcenter.scenario import Scenario
from callcenter.study.design import single_point
from callcenter.study.losses import LostWorkersError
from callcenter.study.precision import MOST, precision_of
from callcenter.study.result import Result
from callcenter.study.sweeps import conduct
from callcenter.study.work import Effort, Keep, Progress


def run(
    scenario: Scenario,
    replications: int = 30,
    seed: int | None = None,
    engine: str = "auto",
    workers: int | None = 1,
    keep: Keep | None = None,
    executor: Executor | None = None,
    on_progress: Progress | None = None,
    out: str | os.PathLike[str] | None = None,
    command: str = "",
    precision: float | None = None,
    max_replications: int = MOST,
    cluster: str | None = None,
    fresh: bool = False,
) -> Result:
    """Simulate a scenario some times over and return the figures with their intervals.

    The result depends on the scenario, the seed (the scenario's own unless given) and the number of
    replications alone; not on engine, workers or executor.  Call logs are dropped once tallied unless
    ``keep="calls"``.  With ``out`` every finished replication is kept in that directory, and what is there
    already is not simulated again, unless ``fresh``; ``command`` is noted down there as the origin.  With
    ``precision`` (0.005 is half a percentage point) further replications are added until the answer rate of
    every tier has that half-width, or there are ``max_replications``.  ``cluster`` is the address of a Dask
    scheduler.  Raises LostWorkersError if replications had to be given up.
    """
    wanted = precision_of(precision, max_replications, replications)
    design = single_point(scenario, replications, seed)._replace(precision=wanted)
    effort = Effort(engine, workers, executor, on_progress, cluster)
    study = conduct(design, effort, out, command, keep, fresh)
    if study.failed:
        raise LostWorkersError(study.failed)
    return study.results[0]
