"""The day so far and the rest of it: act, wait, or too early to say (contract 9.2)."""

from callcenter.intraday.errors import IntradayError
from callcenter.intraday.looking import intraday
from callcenter.intraday.result import Intraday

__all__ = ["Intraday", "IntradayError", "intraday"]
