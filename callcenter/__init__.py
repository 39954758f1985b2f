"""Simulator of call centres with priority classes.

load       YAML -> Scenario: what the planner wrote, checked and frozen
draw       Scenario, seed, replication -> CallTape: everything chance decides, before the run
simulate   Scenario, CallTape -> CallLog: what happened to every call, by a deterministic engine
tally      CallLog -> Tally: counts and sums per tier, pool and interval
run        all of these for every replication -> Result: answer rates with intervals, beside the targets
sweep      run for every point of a design, same callers everywhere -> SweepResult: the fewest agents that do
staff      the fewest agents that meet every target, by interval, proven by simulation -> Staffing
records    the logs of many programs, read and checked: call and interval records of real days -> Records
fit        Records -> Fit: a scenario, each figure with its interval, and what the records cannot tell
replay     Scenario, Records -> Replay: recorded callers against a staffing, both side by side
validate   Scenario, Records -> Validation: is the scenario true of recorded days, and where is it not
explain    Scenario, Records, day -> Explanation: why that day missed, in parts that add up
forecast   Records -> Forecast: calls of the coming weeks by interval, with bands and every method's errors
intraday   Scenario, the day so far -> Intraday: act, wait, or too early to say, and what is still to come
plot       every figure of the reports as matplotlib Axes: `cc.plot.waits(result)`
theory     Erlang B, C, A and priority queues, exactly: `cc.theory.erlang_c(300, 180, 20)`
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from callcenter.version import __version__ as __version__

if TYPE_CHECKING:
    from callcenter.engine import Routing
    from callcenter.fit import Fit, FitError, fit
    from callcenter.forecast import Forecast, ForecastError
    from callcenter.intraday import Intraday, IntradayError
    from callcenter.records import Records
    from callcenter.replay import Explanation, Replay, ReplayError, Validation, explain, validate
    from callcenter.scenario import Scenario, ScenarioError, load
    from callcenter.study import (
        Comparison,
        Effort,
        Result,
        SweepResult,
        compare,
        main_effects,
        one_more_agent,
        run,
        sweep,
        theory_beside,
    )
    from callcenter.study.insights import Insights, insights
    from callcenter.study.staffing import Staffing, staff

__all__ = [
    "Comparison",
    "Effort",
    "Explanation",
    "Fit",
    "FitError",
    "Forecast",
    "ForecastError",
    "Insights",
    "Intraday",
    "IntradayError",
    "Records",
    "Replay",
    "ReplayError",
    "Result",
    "Routing",
    "Scenario",
    "ScenarioError",
    "Staffing",
    "SweepResult",
    "Validation",
    "compare",
    "explain",
    "fit",
    "forecast",
    "insights",
    "intraday",
    "load",
    "main_effects",
    "one_more_agent",
    "records",
    "replay",
    "run",
    "staff",
    "sweep",
    "theory_beside",
    "validate",
]

_HOME = {
    "Comparison": "callcenter.study",
    "Effort": "callcenter.study",
    "Explanation": "callcenter.replay",
    "Fit": "callcenter.fit",
    "FitError": "callcenter.fit",
    "Forecast": "callcenter.forecast",
    "ForecastError": "callcenter.forecast",
    "Insights": "callcenter.study.insights",
    "Intraday": "callcenter.intraday",
    "IntradayError": "callcenter.intraday",
    "Records": "callcenter.records",
    "Replay": "callcenter.replay",
    "ReplayError": "callcenter.replay",
    "Result": "callcenter.study",
    "Routing": "callcenter.engine",
    "Scenario": "callcenter.scenario",
    "ScenarioError": "callcenter.scenario",
    "Staffing": "callcenter.study.staffing",
    "SweepResult": "callcenter.study",
    "Validation": "callcenter.replay",
    "compare": "callcenter.study",
    "explain": "callcenter.replay",
    "fit": "callcenter.fit",
    "insights": "callcenter.study.insights",
    "load": "callcenter.scenario",
    "main_effects": "callcenter.study",
    "one_more_agent": "callcenter.study",
    "run": "callcenter.study",
    "staff": "callcenter.study.staffing",
    "sweep": "callcenter.study",
    "theory_beside": "callcenter.study",
    "validate": "callcenter.replay",
}

_MODULES = ("forecast", "intraday", "plot", "records", "replay", "theory")
"""What is used as it is: `cc.plot.waits(result)`, `cc.theory.erlang_c(...)`, `cc.records("calls.csv")`."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `callcenter --help` does not wait for pandas."""
    if name in _MODULES:
        return import_module(f"callcenter.{name}")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """Offer the public names to completion before they are imported."""
    return sorted({*globals(), *__all__, *_MODULES})
