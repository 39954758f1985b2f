"""The readable engine: SimPy processes over a floor of agents (rules R3 to R12)."""

from callcenter.engine.simpy_engine.floor import Floor
from callcenter.engine.simpy_engine.hotline import Hotline
from callcenter.engine.simpy_engine.routed import RoutedFloor
from callcenter.engine.simpy_engine.routing import Caller, Routing, RoutingError, RoutingRule, routing_of

__all__ = [
    "Caller",
    "Floor",
    "Hotline",
    "RoutedFloor",
    "Routing",
    "RoutingError",
    "RoutingRule",
    "routing_of",
]
