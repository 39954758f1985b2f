"""From a scenario and a call tape to the call log: deterministic, nothing is drawn here."""

from __future__ import annotations

from callcenter.calllog import CallLog
from callcenter.demand import CallTape
from callcenter.engine.floorplan import FloorPlan, floor_plan
from callcenter.engine.rules import Rank
from callcenter.engine.simpy_engine import Floor, Hotline
from callcenter.scenario import Scenario

ENGINES = ("simpy",)

__all__ = ["ENGINES", "Floor", "FloorPlan", "Hotline", "Rank", "floor_plan", "resolve_engine", "simulate"]


def resolve_engine(engine: str = "auto") -> str:
    """Return the engine that will run; ValueError if this version has none of that name."""
    if engine == "auto":
        return "simpy"
    if engine not in ENGINES:
        raise ValueError(
            f"engine '{engine}' is not in this version; write one of: auto, {', '.join(ENGINES)}"
        )
    return engine


def simulate(scenario: Scenario, tape: CallTape, engine: str = "auto", floor: type[Floor] = Floor) -> CallLog:
    """Run the callers on the tape through the hotline and return what happened to each.

    ``floor`` is a routing rule of the caller's own, a subclass of `Floor`.
    """
    resolve_engine(engine)
    return Hotline(floor_plan(scenario), tape, floor).run()
