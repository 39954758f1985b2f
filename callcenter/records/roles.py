"""What a column of a file may be: the roles by which a map names columns, and how their cells are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from callcenter.records.columns import INTERVALS, LENGTHS, TIMES

Kind = Literal["time", "length", "figure", "text"]

TEXTS = ("call", "parent", "outcome", "queue", "tier", "pool", "agent", "customer", "menu")

CALL_ROLES: Mapping[str, Kind] = {
    "date": "time",
    **dict.fromkeys(TIMES, "time"),
    **dict.fromkeys(("wait", *LENGTHS, "hold_s", "handle_s", "duration_s"), "length"),
    "attempt": "figure",
    "day": "figure",
    "replication": "figure",
    "updated": "time",
    **dict.fromkeys(TEXTS, "text"),
}
"""Roles of call records: the columns of 7.1, and from which else they follow.

`date` is the day of clock times beside it; `wait` the seconds in line; `hold_s` is added to talk; `handle_s`
is talk, holding and wrap-up together; `duration_s` is the whole call, for logs that say only when it ended;
`updated` tells the newest of several versions of a call; `queue` is what tiers are told by.
"""

INTERVAL_ROLES: Mapping[str, Kind] = {
    "date": "time",
    "start": "time",
    **dict.fromkeys(("tier", "queue"), "text"),
    **{
        column.name: "figure"
        for column in INTERVALS
        if column.name not in ("day", "start", "tier", "staffed") and not column.name.endswith("_s")
    },
    "staffed": "figure",
    "within_s": "length",
    **dict.fromkeys(("wait_answered_s", "wait_abandoned_s", "handle_s"), "length"),
    **dict.fromkeys(("mean_wait_answered_s", "mean_wait_abandoned_s", "mean_handle_s"), "length"),
}
"""Roles of interval records: the columns of 7.2, and the means from which its sums follow."""
