"""Where each count and each sum stands in a tally."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.calllog import JOB_OUTCOMES
from callcenter.measure.customers import CUSTOMER_COUNTS
from callcenter.measure.jobs import JOB_CELLS, JOB_COUNTS
from callcenter.measure.pools import POOL_COUNTS, POOL_SUMS
from callcenter.measure.tally import COUNTS, SUMS
from callcenter.outcomes import OUTCOMES

CALLED, OFFERED, UNDECIDED = map(COUNTS.index, ("called", "offered", "undecided"))
ANSWERED_WITHIN, ANSWERED_WITHIN_COMMON = map(COUNTS.index, ("answered_within", "answered_within_common"))
ABANDONED_WITHIN, ABANDONED_WITHIN_COMMON = map(COUNTS.index, ("abandoned_within", "abandoned_within_common"))
ABANDONED_SHORT = COUNTS.index("abandoned_short")
ENTERED_IVR, REACHED, SOLVED = map(COUNTS.index, ("entered_ivr", "reached", "solved"))
ENTERED_AGAIN, CAME_BACK = map(COUNTS.index, ("entered_again", "came_back"))
REDIALS = COUNTS.index("redials")
"""Behind it stand the other kinds of calls, in their order."""

OUTCOME_ROWS: Any = np.array([COUNTS.index(word) for word in OUTCOMES])
ANSWERED_CALLS, SELF_SERVED_CALLS = map(COUNTS.index, ("answered", "self_served"))

WAIT, WAIT_ANSWERED, EXCESS, EXCESS_COMMON, WAITING = map(
    SUMS.index, ("wait_s", "wait_answered_s", "excess_s", "excess_common_s", "waiting_s")
)
IVR, REACH, LINE = map(SUMS.index, ("ivr_s", "reach_s", "line_s"))

TAKEN, ATTEMPTS, SILENT = map(POOL_COUNTS.index, ("calls", "attempts", "silent"))
STAFFED_S, BUSY_S, OVERTIME_S, ROSTERED_S, UNROSTERED_S, BREAK_S, SILENT_S = map(
    POOL_SUMS.index,
    ("staffed_s", "busy_s", "overtime_s", "rostered_s", "unrostered_s", "break_s", "silent_s"),
)

CUSTOMERS, CUSTOMER_CALLS, SERVED, WITH_ANSWER, RESOLVED, STARTED_ONLINE, SOLVED_ONLINE = map(
    CUSTOMER_COUNTS.index,
    ("customers", "customer_calls", "served", "with_answer", "resolved", "started_online", "solved_online"),
)

JOBS, ATTEMPTED_WITHIN, LATE, NOT_DUE, CANCELLED_BEFORE = map(
    JOB_COUNTS.index, ("created", "attempted_within", "late", "not_due", "cancelled_before")
)
MOST_OPEN = JOB_COUNTS.index("backlog_max")
JOB_OUTCOME_ROWS: Any = np.array([JOB_COUNTS.index(word) for word in JOB_OUTCOMES])
CREATED_IN, ATTEMPTS_IN, BACKLOG = map(JOB_CELLS.index, ("created", "attempts", "backlog"))
