"""Which engine runs: the compiled one, unless a rule of the user's own needs the SimPy one."""

from __future__ import annotations

import logging

from callcenter.calllog import CallLog
from callcenter.demand import CallTape, draw
from callcenter.engine.floorplan import floor_plan
from callcenter.engine.simpy_engine import Floor, Hotline
from callcenter.kernels import is_compiled
from callcenter.scenario import Scenario, load

ENGINES = ("simpy", "compiled")

_LOG = logging.getLogger(__name__)


def resolve_engine(engine: str = "auto", floor: type[Floor] = Floor) -> str:
    """Return the engine that will run.

    ValueError if there is none of that name, or if it cannot run a routing rule written in Python.
    """
    if engine == "auto":
        return "compiled" if floor is Floor else _fallen_back(floor)
    if engine not in ENGINES:
        raise ValueError(f"there is no engine '{engine}'; write one of: auto, {', '.join(ENGINES)}")
    if engine == "compiled" and floor is not Floor:
        raise ValueError(f"the compiled engine cannot run {floor.__name__}; write engine='simpy' or 'auto'")
    return engine


def _fallen_back(floor: type[Floor]) -> str:
    if floor.__name__ not in _TOLD:
        _TOLD.add(floor.__name__)
        _LOG.info("The SimPy engine runs, because %s is a routing rule written in Python.", floor.__name__)
    return "simpy"


_TOLD: set[str] = set()
"""Routing rules of which that has been said; once is enough."""


def simulate(scenario: Scenario, tape: CallTape, engine: str = "auto", floor: type[Floor] = Floor) -> CallLog:
    """Run the callers on the tape through the hotline and return what happened to each.

    ``floor`` is a routing rule of the caller's own, a subclass of `Floor`; it needs the SimPy engine.
    """
    plan = floor_plan(scenario, tape.seed, tape.replication)
    if resolve_engine(engine, floor) == "simpy":
        return Hotline(plan, tape, floor).run()
    from callcenter.engine.compiled import simulate_compiled

    return simulate_compiled(plan, tape)


def is_ready(engine: str) -> bool:
    """Say whether an engine can start at once; the compiled one is compiled once a version."""
    if resolve_engine(engine) == "simpy":
        return True
    return is_compiled()


def prepare(engine: str) -> tuple[Scenario, CallLog]:
    """Make an engine ready, so that worker processes find it compiled and do not race for it.

    Returns what it was tried on, a day on which nobody calls, for others to get ready on.
    """
    if not is_ready(engine):
        _LOG.info("Preparing the compiled engine (once) ...")
    quiet = load(_QUIET)
    return quiet, simulate(quiet, draw(quiet, 0, 0), engine)


_QUIET = {
    "name": "nobody calls",
    "day": {"open": "00:00", "close": "01:00", "interval": "1 h"},
    "demand": {"calls": 0},
    "tiers": {"any": {"priority": 0, "talk": "1 min"}},
    "pools": {"desk": {"serves": ["any"], "agents": 0}},
}
