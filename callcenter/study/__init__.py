"""Studies: one scenario, or a sweep of them, simulated many times with the same callers."""

from typing import TYPE_CHECKING

from callcenter.homes import getter, homes_of

if TYPE_CHECKING:
    from callcenter.study.comparisons.compare import ComparisonError, compare, compared
    from callcenter.study.comparisons.comparison import Comparison
    from callcenter.study.comparisons.main_effects import main_effects
    from callcenter.study.comparisons.one_more_agent import one_more_agent
    from callcenter.study.designs.design import Design, Point
    from callcenter.study.designs.points_of_file import load_design
    from callcenter.study.differences.difference import Difference
    from callcenter.study.errors import StoreError, StudyError
    from callcenter.study.formula.theory_beside import Beside, theory_beside
    from callcenter.study.replications import run
    from callcenter.study.result import Result
    from callcenter.study.store.description import Origin
    from callcenter.study.store.results_store import Store
    from callcenter.study.store.status import Status, status
    from callcenter.study.sweeps import SweepResult, reopen, sweep
    from callcenter.study.workers.effort import Effort, EffortError
    from callcenter.study.workers.lost_workers import LostWorkersError

__all__ = [
    "Beside",
    "Comparison",
    "ComparisonError",
    "Design",
    "Difference",
    "Effort",
    "EffortError",
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

_HOMES = homes_of(
    __name__,
    {
        "comparisons.compare": (
            "ComparisonError",
            "compare",
            "compared",
        ),
        "comparisons.comparison": ("Comparison",),
        "comparisons.main_effects": ("main_effects",),
        "comparisons.one_more_agent": ("one_more_agent",),
        "designs.design": (
            "Design",
            "Point",
        ),
        "designs.points_of_file": ("load_design",),
        "differences.difference": ("Difference",),
        "errors": (
            "StoreError",
            "StudyError",
        ),
        "formula.theory_beside": (
            "Beside",
            "theory_beside",
        ),
        "replications": ("run",),
        "result": ("Result",),
        "store.description": ("Origin",),
        "store.results_store": ("Store",),
        "store.status": (
            "Status",
            "status",
        ),
        "sweeps": (
            "SweepResult",
            "reopen",
            "sweep",
        ),
        "workers.effort": (
            "Effort",
            "EffortError",
        ),
        "workers.lost_workers": ("LostWorkersError",),
    },
)

__getattr__ = getter(__name__, _HOMES)
