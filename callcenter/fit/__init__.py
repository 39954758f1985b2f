"""From records to a scenario: demand, handle time, patience, staffing and the line (contract 8).

The package is also the function: `cc.fit(records)` is `callcenter.fit.fit(records)`.
"""

from callcenter.fit.errors import FitError
from callcenter.fit.fitting import fit
from callcenter.fit.result import Fit
from callcenter.homes import call_as

__all__ = ["Fit", "FitError", "fit"]

call_as(__name__, fit)
