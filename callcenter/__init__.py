"""Simulator of call centres with priority classes.

load       YAML -> Scenario: what the planner wrote, checked and frozen
draw       Scenario, seed, replication -> CallTape: everything chance decides, before the run
simulate   Scenario, CallTape -> CallLog: what happened to every call, by a deterministic engine
tally      CallLog -> Tally: counts and sums per tier, pool and interval
run        all of these for every replication -> Result: answer rates with intervals, beside the targets
sweep      run for every point of a design, same callers everywhere -> SweepResult: the fewest agents that do
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from callcenter.scenario import Scenario, ScenarioError, load
    from callcenter.study import Result, SweepResult, one_more_agent, run, sweep

__version__ = "0.1.0"

__all__ = ["Result", "Scenario", "ScenarioError", "SweepResult", "load", "one_more_agent", "run", "sweep"]

_HOME = {
    "Result": "callcenter.study",
    "Scenario": "callcenter.scenario",
    "ScenarioError": "callcenter.scenario",
    "SweepResult": "callcenter.study",
    "load": "callcenter.scenario",
    "one_more_agent": "callcenter.study",
    "run": "callcenter.study",
    "sweep": "callcenter.study",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `callcenter --help` does not wait for pandas."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """Offer the public names to completion before they are imported."""
    return sorted({*globals(), *__all__})
