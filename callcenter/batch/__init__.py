"""Many replications in one call: drawn, simulated and counted in memory that is kept, with no interpreter.

The same draws, rules and counts as by way of tape and log; only nothing is written down on the way.
"""

from typing import TYPE_CHECKING

from callcenter.homes import getter, homes_of

if TYPE_CHECKING:
    from callcenter.batch.batch import Batch
    from callcenter.batch.continued import Continued
    from callcenter.batch.held import Given, Held
    from callcenter.batch.readiness import is_ready, prepare, prepare_staffings
    from callcenter.batch.staffings import Staffings

__all__ = ["Batch", "Continued", "Given", "Held", "Staffings", "is_ready", "prepare", "prepare_staffings"]

_HOMES = homes_of(
    __name__,
    {
        "batch": ("Batch",),
        "continued": ("Continued",),
        "held": ("Given", "Held"),
        "readiness": ("is_ready", "prepare", "prepare_staffings"),
        "staffings": ("Staffings",),
    },
)

__getattr__ = getter(__name__, _HOMES)
