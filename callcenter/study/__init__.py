"""Studies: one scenario, or a sweep of them, simulated many times with the same callers."""

from callcenter.study.beside import Beside, theory_beside
from callcenter.study.comparing import ComparisonError, compare, compared
from callcenter.study.comparison import Comparison, Difference
from callcenter.study.design import Design, Point
from callcenter.study.effects import main_effects
from callcenter.study.errors import StoreError, StudyError
from callcenter.study.losses import LostWorkersError
from callcenter.study.margins import one_more_agent
from callcenter.study.replications import run
from callcenter.study.result import Result
from callcenter.study.status import Status, status
from callcenter.study.store import Origin, Store
from callcenter.study.sweep_points import load_design
from callcenter.study.sweeps import SweepResult, reopen, sweep

__all__ = [
    "Beside",
    "Comparison",
    "ComparisonError",
    "Design",
    "Difference",
    "LostWorkersError",
    "Origin",
    "Point",
    "Result",
    "Status",
    "Store",
    "StoreError",
    "StudyError",
    "SweepResult",
    "compare",
    "compared",
    "load_design",
    "main_effects",
    "one_more_agent",
    "reopen",
    "run",
    "status",
    "sweep",
    "theory_beside",
]
