"""What a cell - one replication of one scenario - comes to, and the name it is kept by."""

from __future__ import annotations

from typing import NamedTuple

from callcenter.calllog import CallLog
from callcenter.measure import Tally


class CellKey(NamedTuple):
    """The name of a cell in the results store."""

    fingerprint: str
    seed: int
    replication: int


class Outcome(NamedTuple):
    """What a cell came to, and its call log if that is to be kept."""

    key: CellKey
    tally: Tally | bytes
    """Packed if it comes from another process."""
    log: CallLog | None


Logs = dict[CellKey, CallLog]
"""The call logs that are kept, in memory alone."""
