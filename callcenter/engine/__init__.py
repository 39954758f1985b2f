"""From a scenario and a call tape to the call log: deterministic, nothing is drawn here."""

from typing import TYPE_CHECKING

from callcenter.homes import getter, homes_of

if TYPE_CHECKING:
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
    from callcenter.engine.simulation import (
        ENGINES,
        is_ready,
        nobody_calls,
        prepare,
        resolve_engine,
        simulate,
    )

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
    "nobody_calls",
    "prepare",
    "resolve_engine",
    "routing_of",
    "simulate",
]

_HOMES = homes_of(
    __name__,
    {
        "floorplan": (
            "FloorPlan",
            "floor_plan",
        ),
        "rules": ("Rank",),
        "simpy_engine": (
            "Caller",
            "Floor",
            "Hotline",
            "Routing",
            "RoutingError",
            "RoutingRule",
            "routing_of",
        ),
        "simulation": (
            "ENGINES",
            "is_ready",
            "nobody_calls",
            "prepare",
            "resolve_engine",
            "simulate",
        ),
    },
)

__getattr__ = getter(__name__, _HOMES)
