"""From call log to tally to figures: service levels, waits, occupancy and callbacks, with intervals.

The tables are apart, in `callcenter.measure.tables`: importing pandas takes longer than a run.
"""

from callcenter.measure.days import days_met
from callcenter.measure.estimates import Estimate, mean, ratio, verdict
from callcenter.measure.logs import tally
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.summary import Summary, summary
from callcenter.measure.tally import Tally, size_of, stack

__all__ = [
    "DEFINITIONS",
    "Estimate",
    "Summary",
    "Tally",
    "days_met",
    "mean",
    "ratio",
    "size_of",
    "stack",
    "summary",
    "tally",
    "verdict",
]
