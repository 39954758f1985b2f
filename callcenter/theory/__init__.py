"""Exact formulas of queueing theory: the oracle of the simulation, and a first guess of the staffing."""

from callcenter.theory.erlang import QueueFigures, erlang_a, erlang_b, erlang_c
from callcenter.theory.patience import Survival, erlang_a_general
from callcenter.theory.priority import PriorityFigures, cobham_mg1, priority_queue

__all__ = [
    "PriorityFigures",
    "QueueFigures",
    "Survival",
    "cobham_mg1",
    "erlang_a",
    "erlang_a_general",
    "erlang_b",
    "erlang_c",
    "priority_queue",
]
