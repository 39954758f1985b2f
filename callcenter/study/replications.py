"""Replications: the same scenario on many days of chance."""

from __future__ import annotations

import os
from concurrent.futures import Executor
from dataclasses import replace
from typing import TYPE_CHECKING

from callcenter.language import gettext as _
from callcenter.scenario import Source, load
from callcenter.study.designs.design import single_point
from callcenter.study.designs.precision import MOST, precision_of
from callcenter.study.errors import StudyError
from callcenter.study.result import Result
from callcenter.study.sweeps import Kept, conduct
from callcenter.study.workers.effort import Effort, effort_of
from callcenter.study.workers.lost_workers import LostWorkersError
from callcenter.study.workers.work import Keep, Progress

if TYPE_CHECKING:
    from callcenter.engine import Routing, RoutingRule


def run(
    scenario: Source,
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
    routing: RoutingRule | None = None,
    effort: Effort | None = None,
) -> Result:
    """Simulate a scenario, or the one of a file, some times over and return the figures with their intervals.

    The result depends on the scenario, the seed (the scenario's own unless given), the number of
    replications and ``routing``, a rule of the user's own, alone; not on engine, workers or executor.  Call
    logs are dropped once tallied unless ``keep="calls"``.  With ``out`` every finished replication is kept in
    that directory, and what is there already is not simulated again, unless ``fresh``; ``command`` is noted
    down there as the origin.  With ``precision`` (0.005 is half a percentage point) further replications are
    added until the answer rate of every tier has that half-width, or there are ``max_replications``.
    ``engine``, ``workers``, ``executor`` and ``cluster`` (the address of a Dask scheduler) say who works, or
    ``effort`` says it at once.  Raises LostWorkersError if replications had to be given up, StudyError for
    ``routing`` together with ``out``, and RoutingError if ``routing`` gives an answer that cannot be carried
    out.
    """
    who = effort_of(effort, Effort(workers=workers, executor=executor, cluster=cluster, engine=engine))
    rule = _rule(routing)
    if rule is not None and out is not None:
        raise StudyError(_unkept(rule, out))
    design = single_point(load(scenario), replications, seed)
    design = design._replace(precision=precision_of(precision, max_replications, replications))
    kept = Kept(out, command, fresh)
    study = conduct(design, who, kept, keep=keep, routing=rule, on_progress=on_progress)
    if study.failed:
        raise LostWorkersError(study.failed)
    result = study.results[0]
    return result if rule is None else replace(result, routing=repr(rule))


def _rule(routing: RoutingRule | None) -> Routing | None:
    if routing is None:
        return None
    from callcenter.engine import routing_of  # loads SimPy

    return routing_of(routing)


def _unkept(rule: Routing, out: str | os.PathLike[str]) -> str:
    return _(
        "replications routed by {rule!r} cannot be kept in {out}: what is kept there is found "
        "again by its scenario, and Python code has no fingerprint that distinguishes one rule "
        "from another. Leave out= away: the result is in memory, and its tables can be written "
        "to files (result.kpis.to_csv)."
    ).format(rule=rule, out=out)
