"""Studies: one scenario, or a sweep of them, simulated many times with the same callers."""

from callcenter.study.design import Design, Point
from callcenter.study.executors import LostWorkersError
from callcenter.study.margins import one_more_agent
from callcenter.study.replications import run
from callcenter.study.result import Result
from callcenter.study.store import Origin, Store, StoreError
from callcenter.study.sweep_points import load_design
from callcenter.study.sweeps import SweepResult, reopen, sweep

__all__ = [
    "Design",
    "LostWorkersError",
    "Origin",
    "Point",
    "Result",
    "Store",
    "StoreError",
    "SweepResult",
    "load_design",
    "one_more_agent",
    "reopen",
    "run",
    "sweep",
]
