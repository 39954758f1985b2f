"""From records to a scenario: demand, handle time, patience, staffing and the line (contract 8)."""

from callcenter.fit.errors import FitError
from callcenter.fit.fitting import fit
from callcenter.fit.result import Fit

__all__ = ["Fit", "FitError", "fit"]
