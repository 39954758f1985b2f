"""Reading what has come of the day so far: a call log, or a sheet of intervals as planners paste it."""

from __future__ import annotations

from typing import Any

from callcenter.intraday.actuals import Actuals
from callcenter.intraday.call_log import of_calls
from callcenter.intraday.cells import table
from callcenter.intraday.sheet import of_sheet
from callcenter.scenario import Scenario


def read_actuals(source: Any, scenario: Scenario, now: float) -> Actuals:
    """Return what a file, a frame or rows say of the day up to a moment; IntradayError if they do not tell.

    A file is a call log, with a column ``arrived``, or a sheet with ``start`` and ``calls``.
    """
    heads, rows, name = table(source)
    read = of_calls if "arrived" in heads else of_sheet
    return read(heads, rows, scenario, now, name)
