"""From a scenario and a call tape to the call log: deterministic, nothing is drawn here."""

from callcenter.engine.floorplan import FloorPlan, floor_plan
from callcenter.engine.rules import Rank
from callcenter.engine.simpy_engine import (
    Caller,
    Floor,
    Hotline,
    Routing,
    RoutingError,
    RoutingRule,
    routing_of,
)
from callcenter.engine.simulation import ENGINES, is_ready, prepare, resolve_engine, simulate

__all__ = [
    "ENGINES",
    "Caller",
    "Floor",
    "FloorPlan",
    "Hotline",
    "Rank",
    "Routing",
    "RoutingError",
    "RoutingRule",
    "floor_plan",
    "is_ready",
    "prepare",
    "resolve_engine",
    "routing_of",
    "simulate",
]
