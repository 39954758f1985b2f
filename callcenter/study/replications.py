"""Replications: the same scenario on many days of chance."""

from __future__ import annotations

import os
from concurrent.futures import Executor

from callcenter.scenario import Scenario
from callcenter.study.design import single_point
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
) -> Result:
    """Simulate a scenario some times over and return the figures with their intervals.

    The result depends on the scenario, the seed (the scenario's own unless given) and the number of
    replications alone; not on engine, workers or executor.  Call logs are dropped once tallied unless
    ``keep="calls"``.  With ``out`` every finished replication is kept in that directory, and what is there
    already is not simulated again; ``command`` is noted down there as the origin.
    """
    design = single_point(scenario, replications, seed)
    return conduct(design, Effort(engine, workers, executor, on_progress), out, command, keep).results[0]
