"""The day so far and the rest of it: act, wait, or too early to say (contract 9.2).

The package is also the function: `cc.intraday(scenario, actuals, now="11:00")` is that of `looking`.
"""

from callcenter.homes import call_as
from callcenter.intraday.errors import IntradayError
from callcenter.intraday.looking import intraday
from callcenter.intraday.result import Intraday

__all__ = ["Intraday", "IntradayError", "intraday"]

call_as(__name__, intraday)
