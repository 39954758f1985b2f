"""From records to a scenario: demand, handle time, patience, staffing and the line (contract 8).

The package is also the function: `cc.fit(records)` is `callcenter.fit.fit(records)`.
"""

import sys
from types import ModuleType
from typing import Any

from callcenter.fit.errors import FitError
from callcenter.fit.fitting import fit
from callcenter.fit.result import Fit

__all__ = ["Fit", "FitError", "fit"]


class _Called(ModuleType):
    """A package that has the name of its one function, as the command `callcenter fit` has."""

    def __call__(self, *args: Any, **options: Any) -> Fit:
        """Return a scenario fitted to records; see `callcenter.fit.fit`."""
        return fit(*args, **options)


sys.modules[__name__].__class__ = _Called
