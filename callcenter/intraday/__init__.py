"""The day so far and the rest of it: act, wait, or too early to say (contract 9.2).

The package is also the function: `cc.intraday(scenario, actuals, now="11:00")` is that of `looking`.
"""

import sys
from types import ModuleType
from typing import Any

from callcenter.intraday.errors import IntradayError
from callcenter.intraday.looking import intraday
from callcenter.intraday.result import Intraday

__all__ = ["Intraday", "IntradayError", "intraday"]


class _Called(ModuleType):
    """A package that has the name of its one function, as the command `callcenter intraday` has."""

    def __call__(self, *args: Any, **options: Any) -> Intraday:
        """Return a day seen at a moment; see `callcenter.intraday.looking.intraday`."""
        return intraday(*args, **options)


sys.modules[__name__].__class__ = _Called
