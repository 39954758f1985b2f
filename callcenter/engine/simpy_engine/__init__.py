"""The readable engine: SimPy processes over a floor of agents (rules R3 to R12)."""

from callcenter.engine.simpy_engine.floor import Floor
from callcenter.engine.simpy_engine.hotline import Hotline

__all__ = ["Floor", "Hotline"]
