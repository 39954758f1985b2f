"""The tiers' waits by interval: what is counted and summed, and how the rows are called."""

from __future__ import annotations

from callcenter.outcomes import Outcome, Stage

BEFORE_THE_LINE = tuple(outcome.word for outcome in Outcome if outcome.stage is not Stage.LINE)
"""Outcomes of calls that never asked for a person."""

FROM_THE_LINE = tuple(
    outcome.word
    for outcome in Outcome
    if outcome.stage is Stage.LINE and outcome not in (Outcome.ANSWERED, Outcome.ABANDONED)
)
"""Outcomes of calls that asked for a person, but for those that are counted by their wait, too."""

WAIT_COUNTS = (
    "called",
    *BEFORE_THE_LINE,
    "offered",
    "answered",
    "answered_within",
    "answered_within_common",
    "abandoned",
    "abandoned_within",
    "abandoned_within_common",
    "abandoned_short",
    *FROM_THE_LINE,
    "undecided",
)
"""Calls by cell of arrival. ``_within``: the tier's own threshold, ``_common``: that of the total.
``undecided``: open when the run ended, and not yet beyond the tier's threshold; they are not offered
(contract 4.1a)."""

WAIT_SUMS = ("wait_s", "wait_answered_s", "excess_s", "excess_common_s", "waiting_s")
"""Seconds: waits of offered and of answered calls, waits beyond the thresholds (all by cell of arrival);
``waiting_s``: the integral of the number in line over the cell.  It holds those of the warm-up who still wait
after it; contacts of deferred tiers that lie over until the next opening are no line of callers."""
