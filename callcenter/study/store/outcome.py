"""What a cell - one replication of one scenario - comes to, and the name it is kept by."""

from __future__ import annotations

from typing import NamedTuple

from callcenter.calllog import CallLog


class CellKey(NamedTuple):
    """The name of a cell in the results store."""

    fingerprint: str
    seed: int
    replication: int


class Outcome(NamedTuple):
    """What a cell came to: its packed tally, and its call log if that is to be kept."""

    key: CellKey
    tally: bytes
    log: CallLog | None


Logs = dict[CellKey, CallLog]
"""The call logs that are kept, in memory alone."""
