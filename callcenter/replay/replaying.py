"""`replay`: recorded callers against a staffing (contract 8.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from callcenter.calllog import CallLog
from callcenter.engine import prepare, resolve_engine
from callcenter.language import gettext as _
from callcenter.measure import Tally, tally
from callcenter.replay.errors import ReplayError
from callcenter.replay.levels import Levels
from callcenter.replay.recorded import recorded
from callcenter.replay.result import Replay
from callcenter.replay.stage import staged
from callcenter.replay.taking import taking
from callcenter.replay.variants import asked
from callcenter.scenario import Scenario
from callcenter.scenario.loading import Source, load

Progress = Callable[[int, int], None]

REPLICATIONS = 20


def replay(
    scenario: Source,
    records: Any,
    *,
    take: str | Iterable[str] | None = None,
    changes: Mapping[str, Any] | None = None,
    days: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    engine: str = "auto",
    keep: str | None = None,
    on_progress: Progress | None = None,
) -> Replay:
    """Simulate a scenario on recorded days; what is recorded of their calls is taken, the rest is drawn.

    `records` is what `cc.records` returns, a directory of records, a call log of our own, or a frame with the
    columns of records.  `take` names what is taken: arrivals, talk, patience and levels unless given, also
    redials.  `changes` asks for another staffing: `{"pools.desk.agents": "+2"}` adds to whoever was there.
    `days`, `from_` and `to` choose days.  Call logs are dropped unless ``keep="calls"``.  Raises ReplayError.
    """
    chosen, given = taking(take), load(scenario)
    other = asked(given, changes)
    days_recorded = recorded(records, given, days, from_, to)
    first = given.seed if seed is None else seed
    stage, remarks = staged(other.scenario, days_recorded, chosen, first)
    base = stage
    stage = replace(stage, more=other.more, levels=_without(stage.levels, other.scenario, other.replaced))
    tally(*prepare(resolve_engine(engine)))
    tallies: list[list[Tally]] = []
    logs: list[list[CallLog]] = []
    for day in range(len(days_recorded)):
        tallies.append([])
        logs.append([])
        for replication in range(replications):
            log = stage.run(day, replication, engine)
            tallies[-1].append(tally(stage.scenario, log))
            if keep == "calls":
                logs[-1].append(log)
            if on_progress is not None:
                on_progress(day * replications + replication + 1, len(days_recorded) * replications)
    return Replay(
        stage.scenario,
        days_recorded.calls.days,
        tuple(sorted(chosen)),
        dict(changes or {}),
        tuple(remarks),
        stage.seed,
        resolve_engine(engine),
        tuple(tally(stage.scenario, base.log(day)) for day in range(len(days_recorded))),
        tuple(map(tuple, tallies)),
        tuple(map(tuple, logs)) if keep == "calls" else (),
        None if stage.levels is None else stage.levels.source,
    )


def _without(levels: Levels | None, scenario: Scenario, pools: Iterable[str]) -> Levels | None:
    """Return recorded levels; ReplayError where the agents of some pools alone are stated anew."""
    stated = set(pools)
    if levels is None or not stated:
        return levels
    if stated >= set(scenario.pools):
        return None
    text = _(
        "--with pools.{name}.agents: the others of that day are recorded; write how many more or fewer, such "
        "as +2, or state the agents of every pool"
    )
    raise ReplayError(text.format(name=min(stated)))
