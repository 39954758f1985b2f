"""From the call log to its tally."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.calllog import CallLog
from callcenter.measure.counting.book import book_with, needed, room_of
from callcenter.measure.counting.definitions import definitions_of
from callcenter.measure.counting.logs import Logged, count_log
from callcenter.measure.tally import Tally, empty_tally
from callcenter.scenario import Scenario


def tally(scenario: Scenario, log: CallLog) -> Tally:
    """Reduce a call log to its tally."""
    definitions = definitions_of(scenario, log.staffing.at, log.staffing.rostered)
    columns = _wide(Logged(*(getattr(log, name) for name in Logged._fields)))
    follows, staffed = _follows(log), log.staffing.staffed.astype(np.int64)
    room = room_of(log.tier.size, log.callbacks.call.size)
    while True:
        book, page = book_with(definitions, room), empty_tally(scenario)
        if count_log(definitions, book, columns, follows, staffed, float(log.end), page):
            return page
        room = needed(book, room)


def _follows(log: CallLog) -> bool:
    """Whether some call follows another; if none does, every call is one customer."""
    return bool(log.kind.any())


def _wide(columns: Any) -> Any:
    """Return columns with whole numbers of 64 bits, so that counting is compiled once."""
    if isinstance(columns, tuple):
        return type(columns)(*map(_wide, columns))
    return columns.astype(np.int64) if columns.dtype.kind == "i" else columns
